/// What stands where nothing is known, or where somebody took out what was: it identifies nobody.
enum PlaceholderValue {
    static func isPlaceholder(_ date: CivilDate) -> Bool {
        date.year < 1850 || date.dicom == "19000101"
    }

    /// The same character over and over ("000000", "XXX"), or words for "nothing" and "no name".
    static func isPlaceholder(_ text: String) -> Bool {
        let folded = TextFolding.folded(text)
        let letters = folded.filter { $0 != TextFolding.separator }
        guard let first = letters.first, letters.contains(where: { $0 != first }) || letters.count <= 2 else {
            return true
        }
        return words.contains(letters)
            || folded.split(separator: TextFolding.separator).allSatisfy { words.contains(Array($0)) }
    }

    static func isPlaceholder(word: [UInt8]) -> Bool { words.contains(word) }

    private static let words: Set<[UInt8]> = Set(
        """
        anon anonym anonymus anonymous anonymize anonymized anonymised anonymisiert anonymise anonyme anonimo anonimizado
        deidentified deid unknown unbekannt inconnu desconocido none null nil nan empty test testing phantom dummy noname
        name patient pat removed redacted hidden nobody na not available default undefined unnamed no value missing
        doctor dr md prof professor mr mrs ms herr frau sir madame monsieur phd msc bsc jr sr
        """.split(whereSeparator: \.isWhitespace).map { Array($0.utf8) })
}
