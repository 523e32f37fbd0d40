/// What is done with one element of an object.
enum Disposal: Sendable, Equatable {
    /// Stays as it is; a sequence stays, and its content is looked at.
    case keep
    /// Stays although the basic profile would not have it: an option or the profile says so.
    case retain
    case remove
    /// Stays without a value.
    case empty
    /// Gets a value that means nothing.
    case dummy
    /// Gets this value.
    case replace(String)
    /// Its UIDs are replaced.
    case remapUID
    /// The patient's pseudonym takes its place.
    case patientPseudonym
    /// A pseudonym of its own takes its place: specimens and containers stay told apart.
    case identifierPseudonym
    /// A trait of the patient that science needs: stays when it is what the standard says it is, the age capped.
    case characteristic
    /// Its dates are moved by the patient's shift; where there is no date in it, the fallback holds.
    case shift(orElse: Fallback)
    /// Text is cleaned; where nothing is left of it, the fallback holds.
    case clean(orElse: Fallback)
    /// Text of an attribute that the standard deems harmless: only what is known to identify is taken out.
    case scrub
    /// A private element: stays where it is known to be safe.
    case safePrivate

    /// What is done where a value cannot be cleaned.
    enum Fallback: Sendable, Equatable { case remove, empty, dummy }
}

/// How many elements met which fate. Says nothing of what was in them.
public struct DeidentificationCounts: Sendable, Equatable {
    /// Those that an option retains are among them.
    public internal(set) var kept = 0
    public internal(set) var removed = 0
    public internal(set) var emptied = 0
    public internal(set) var replaced = 0
    /// Elements whose UIDs were replaced.
    public internal(set) var remapped = 0
    /// Elements whose dates were moved.
    public internal(set) var shifted = 0
    /// Elements whose text was cleaned.
    public internal(set) var cleaned = 0
}
