/// People whom illnesses, signs and places of the body are called after: their names stay beside what is called so
/// ("Crohn's disease", "circle of Willis", "Hill-Sachs lesion"), and are names like others everywhere else.
enum Eponyms {
    /// Whether the word there is such a name. What is known of the patient has been marked before.
    static func isNamed(_ index: Int, _ text: WordedText, _ marks: [Bool]) -> Bool {
        guard let word = text[index], word.kind == .letters, names.contains(word.folded) else { return false }
        // "circle of Willis"
        if let of = text[index - 1], of.folded == "of", word.before == " ", let what = text[index - 2],
            before.contains(what.folded)
        {
            return true
        }
        var next = index + 1
        // "Hill-Sachs lesion", "Child Pugh score", "Crohn's disease"
        for _ in 0..<3 {
            guard let other = text[next], other.before.utf8.count <= 3, !(marks.indices.contains(next) && marks[next])
            else {
                return false
            }
            if after.contains(other.folded) { return true }
            guard names.contains(other.folded) || other.folded == "s" && other.before != " " else { return false }
            next += 1
        }
        return false
    }

    private static let before = Set(
        folding:
            """
            circle vein loop fissure sphincter pouch ligament ampulla artery foramen foramina angle canal island islands
            islets space node body organ triangle line bundle tendon crypts duct layer plexus valve tetralogy
            """)
    private static let after = Set(
        folding:
            """
            disease syndrome lymphoma sarcoma tumor tumour tumors fracture fractures lesion lesions
            cyst cysts esophagus oesophagus procedure operation repair resection anastomosis
            fundoplication projection grade score scores classification class criteria malformation
            tendon sign phenomenon duct node nodes ring diverticulum hernia cell cells carcinoma
            catheter stent thyroiditis cirrhosis deformity dislocation ganglion canal fascia capsule
            pouch gland glands ulcer palsy paralysis encephalopathy neuroma fever anemia anaemia
            dementia chorea disorder angle stain maneuver manoeuvre trisomy nodule nodules
            contracture arthropathy plasty morbus krankheit syndrom lymphom sarkom fraktur zyste
            score stadium operation maladie lymphome sarcome enfermedad sindrome linfoma malattia
            morbo ziekte choroba nemoc stage views view
            """)

    private static let names = Set(
        folding:
            """
            abrikossoff achilles adamkiewicz addison agatston albright alzheimer ann arbor asperger baker bankart barrett bartholin
            barton basedow batson becker behcet bell bennett bentall bertin billroth bishop blalock bochdalek bosniak bouchard
            bowen bowman breslow brodie broca brodmann brown brugada brunner buerger burkitt caldwell calve calot camper
            caroli castleman charcot chassaignac chediak chiari child chopart churg clark cloward codman colles conn cooper cowden
            cowper crohn cruveilhier cushing cooley dandy darier denonvilliers dercum douglas down dressler duchenne duke
            dupuytren dukes ebstein ehlers danlos eisenmenger ewing fabry fallot fanconi felty fisher fitz fleischner foley
            fontan forrest fournier frantz fuhrman galeazzi galen gamna gandy garden gardner gartner gaucher gerota gilbert glasgow
            gleason glenn glisson gorham gorlin graves guillain barre hartmann hashimoto haglund heberden henle henoch
            schonlein hess hickman higashi hill sachs hippel hirschsprung hodgkin horner huntington hunt hurthle jakob creutzfeldt
            jefferson jeghers peutz jones kaposi karnofsky kartagener kasai kashin kawasaki kellgren lawrence kerley kienbock
            killian klatskin klinefelter klippel feil kohler krukenberg kupffer lambert eaton langerhans lasegue law lauge hansen
            law legg perthes leriche lewy li fraumeni lisfranc littre luschka lynch magendie mallory weiss marfan mason may thurner
            meckel meigs meniere menetrier merkel mirizzi monro monteggia morgagni morison morris morton muller mueller neer
            nissen norwood oddi ogilvie ollier osgood schlatter osler pancoast paget panner parkinson parsonage turner
            pellegrini stieda perthes peyronie peyer pfannenstiel phalen pick poland pott pringle pugh quervain ranson rathke
            raynaud reiter reye retzius riedel roland rolando romberg ross rotter roux ruffini salter harris santorini scarpa
            schatzki scheuermann schmorl segond sever shatzker schatzker shone skene sjogren smith spetzler martin spitz
            spigel stafne stensen still sturge weber sudeck swan ganz sylvius takayasu tarlov taussig tenon thomsen tietze tillaux
            tourette towne traube treitz trendelenburg trousseau turner valsalva vater virchow volkmann waldenstrom waldeyer wallenberg
            warthin waters wegener weil werner wharton whipple wilms willis wilson winslow wirsung wolff parkinson zenker zollinger
            ellison zuckerkandl
            """)
}
