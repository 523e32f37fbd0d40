/// One way in which an identifier may be written, as letters and digits without what parts them, and what must hold where
/// they are found.
struct SearchPattern: Sendable, Hashable {
    /// Folded (``TextFolding``), without separators.
    let letters: [UInt8]
    let kind: KnownIdentifiers.Kind
    let form: Form
    /// Bit `n`: separators may stand before the letter `n`.
    var gaps: UInt64 = 0
    /// Whether the letters must not go on where the pattern ends.
    var edges: Edges = .word
    /// A word of medicine or of the standard: a name only in free text.
    var isCommonWord = false

    enum Form: Sendable, Hashable {
        /// Letters of a name or a place.
        case word
        /// An identifier with letters and digits.
        case code
        /// An identifier of digits alone.
        case number
        /// Digits that people group as they like.
        case phone
    }

    enum Edges: Sendable, Hashable {
        /// Neither a letter nor a digit before or behind.
        case word
        /// No letter before or behind; a digit may be.
        case letters
        /// Anything.
        case none
    }

    /// Letters that are compared; what is longer is found by its beginning.
    static let longest = 60
}

extension SearchPattern {
    /// From parts that separators may stand between.
    init?(
        _ parts: [[UInt8]], _ kind: KnownIdentifiers.Kind, _ form: Form, edges: Edges = .word,
        isCommonWord: Bool = false
    ) {
        var letters: [UInt8] = []
        var gaps: UInt64 = 0
        for part in parts where !part.isEmpty {
            if !letters.isEmpty, letters.count < Self.longest { gaps |= 1 << UInt64(letters.count) }
            letters += part
        }
        guard !letters.isEmpty else { return nil }
        // Cut between characters, not inside one.
        var end = min(letters.count, Self.longest)
        while end > 0, end < letters.count, letters[end] & 0xC0 == 0x80 { end -= 1 }
        self.init(
            letters: Array(letters.prefix(end)), kind: kind, form: form, gaps: gaps,
            edges: end < letters.count ? .none : edges, isCommonWord: isCommonWord)
    }
}
