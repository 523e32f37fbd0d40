/// A file that was not taken in because something is wrong with it.
public struct QuarantineEntry: Codable, Sendable, Equatable {
    /// The hospital's own path of the file.
    public var path: String
    /// What is wrong with it, in a sentence.
    public var reason: String
    /// When it was last seen so: RFC 3339, UTC.
    public var recorded: String

    public init(path: String, reason: String, recorded: String) {
        self.path = path
        self.reason = reason
        self.recorded = recorded
    }
}

/// A file that is not DICOM.
public struct NotDICOMEntry: Codable, Sendable, Equatable {
    /// The hospital's own path of the file.
    public var path: String
    /// When it was last seen: RFC 3339, UTC.
    public var recorded: String

    public init(path: String, recorded: String) {
        self.path = path
        self.recorded = recorded
    }
}
