public import Federation
public import FoundationEssentials
public import Runtime

extension AuditLog {
    /// The leaf hashes of the first entries of a log, each known to follow from the one before.
    ///
    /// - Parameter limit: how many at most; 32 bytes of memory each.
    static func leaves(
        path: String, limit: Int = .max, files: any FileSystem = PosixFileSystem()
    ) throws(AuditError) -> [[UInt8]] {
        var chain = AuditChain()
        var problem: AuditProblem?
        var leaves: [[UInt8]] = []
        do {
            _ = try AuditScan.lines(path, from: 0, files) { line in
                guard leaves.count < limit else { return false }
                problem = chain.take(line)
                if chain.sequence > leaves.count { leaves.append(chain.lastHash) }
                return problem == nil
            }
        } catch {
            throw .file(error)
        }
        if let problem { throw .tampered(path: path, problem) }
        return leaves
    }

    /// What this party can say of its log now, for the other side to countersign.
    public static func checkpoint(
        path: String, federation: String, party: SiteID, at time: PermitTime, files: any FileSystem = PosixFileSystem()
    ) throws(AuditError) -> AuditCheckpoint {
        let leaves = try leaves(path: path, files: files)
        return AuditCheckpoint(
            federation: federation, party: party, size: leaves.count,
            root: Digest(hash: MerkleTree.root(leaves[...])), at: time)
    }

    /// The proof that the log as it was at `second` entries begins with the one of `first` entries; nil where it has
    /// not so many.
    public static func consistency(
        path: String, from first: Int, to second: Int, files: any FileSystem = PosixFileSystem()
    ) throws(AuditError) -> [Data]? {
        let leaves = try leaves(path: path, limit: max(second, 0), files: files)
        guard leaves.count == second else { return nil }
        return MerkleTree.consistency(from: first, in: leaves[...])?.map { Data($0) }
    }

    /// The proof that entry number `entry`, counted from 1, is among the first `size`; nil where there is none.
    public static func inclusion(
        path: String, of entry: Int, in size: Int, files: any FileSystem = PosixFileSystem()
    ) throws(AuditError) -> EntryProof? {
        let leaves = try leaves(path: path, limit: max(size, 0), files: files)
        guard leaves.count == size, entry >= 1, let path = MerkleTree.inclusion(of: entry - 1, in: leaves[...]) else {
            return nil
        }
        return EntryProof(entry: entry, leaf: Data(leaves[entry - 1]), path: path.map { Data($0) })
    }
}

/// The proof that an entry is in a log, for somebody who holds a checkpoint and not the log.
public struct EntryProof: Sendable, Hashable, Codable {
    /// Its number, counted from 1.
    public let entry: Int
    /// SHA-256 of a zero byte and the entry's line.
    public let leaf: Data
    public let path: [Data]

    /// Whether it is good for this line of text, in the log of which `checkpoint` speaks.
    public func isGood(for line: [UInt8], in checkpoint: AuditCheckpoint) -> Bool {
        let hash = AuditLine.leaf(line[...])
        return hash == [UInt8](leaf)
            && MerkleProof.isIncluded(
                hash, at: entry - 1, size: checkpoint.size, root: checkpoint.root.bytes, path: path.map { [UInt8]($0) })
    }
}
