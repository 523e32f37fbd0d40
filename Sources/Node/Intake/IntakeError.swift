public import Runtime

/// Why an intake did not begin. What stops one in its course is in its summary.
public enum IntakeError: Error, Equatable, Sendable, CustomStringConvertible {
    /// Another one is at work on the same node.
    case alreadyRunning(folder: String)
    case file(FileError)
    case index(String)
    /// A path that was named is not there.
    case noSuchPath(String)
    /// Key, profile, vault or review queue do not allow it; nothing was written.
    case preparation(String)

    public var description: String {
        switch self {
        case .alreadyRunning(let folder):
            "another intake is running on the node in \(folder): wait until it has ended, then run this one"
        case .file(let error): error.description
        case .index(let why): "the node's index cannot be used: \(why)"
        case .preparation(let why): why
        case .noSuchPath(let path): "there is nothing at \(path): check the path"
        }
    }
}
