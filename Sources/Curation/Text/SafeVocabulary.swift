/// Words that belong to imaging and to nobody: see scripts/make_vocabulary.py for where they come from.
public struct SafeVocabulary: Sendable {
    public static let standard = SafeVocabulary(
        words: SafeWords.text.split { $0 == " " || $0 == "\n" }.map(String.init))

    private let words: Set<String>

    /// - Parameter words: in lower case and without accents.
    public init(words: some Sequence<String>) {
        self.words = Set(words)
    }

    /// Whether a word is one of them, or the plural of one.
    func contains(_ folded: String) -> Bool {
        if words.contains(folded) { return true }
        return folded.utf8.count > 4 && folded.hasSuffix("s") && words.contains(String(folded.dropLast()))
    }

    /// Whether a word may stay: it is one of them, or two of them written together ("CHESTABDOMEN", "chestAbdomen"). A
    /// compound with nothing but a capital at its front is the name of a place as often as not.
    func contains(_ token: TextToken) -> Bool {
        if contains(token.folded) { return true }
        let text = Array(token.text.utf8)
        guard text.count >= 7, text.count <= 32, text.count == token.folded.utf8.count else { return false }
        let isCapital = text.map { $0 >= UInt8(ascii: "A") && $0 <= UInt8(ascii: "Z") }
        if isCapital[0], !isCapital.dropFirst().contains(true) { return false }
        let folded = Array(token.folded.utf8)
        return (3...text.count - 3).contains { cut in
            contains(String(decoding: folded[..<cut], as: UTF8.self))
                && contains(String(decoding: folded[cut...], as: UTF8.self))
        }
    }
}
