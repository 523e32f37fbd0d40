public import Federation
import FoundationEssentials
public import Runtime

/// Looks at another party's checkpoints one after the other, and countersigns those that follow from what it saw.
///
/// It keeps the last one that it countersigned in a file, so that neither side can forget it.
public actor CheckpointWitness {
    /// Who looks.
    private let party: SiteID
    /// At whose log.
    private let other: SiteID
    private let federation: String
    private let path: String
    private let files: any FileSystem
    private let audit: any AuditSink
    private var last: SignedCheckpoint?

    public init(
        party: SiteID, watching other: SiteID, of federation: String, path: String, audit: any AuditSink,
        files: any FileSystem = PosixFileSystem()
    ) throws(PermitError) {
        self.party = party
        self.other = other
        self.federation = federation
        self.path = path
        self.files = files
        self.audit = audit
        do {
            if try files.exists(path) {
                last = try JSONDecoder().decode(SignedCheckpoint.self, from: Data(try files.read(path, limit: 65_536)))
            }
        } catch let error as FileError {
            throw .file(error)
        } catch {
            throw .unreadable(path: path)
        }
    }

    /// The last checkpoint that was countersigned here.
    public var seen: SignedCheckpoint? { last }

    /// Judges an offer.
    ///
    /// - Parameters:
    ///   - key: the other party's key, as the federation's certificates give it.
    ///   - sign: makes this party's Ed25519 signature.
    public func judge(
        _ offer: CheckpointOffer, by key: VerifyingKey, sign: @Sendable ([UInt8]) throws -> [UInt8]
    ) throws -> CheckpointAnswer {
        let new = offer.checkpoint.checkpoint
        guard new.party == other, new.federation == federation, offer.checkpoint.isGenuine(by: key) else {
            try audit.record(AuditEvent(.checkpointRefused, site: other))
            return .notGenuine
        }
        if let last {
            let old = last.checkpoint
            if new.size == old.size, new.root == old.root { return .countersigned(last) }
            if new.size == old.size { return try refuse(.twoRoots, last, offer.checkpoint) }
            if new.size < old.size { return try refuse(.shorter, last, offer.checkpoint) }
            guard offer.from == old.size else { return .beginAt(old.size) }
            let isConsistent = MerkleProof.isConsistent(
                first: old.size, root: old.root.bytes, second: new.size, root: new.root.bytes,
                path: offer.proof.map { [UInt8]($0) })
            guard isConsistent else { return try refuse(.noConsistency, last, offer.checkpoint) }
        }
        let countersigned = try offer.checkpoint.countersigned(by: party, sign: sign)
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .prettyPrinted]
        try files.writeAtomically([UInt8](try encoder.encode(countersigned)), to: path, mode: 0o600)
        try audit.record(AuditEvent(.checkpointCountersigned, site: other, digest: new.root, count: new.size))
        last = countersigned
        return .countersigned(countersigned)
    }

    private func refuse(
        _ kind: SplitView.Kind, _ earlier: SignedCheckpoint, _ later: SignedCheckpoint
    ) throws -> CheckpointAnswer {
        try audit.record(
            AuditEvent(.splitViewFound, site: other, digest: later.checkpoint.root, count: later.checkpoint.size))
        return .refused(SplitView(kind: kind, earlier: earlier, later: later))
    }
}

extension AuditEvent.Kind {
    /// The other side's checkpoint was countersigned. The digest is its root, the count its size.
    public static let checkpointCountersigned = Self("audit.countersigned")
    public static let checkpointRefused = Self("audit.refused")
    /// The other side told two stories about its log.
    public static let splitViewFound = Self("audit.split-view")
}
