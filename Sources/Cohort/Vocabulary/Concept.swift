/// Something that an attribute can be: a code with its labels, other spellings, wider concepts and codes in other systems.
public struct Concept: Sendable, Equatable {
    /// The value as it is stored and compared: `MR`, `C50.4`.
    public let code: String
    /// The value as people read it, in English: "Magnetic resonance".
    public let label: String
    /// The label in Spanish and in Catalan, where it differs from the English one.
    public let spanish: String?
    public let catalan: String?
    /// Other ways to write it, in all languages, in lower case: `mri`.
    public let synonyms: [String]
    /// The codes of the wider concepts of the same value set, of which this one is a part or a kind.
    public let wider: [String]
    /// The same concept in other systems.
    public let codings: [Coding]

    init(
        code: String, label: String, spanish: String? = nil, catalan: String? = nil, synonyms: [String] = [],
        wider: [String] = [], codings: [Coding] = []
    ) {
        self.code = code
        self.label = label
        self.spanish = spanish
        self.catalan = catalan
        self.synonyms = synonyms
        self.wider = wider
        self.codings = codings
    }

    /// The label in a language, by its ISO 639-1 code; the English one where there is none.
    public func label(in language: String) -> String {
        switch language {
        case "es": spanish ?? label
        case "ca": catalan ?? label
        default: label
        }
    }

    /// The code of the same concept in another system; nil where none is known.
    public func code(in system: CodeSystem) -> String? { codings.first { $0.system == system }?.code }
}
