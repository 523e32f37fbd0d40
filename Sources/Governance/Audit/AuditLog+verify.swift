import Federation
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
    /// The Merkle root over the good entries.
    public let root: String

    public init(entries: Int, head: String, problem: AuditProblem?, hasHead: Bool, root: String) {
        self.entries = entries
        self.head = head
        self.problem = problem
        self.hasHead = hasHead
        self.root = root
    }
}

extension AuditLog {
    /// Follows the whole chain and compares its end with the head, and its Merkle roots with checkpoints.
    ///
    /// A line that is being written at this moment is reported as unreadable; check again, or stop the writer.
    ///
    /// - Parameter checkpoints: what was said of this log before, whose signatures the caller has checked.
    public static func verify(
        path: String, against checkpoints: [AuditCheckpoint] = [], files: any FileSystem = PosixFileSystem()
    ) throws(AuditError) -> AuditReport {
        do {
            // The head first: a log that grows meanwhile is then still at least as long as it says.
            let head = try AuditHead.read(path, files)
            var chain = AuditChain()
            var problem: AuditProblem?
            var atHead: String?
            var tree = MerkleAccumulator()
            var unmet = checkpoints.filter { $0.size > 0 }
            var rewritten: Int?
            let (rest, _) = try AuditScan.lines(path, from: 0, files) { line in
                problem = chain.take(line)
                if chain.sequence == head?.sequence, atHead == nil { atHead = chain.last }
                if chain.sequence > tree.count {
                    tree.append(chain.lastHash)
                    if !unmet.isEmpty {
                        let here = unmet.filter { $0.size == tree.count }
                        unmet.removeAll { $0.size == tree.count }
                        if rewritten == nil, here.contains(where: { $0.root.bytes != tree.root }) {
                            rewritten = tree.count
                        }
                    }
                }
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
            if problem == nil, let rewritten {
                problem = AuditProblem(entry: rewritten, kind: .rewritten(size: rewritten))
            }
            if problem == nil, let longest = unmet.map(\.size).max() {
                problem = AuditProblem(entry: chain.sequence + 1, kind: .truncated(expected: longest))
            }
            return AuditReport(
                entries: chain.sequence, head: chain.last, problem: problem, hasHead: head != nil,
                root: Hex.text(tree.root))
        } catch {
            throw .file(error)
        }
    }
}
