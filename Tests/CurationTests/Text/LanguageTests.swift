import Curation
import Testing

@Suite("Text without identifiers stays as it is")
struct LanguageTests {
    @Test(
        "descriptions in the languages of the federation",
        arguments: [
            "CT Thorax nativ und mit Kontrastmittel", "MRT Schädel mit KM", "Mammographie beidseits",
            "Abdomen Übersicht im Stehen",
            "LWS seitlich", "PET-CT Ganzkörper", "scanner thoraco-abdomino-pelvien avec injection",
            "IRM mammaire bilatérale",
            "Radiographie du thorax de face", "TC de tórax, abdomen y pelvis con contraste", "RM de mama bilateral",
            "mamografía derecha",
            "TC torace e addome senza mezzo di contrasto", "RM prostata multiparametrica",
            "CT thorax-abdomen met contrast",
            "MRI hersenen zonder contrast", "TC do tórax sem contraste", "ressonância magnética da próstata",
            "TK klatki piersiowej z kontrastem",
            "rezonans magnetyczny miednicy", "DT buk med kontrast", "MR hjärna utan kontrast",
            "CT thorax uden kontrast",
            "αξονική τομογραφία θώρακος με σκιαγραφικό", "μαστογραφία αριστερού μαστού", "CT hrudníku s kontrastem",
            "mellkas CT kontrasztanyag nélkül",
            "CT torace cu contrast", "CT prsnog koša s kontrastom", "КТ на гръден кош с контраст",
        ])
    func descriptions(text: String) {
        let cleaned = TextCleaner().clean(text, known: KnownIdentifiers(), shift: nil)?.text
        #expect(cleaned == text)
    }

    @Test(
        "names of sequences, kernels and protocols",
        arguments: [
            "t2_tse_tra_p2_320", "ep2d_diff_4scan_trace_b50_800_ADC", "AX T1 FLAIR +C", "Thorax 1.0 Br40 Q3",
            "WB 3.0 I30f 3",
            "CTAC 5.0 B31f", "R CC TOMO", "L MLO C-View", "DWI b=0,100,400,800", "SUV max 12.4", "PI-RADS v2.1 score 4",
            "BI-RADS 4B",
            "TR 2000 TE 90 FA 15", "TR/TE 550/12", "MPRAGE 1x1x1mm iso", "512x512 FOV 350mm",
            "120 kV 250 mAs pitch 0.9",
            "Gleason 3+4=7", "pT2c N0 M0", "18F-FDG 370 MBq 60 min p.i.", "68Ga-PSMA-11", "Gd-DOTA 0.1 mmol/kg",
            "HER2 3+, ER 90%",
            "L4/L5 disc", "T12 vertebra", "S1328 mask", "8 o'clock, 5 cm from nipple", "1/2 and 3/4 of the lobe",
        ])
    func protocols(text: String) {
        let cleaned = TextCleaner().clean(text, known: KnownIdentifiers(), shift: nil)?.text
        #expect(cleaned == text)
    }

    @Test(
        "sentences of reports",
        arguments: [
            "No focal consolidation, pleural effusion or pneumothorax is seen.",
            "There is a 14 mm spiculated nodule in the right upper lobe, suspicious for malignancy.",
            "Unchanged appearance of the hepatic cyst in segment IVa compared with the prior study.",
            "The heart size is normal. Mild degenerative changes of the thoracic spine.",
            "Recommend follow-up CT in 6 months per Fleischner criteria.",
            "Bilateral mammogram shows scattered fibroglandular densities; no suspicious microcalcifications.",
            "Target lesion measures 23 x 18 mm (previously 31 x 25 mm), consistent with partial response.",
            "Patient is a 64-year-old woman with newly diagnosed breast cancer.",
            "Kein Nachweis von Metastasen in Lunge und Leber.", "Pas de lésion suspecte du foie.",
            "No se observan adenopatías de tamaño patológico.", "Non si osservano lesioni focali epatiche.",
        ])
    func sentences(text: String) {
        let cleaned = TextCleaner().clean(text, known: KnownIdentifiers(), shift: nil)?.text
        #expect(cleaned == text)
    }
}
