public import Federation
import FoundationEssentials

/// What a party says of its own log at one moment: so many entries, with this root over them.
public struct AuditCheckpoint: Sendable, Hashable, Codable {
    public let federation: String
    /// Whose log it is.
    public let party: SiteID
    /// Entries.
    public let size: Int
    /// The Merkle root over them.
    public let root: Digest
    public let at: PermitTime

    private enum CodingKeys: String, CodingKey { case federation, party, size, root, at }

    public init(federation: String, party: SiteID, size: Int, root: Digest, at: PermitTime) {
        self.federation = federation
        self.party = party
        self.size = size
        self.root = root
        self.at = at
    }

    public init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        let size = try container.decode(Int.self, forKey: .size)
        guard size >= 0, let root = Digest(try container.decode(String.self, forKey: .root)) else {
            throw DecodingError.dataCorrupted(
                .init(codingPath: decoder.codingPath, debugDescription: "not a checkpoint"))
        }
        self.init(
            federation: try container.decode(String.self, forKey: .federation),
            party: try container.decode(SiteID.self, forKey: .party), size: size, root: root,
            at: try container.decode(PermitTime.self, forKey: .at))
    }

    public func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encode(federation, forKey: .federation)
        try container.encode(party, forKey: .party)
        try container.encode(size, forKey: .size)
        try container.encode("\(root)", forKey: .root)
        try container.encode(at, forKey: .at)
    }

    /// Label `atles-audit-checkpoint-1`, then the fields in the order in which they are declared, then who signs.
    func canonical(signedBy signer: SiteID) -> [UInt8] {
        var out = CanonicalBytes(label: "atles-audit-checkpoint-1")
        out.append(federation)
        out.append(party.text)
        out.append(Int64(size))
        out.append(root.bytes)
        out.append(at.seconds)
        out.append(signer.text)
        return out.bytes
    }
}
