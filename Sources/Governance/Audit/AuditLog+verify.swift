import FoundationEssentials
public import Runtime

/// What a check of a log has found.
public struct AuditReport: Equatable, Sendable {
    /// Good entries from the beginning on.
    public let entries: Int
    /// The hash of the last of them.
    public let head: String
    /// The first place where the log is not as it was written; nil where it is.
    public let problem: AuditProblem?
    /// Whether there was a record of how far the log had got. Without one, entries cut off at the end leave no trace.
    public let hasHead: Bool

    public init(entries: Int, head: String, problem: AuditProblem?, hasHead: Bool) {
        self.entries = entries
        self.head = head
        self.problem = problem
        self.hasHead = hasHead
    }
}

extension AuditLog {
    /// Follows the whole chain and compares its end with the head.
    ///
    /// A line that is being written at this moment is reported as unreadable; check again, or stop the writer.
    public static func verify(
        path: String, files: any FileSystem = PosixFileSystem()
    ) throws(AuditError) -> AuditReport {
        do {
            // The head first: a log that grows meanwhile is then still at least as long as it says.
            let head = try AuditHead.read(path, files)
            var chain = AuditChain()
            var problem: AuditProblem?
            var atHead: String?
            let (rest, _) = try AuditScan.lines(path, from: 0, files) { line in
                problem = chain.take(line)
                if chain.sequence == head?.sequence, atHead == nil { atHead = chain.last }
                return problem == nil
            }
            problem = problem ?? chain.end(rest[...])
            if problem == nil, let head, head.sequence > 0 {
                if let atHead, atHead == head.hash {
                    // As far as the head goes, everything is there.
                } else {
                    let first = min(chain.sequence + 1, head.sequence)
                    problem = AuditProblem(entry: first, kind: .truncated(expected: head.sequence))
                }
            }
            return AuditReport(entries: chain.sequence, head: chain.last, problem: problem, hasHead: head != nil)
        } catch {
            throw .file(error)
        }
    }
}
