/// Why a vocabulary file cannot be used: where, what, and what to do.
public struct VocabularyError: Error, Equatable, Sendable, CustomStringConvertible {
    /// A sentence without its full stop, that names the set and the concept.
    public let description: String

    init(_ description: String) { self.description = description }
}
