public import Runtime

/// Why an audit log cannot be written or read.
public enum AuditError: Error, Equatable, Sendable, CustomStringConvertible {
    case file(FileError)
    /// The log does not hold what it held before: see the problem.
    case tampered(path: String, AuditProblem)
    /// An earlier write or sync failed, and the log could not be opened anew since.
    case broken(path: String)
    /// Another process holds the log's lock and does not let go.
    case busy(path: String)

    public var description: String {
        switch self {
        case .file(let error): "the audit log: \(error)"
        case .tampered(let path, let problem):
            "the audit log \(path) is not as it was written: \(problem). Keep a copy for whoever has to look into it, "
                + "then move it away to begin a new one"
        case .broken(let path):
            "the audit log \(path) could not be written, and still cannot: mend the disk (is it full?)"
        case .busy(let path): "another process holds the audit log \(path) and does not let go of it"
        }
    }
}

/// The first place where a log is not as it was written.
public struct AuditProblem: Equatable, Sendable, CustomStringConvertible {
    public enum Kind: Equatable, Sendable {
        /// The line is no entry.
        case unreadable
        /// The entry's number is not the one after the entry before it.
        case outOfOrder
        /// The entry does not follow from the one before it: that one, or this one, was changed.
        case brokenChain
        /// Entries that had been on the disk are no longer there, or the last of them was changed.
        case truncated(expected: Int)
        /// The chain is whole, but its first `size` entries are not those that a checkpoint was made of: the log was
        /// written anew.
        case rewritten(size: Int)
    }

    /// The number of the entry, counted from 1.
    public let entry: Int
    public let kind: Kind

    public init(entry: Int, kind: Kind) {
        self.entry = entry
        self.kind = kind
    }

    public var description: String {
        switch kind {
        case .unreadable: "entry \(entry) cannot be read"
        case .outOfOrder: "entry \(entry) is missing, or stands at another place"
        case .brokenChain: "entry \(entry) does not follow from the one before it"
        case .truncated(let expected):
            "entry \(entry) and those up to \(expected) are missing at the end, or were changed"
        case .rewritten(let size):
            "the first \(size) entries are not those of which a checkpoint was made: the log was written anew"
        }
    }
}
