/// What is done with one element of an object.
enum Disposal: Sendable, Equatable {
    /// Stays as it is; a sequence stays, and its content is looked at.
    case keep
    case remove
    /// Stays without a value.
    case empty
    /// Gets a value that means nothing.
    case dummy
    /// Its UIDs are replaced.
    case remapUID
    /// The patient's pseudonym takes its place.
    case patientPseudonym
    /// A pseudonym of its own takes its place: specimens and containers stay told apart.
    case identifierPseudonym
    /// A trait of the patient that science needs: stays when it is what the standard says it is, the age capped.
    case characteristic
}

/// How many elements met which fate. Says nothing of what was in them.
public struct DeidentificationCounts: Sendable, Equatable {
    public internal(set) var kept = 0
    public internal(set) var removed = 0
    public internal(set) var emptied = 0
    public internal(set) var replaced = 0
    /// Elements whose UIDs were replaced.
    public internal(set) var remapped = 0
}
