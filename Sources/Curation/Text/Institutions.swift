/// Hospitals by what they are called: "Sacred Heart Hospital", "Good Samaritan Medical Center". The name goes, the kind stays.
enum Institutions {
    static func mark(_ text: WordedText, _ marks: inout [Bool]) {
        for (index, word) in text.words.enumerated() where word.kind == .letters && kinds.contains(word.folded) {
            // "Medical Center": a centre of something is one in any case, of nothing only with a name.
            let isCentre = centres.contains(word.folded)
            if isCentre, !(text[index - 1].map { ofCentres.contains($0.folded) } ?? false) { continue }
            markName(before: isCentre ? index - 1 : index, text, &marks)
        }
    }

    /// From the first of the words before that is a name, or that hospitals are called after.
    private static func markName(before kind: Int, _ text: WordedText, _ marks: inout [Bool]) {
        var first: Int?
        var place = kind - 1
        while place >= max(kind - 6, 0), let word = text[place], let next = text[place + 1], isTight(next) {
            if word.folded == "s", word.before.contains(where: { "'’".contains($0) }) || particles.contains(word.folded)
            {
                place -= 1
                continue
            }
            guard word.kind == .letters, word.startsUpper, !others.contains(word.folded) else { break }
            if isName(word) { first = place }
            place -= 1
        }
        guard let first else { return }
        for index in first..<kind { marks[index] = true }
    }

    private static func isTight(_ word: TextWord) -> Bool {
        word.before.utf8.count <= 3 && word.before.allSatisfy { " -'’.&".contains($0) }
    }

    private static func isName(_ word: TextWord) -> Bool {
        givenToHospitals.contains(word.folded)
            || word.length >= 3 && SafeVocabulary.standard.standing(word.folded) != .safe
    }

    private static let kinds = Set(
        folding:
            """
            hospital hospitals clinic clinics infirmary hospice sanatorium polyclinic center centre krankenhaus klinik klinikum
            kliniken hopital clinique ospedale clinica policlinico ziekenhuis szpital nemocnice sygehus sjukhus sairaala
            radiology imaging
            """)
    private static let centres: Set<String> = ["center", "centre", "radiology", "imaging"]
    private static let ofCentres = Set(folding: "medical health cancer imaging diagnostic diagnostics regional")
    private static let particles = Set(folding: "and of the de la di du des")
    /// What stands before the word and names no hospital.
    private static let others = Set(
        folding: "outside other another prior previous referring local at from to in our this same day field the a")
    private static let givenToHospitals = Set(
        folding:
            """
            sacred heart good samaritan mercy grace providence trinity holy cross redeemer spirit faith hope charity christ
            christian jewish baptist methodist lutheran presbyterian adventist episcopal veterans saint sankt santa san st
            mount hill hills valley river lake park bay coast deaconess unity community liberty king kings queen queens
            princess prince royal victoria north south east west northern southern eastern western womens childrens
            """)
}
