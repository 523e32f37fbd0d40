/// Why a manifest cannot be written, or does not hold. Says where, and what to do.
public struct ManifestError: Error, Equatable, Sendable {
    public let code: Code
    /// Counted from 1; nil where it concerns the whole.
    public let line: Int?
    public let message: String

    public init(_ code: Code, line: Int? = nil, _ message: String) {
        self.code = code
        self.line = line
        self.message = message
    }

    /// The kind of error, for programs. More may come.
    public enum Code: String, Sendable {
        case badKey = "bad-key"
        case cannotWrite = "cannot-write"
        /// A line is none of a manifest.
        case unreadable
        /// A line was altered, removed, added or moved.
        case broken
        /// The end is missing.
        case unfinished
        /// Signed by another key, or not by anybody.
        case badSignature = "bad-signature"
        /// The sums are not those of the lines.
        case badSums = "bad-sums"
        /// An object is not the one that was written.
        case objectDiffers = "object-differs"
    }
}

extension ManifestError: CustomStringConvertible {
    public var description: String { line.map { "line \($0) of the manifest: \(message)" } ?? message }
}
