/// Words of medicine, of imaging, of the standard and of places that a name may be by chance. They are no names where
/// the standard's terms stand: in coded values, and as one word of an institution.
enum CommonWords {
    static func contain(_ word: [UInt8]) -> Bool { ofImaging.contains(word) }

    /// Whether a text is made of nothing but words of imaging, numbers and short codes, as makers and models are called.
    static func areOfMakers(_ text: String) -> Bool {
        TextFolding.folded(text).split(separator: TextFolding.separator).allSatisfy { word in
            word.count <= 3 || word.contains(where: TextFolding.isDigit) || ofImaging.contains(Array(word))
        }
    }

    /// Small words of names.
    static let particles: Set<[UInt8]> = words("van von der den del dos das los las the and und bin ibn ter")

    static let ofImaging: Set<[UInt8]> = words(
        """
        abdomen abdominal acquisition adrenal air angio ankle anterior aorta apex arm artery axial axillary axis back base
        baby barium bed beam bile bladder block blood body bolus bone bowel brain breast bright bronchus brown burn calf
        cancer canon carotid case cat cell central cervical channel chest child clavicle clinic coil cold colon color
        combined comment contrast control coronal coronary cortex cow cross cube cyst dark data day deep default delay
        delayed derived detail device diffusion digital disc disk distal dog dose dual duct dynamic ear early echo edge
        elbow element emission energy enhanced esophagus ethos event exam expiration external eye face fast fat feet
        female femur field film filter finger fine finger first fish flair flat flex flow fluid foot forearm fov frame
        free front frontal full function fusion gall gate gated general gland gold grade gradient gray green grid groin
        guide hand hard head heart heel helical hepatic high hip hitachi hologic horn horse image inferior inner inspiration
        internal intra iris iso jaw joint kernel key kidney king kodak knee lamb large laser last late lateral left leg lens
        less level lid light limb line lip liver localizer long loop low lower lumbar lung major male mammary mandible manual
        map mark marrow mask mass matrix maxilla maximum mean medial median medium meter middle minor mode model monitor
        moon motion mouth multi muscle nasal navigator neck needle nerve neutral new node normal north nose nuclear object
        oblique off old oral orbit original outer oval overlay pacs page palm pan pancreas park part peak pelvis penis
        perfusion phase philips philip pin pink plane plate pole pole port portal position post posterior power primary
        process prone prostate protocol proton proximal pulse quick radial radiology radius range rapid raw ray real rectum
        red reference region renal report rest retro rib right ring rock rose rotation round routine sagittal sample save
        scan scout screen second secondary section segment sella sequence series shadow shaft sharp shield shin short
        shoulder siemens signal simple single sinus site size skin skull sleep slice slow small smooth soft south space
        spectral spin spine spiral spleen spot standard static station stern sternum stone stomach storage stress strong
        study subject sun superior supine surface system table target temporal test thigh thin third thorax throat thumb
        thyroid tibia time tissue toe tone tongue tooth top toshiba total touch trace tracheal transverse tube tumor tumour
        turbo ulna ultrasound unit upper urinary user uterus vagina vein venous vertebra very view visible vision voice
        volume wall warm wash water wave week west white whole wide window wood word work workstation wrist young zone
        agfa fuji fujifilm shimadzu elekta varian accuray brainlab mindray samsung esaote carestream konica minolta
        medical systems healthcare imaging software version sonosite hyperfine neusoft united mediso merge osirix dcmtk
        pydicom dicom server client gateway console archive scanner modality ctscanner mrscanner none yes unknown true false
        abscess acute adenoma anatomy bilateral biopsy carcinoma chronic cranial disease enhancement finding foreign
        fracture gastric inflammation injection lesion lymph malignant mediastinum metastasis necrosis neoplasm pedicle
        pleural procedure pulmonary resection spinal structure surgery syndrome therapy tracer treatment vascular vessel
        enter text here operator observer verifying organisation organization last first offis
        baker parkinson wilson crohn hodgkin alzheimer cushing graves paget barrett ewing bowen hashimoto turner down
        """)

    /// What hospitals and streets are called everywhere.
    static let ofPlaces: Set<[UInt8]> = words(
        """
        hospital hospitals hospitalier hopital ospedale krankenhaus klinik klinikum klinika clinic clinica clinique clinico
        clinics university universitat universitaria universitario universitaire universitatsklinikum universita
        universidad universidade universite szpital nemocnice sairaala sykehus sjukhus ziekenhuis centre center centro
        zentrum institute instituto institut istituto foundation fundacion fundacio fondazione stiftung department dept
        departamento abteilung service servicio servei radiology radiologia radiologie radiologia oncology oncologia
        onkologie nuclear medicine medicina medizin medical school health healthcare salud sante care cancer tumor national
        nacional nazionale regional general memorial county state city town district saint sant santa santo sankt santi
        children womens mens school college faculty group trust hospice practice praxis surgery unit ward building floor
        room campus science sciences scientific research academic teaching private public main north south east west
        central upper lower street road avenue lane drive square place court boulevard strasse strase platz allee weg rue
        calle carrer avenida avinguda plaza placa passeig paseo via viale piazza corso ulica postbox box po usa spain
        espana france germany deutschland italy italia portugal poland polska austria osterreich greece netherlands belgium
        sweden norway denmark finland switzerland united kingdom england ireland republic europe european international
        """)

    private static func words(_ text: String) -> Set<[UInt8]> {
        Set(text.split(whereSeparator: \.isWhitespace).map { Array($0.utf8) })
    }
}
