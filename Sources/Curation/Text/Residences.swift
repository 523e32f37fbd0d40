/// Towns that are words as well, where a text says that somebody lives there: "lives in Cedar Rapids", "Cedar Rapids, Iowa".
enum Residences {
    static func mark(_ text: WordedText, _ marks: inout [Bool]) {
        for (index, word) in text.words.enumerated() where word.kind == .letters {
            if verbs.contains(word.folded), let small = text[index + 1], prepositions.contains(small.folded),
                small.isNext
            {
                markTown(from: index + 2, text, &marks)
            } else if states.contains(word.folded), word.startsUpper, word.before.contains(",") {
                markTown(before: index, text, &marks)
            }
        }
    }

    /// Capitalised words that follow each other; in a text of capitals they could be anything.
    private static func isTown(_ word: TextWord) -> Bool {
        word.kind == .letters && word.startsUpper && word.hasLower && word.length >= 2
    }

    private static func markTown(from start: Int, _ text: WordedText, _ marks: inout [Bool]) {
        var place = start
        while place < start + 4, let word = text[place], isTown(word),
            place == start ? word.isNext : [" ", "-", ", "].contains(word.before)
        {
            marks[place] = true
            place += 1
        }
    }

    private static func markTown(before state: Int, _ text: WordedText, _ marks: inout [Bool]) {
        marks[state] = true
        var place = state - 1
        while place >= max(state - 3, 0), let word = text[place], isTown(word),
            !SafeVocabulary.standard.isImaging(word.folded)
        {
            marks[place] = true
            guard word.before == " " || word.before == "-" else { return }
            place -= 1
        }
    }

    private static let verbs = Set(
        folding:
            """
            lives living lived resides residing resident residence born moved relocated wohnhaft wohnt lebt geboren habite demeurant
            domicilie domiciliee nee vive reside residente natural nacido nacida abita vivente nato nata woont woonachtig geboren
            mieszka zamieszkaly zamieszkala bydli
            """)
    private static let prepositions = Set(folding: "in at of near from to zu a en te w we v ve")
    private static let states = Set(
        folding:
            """
            alabama alaska arizona arkansas california colorado connecticut delaware florida georgia hawaii idaho illinois indiana
            iowa kansas kentucky louisiana maine maryland massachusetts michigan minnesota mississippi missouri montana nebraska
            nevada ohio oklahoma oregon pennsylvania tennessee texas utah vermont virginia wisconsin wyoming ontario quebec
            """)
}
