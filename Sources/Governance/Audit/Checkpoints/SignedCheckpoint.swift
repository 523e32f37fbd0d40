public import Federation
public import FoundationEssentials

/// A checkpoint, signed by the party whose log it is, and countersigned by the other side when that has looked at it.
///
/// Each side keeps what the other countersigned: cutting off entries, or rewriting the log and everything beside it, then
/// shows at once.
public struct SignedCheckpoint: Sendable, Hashable, Codable {
    public let checkpoint: AuditCheckpoint
    /// Ed25519, by the party's own key.
    public let signature: Data
    public private(set) var witness: Witness?

    /// The other side's word that it saw this checkpoint and that it followed from all that it saw before.
    public struct Witness: Sendable, Hashable, Codable {
        public let party: SiteID
        public let signature: Data
    }

    /// - Parameter sign: makes the Ed25519 signature of the party whose log it is.
    public init(_ checkpoint: AuditCheckpoint, sign: ([UInt8]) throws -> [UInt8]) rethrows {
        self.checkpoint = checkpoint
        signature = Data(try sign(checkpoint.canonical(signedBy: checkpoint.party)))
    }

    /// Whether the party whose log it is signed it.
    public func isGenuine(by key: VerifyingKey) -> Bool {
        key.isValid([UInt8](signature), for: checkpoint.canonical(signedBy: checkpoint.party))
    }

    /// The same, countersigned. Only a ``CheckpointWitness`` knows whether it may be.
    func countersigned(by party: SiteID, sign: ([UInt8]) throws -> [UInt8]) rethrows -> SignedCheckpoint {
        var copy = self
        copy.witness = Witness(party: party, signature: Data(try sign(checkpoint.canonical(signedBy: party))))
        return copy
    }

    /// Whether `party` countersigned it.
    public func isCountersigned(by party: SiteID, _ key: VerifyingKey) -> Bool {
        guard let witness, witness.party == party, party != checkpoint.party else { return false }
        return key.isValid([UInt8](witness.signature), for: checkpoint.canonical(signedBy: party))
    }
}

/// The kinds of message in which the two sides show each other their logs.
public enum AuditMessageKind {
    /// A ``CheckpointOffer``; its answer is a ``CheckpointAnswer``.
    public static let checkpoint = "audit.checkpoint"
}

/// A new checkpoint, and the proof that it follows from the one that the other side saw last.
public struct CheckpointOffer: Sendable, Hashable, Codable {
    public let checkpoint: SignedCheckpoint
    /// The size from which the proof begins; 0 for a first checkpoint.
    public let from: Int
    /// Hashes of 32 bytes.
    public let proof: [Data]

    public init(checkpoint: SignedCheckpoint, from: Int, proof: [Data]) {
        self.checkpoint = checkpoint
        self.from = from
        self.proof = proof
    }
}

/// What the other side says to an offer.
public enum CheckpointAnswer: Sendable, Hashable, Codable {
    case countersigned(SignedCheckpoint)
    /// The proof has to begin at this size: what was seen last.
    case beginAt(Int)
    /// The two do not go together: both are shown, for whoever has to look into it.
    case refused(SplitView)
    case notGenuine
}
