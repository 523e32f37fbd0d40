public import Curation

/// An object that waits for a person: de-identified as far as rules could, and not released, because something in it was
/// found that rules cannot decide.
///
/// Nothing here names anybody: what was found is said by its kind and its place.
public struct ReviewEntry: Codable, Sendable, Equatable, Identifiable {
    /// 32 hexadecimal digits that come from the place of the original: a second intake of it finds its entry again.
    public let id: String
    /// Changes with the original: its size and the time of its last change, hashed.
    public let version: String
    public var state: State
    /// When it came (RFC 3339).
    public let added: String
    /// What has to be judged.
    public let findings: [ReviewFinding]
    /// The patient's pseudonym.
    public let patientID: String
    public let modality: String?
    public let sopClassUID: String
    public let seriesUID: String
    public let frames: Int
    /// Bytes of the object that would be released.
    public let size: Int
    /// How many pairs of pictures there are to compare.
    public let pictures: Int
    /// When and how a person decided.
    public var decided: String?

    public enum State: String, Codable, Sendable {
        case waiting
        /// A person decided against it. The entry stays, so that the same file is not asked about again.
        case rejected
    }
}
