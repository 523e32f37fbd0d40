import Glibc

/// An operation on a file or folder that the system refused.
public struct FileError: Error, Equatable, Sendable, CustomStringConvertible {
    /// What was tried, in the words of a message: "write", "open", "rename".
    public let operation: String
    /// The path it was tried on.
    public let path: String
    /// The system's error number.
    public let code: Int32

    public init(operation: String, path: String, code: Int32) {
        self.operation = operation
        self.path = path
        self.code = code
    }

    /// The disk, or the quota on it, is full: free some space and run the same command again.
    public var isDiskFull: Bool { code == ENOSPC || code == EDQUOT }

    /// There is nothing at that path.
    public var isNotFound: Bool { code == ENOENT }

    /// Something is at that path already.
    public var isAlreadyThere: Bool { code == EEXIST }

    public var description: String {
        "cannot \(operation) \(path): \(String(cString: strerror(code)))"
    }
}
