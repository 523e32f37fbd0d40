/// Words that belong to imaging, or to a language, and to nobody: scripts/make_vocabulary.py says where they come from.
public struct SafeVocabulary: Sendable {
    public static let standard = SafeVocabulary(
        imaging: SafeVocabulary.split(ImagingWords.text), general: SafeVocabulary.split(GeneralWords.text),
        lowerCase: SafeVocabulary.split(LowerCaseWords.text), refused: SafeVocabulary.split(RefusedWords.text),
        patterns: SafeVocabulary.split(PatternsWords.text), alsoNames: SafeVocabulary.split(AlsoNameWords.text))

    /// What may be done with a word.
    enum Standing: Sendable {
        /// Stays.
        case safe
        /// Is a name as well: stays where it is written in lower case.
        case lowerCase
        case unknown
    }

    private let imaging: Set<String>
    private let general: Set<String>
    private let lowerCase: Set<String>
    private let refused: Set<String>
    private let patterns: Set<String>
    private let alsoNames: Set<String>

    /// A vocabulary of one's own.
    ///
    /// - Parameter words: in lower case and without accents.
    public init(words: some Sequence<String>) {
        self.init(imaging: Set(words), general: [], lowerCase: [], refused: [], patterns: [], alsoNames: [])
    }

    private init(
        imaging: Set<String>, general: Set<String>, lowerCase: Set<String>, refused: Set<String>, patterns: Set<String>,
        alsoNames: Set<String>
    ) {
        self.imaging = imaging
        self.general = general
        self.lowerCase = lowerCase
        self.refused = refused
        self.patterns = patterns
        self.alsoNames = alsoNames
    }

    private static func split(_ text: String) -> Set<String> {
        Set(text.split { $0 == " " || $0 == "\n" }.map(String.init))
    }

    /// Of a folded word of letters.
    func standing(_ folded: String) -> Standing {
        if isWord(folded) { return .safe }
        if lowerCase.contains(folded) { return .lowerCase }
        if refused.contains(folded) { return .unknown }
        return isInflected(folded) || isComposed(folded) || MedicalForms.fit(folded) ? .safe : .unknown
    }

    func contains(_ folded: String) -> Bool { standing(folded) == .safe }

    /// Whether it is a word of descriptions of images.
    func isImaging(_ folded: some StringProtocol) -> Bool { imaging.contains(String(folded)) }

    /// Whether a safe word is a name where a person is expected: "read by Long".
    func isAlsoName(_ folded: String) -> Bool { alsoNames.contains(folded) }

    /// Whether it is the form of a code of protocols, "#" for digits.
    func isPattern(_ pattern: String) -> Bool { patterns.contains(pattern) }

    private func isWord(_ folded: String) -> Bool { imaging.contains(folded) || general.contains(folded) }

    /// "measurements", "enhancing", "increasingly": the same rules as in the script, twice.
    private func isInflected(_ folded: String) -> Bool {
        for base in Self.bases(folded) {
            if refused.contains(base) || lowerCase.contains(base) { continue }
            if isWord(base) || Self.bases(base).contains(where: isWord) { return true }
        }
        return false
    }

    private static func bases(_ word: String) -> [String] {
        let length = word.utf8.count
        guard length >= 5, word.utf8.allSatisfy({ $0 < 0x80 }) else { return [] }
        var bases: [String] = []
        for (ending, replacements) in [
            ("s", [""]), ("es", [""]), ("ed", ["", "e"]), ("ing", ["", "e"]), ("ly", [""]),
        ] {
            guard word.hasSuffix(ending) else { continue }
            for replacement in replacements {
                let base = word.dropLast(ending.utf8.count) + replacement
                if base.utf8.count >= 4 { bases.append(String(base)) }
            }
        }
        return bases
    }

    /// Two words of imaging written as one: "chestabdomen", "ctchest", "headneck".
    private func isComposed(_ folded: String) -> Bool {
        let bytes = Array(folded.utf8)
        guard (6...32).contains(bytes.count), bytes.allSatisfy({ $0 < 0x80 }) else { return false }
        return (2...bytes.count - 2).contains { cut in
            // A piece of two letters is a modality, at the beginning.
            guard cut >= 3 || Self.modalities.contains(String(decoding: bytes[..<cut], as: UTF8.self)),
                bytes.count - cut >= 3
            else { return false }
            guard bytes.count - cut >= 4 || cut >= 4 else { return false }
            return imaging.contains(String(decoding: bytes[..<cut], as: UTF8.self))
                && imaging.contains(String(decoding: bytes[cut...], as: UTF8.self))
        }
    }

    private static let modalities: Set<String> = ["ct", "mr", "pt", "us", "xr", "cr", "dx", "mg", "nm", "ax", "sg"]
}
