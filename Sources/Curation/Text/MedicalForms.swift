/// Words that are of medicine by the way they end, in the languages that took them from Greek and Latin: operations,
/// examinations, illnesses, and the names that are given to classes of drugs. Nobody is called so; the names that are
/// exceptions are among the refused words, which are asked first.
enum MedicalForms {
    static func fit(_ folded: String) -> Bool {
        guard folded.utf8.count >= 8, folded.utf8.count <= 40, folded.utf8.allSatisfy({ $0 < 0x80 }) else {
            return false
        }
        return endings.contains { folded.hasSuffix($0) && folded.utf8.count >= $0.utf8.count + 3 }
    }

    /// The same as in scripts/make_vocabulary.py.
    private static let endings = """
        ectomy ectomies ektomie ectomie ectomia ektomia otomy otomies otomie otomia ostomy ostomies ostomie ostomia plasty
        plasties plastie plastia plastica plastik scopy scopies scopic skopie skopia scopie scopia copico graphy graphies
        graphic graphie graphien grafie grafia grafias grafi grafico ogram ograms ogramm ogramme ogrammes ograma ogramas
        ogramma itische itischer ology ologies ological ologic ologie ologia ologist
        ologists pathy pathies pathic pathie patia opathia aemia aemie penia penie plegia plegic paresis
        parese algia algie megaly megalie trophy trophic trophie malacia malazie ectasis ectasia ektasie stenosis rrhage
        rrhea rrhoea rrhoe rragia lysis lytic lyse genesis genic sclerosis sklerose blastoma carcinoma sarcoma adenoma
        lymphoma karzinom karzinome zytom cytoma cytosis zytose cytic cellular zellular lithiasis vascular vaskular
        pulmonary intestinal abdominal lumbar sacral spinal cranial thoracic enteric gastric hepatic dorsal ventral lateral medial
        anterior posterior uminal onasal ophageal
        zumab ximab lumab umab tinib ciclib parib platin taxel rubicin mycin cillin floxacin azole conazole prazole sartan
        statin olol dipine gliptin gliflozin thiazide semide dronate coxib lukast fenac caine
        """.split(whereSeparator: \.isWhitespace).map(String.init)
}
