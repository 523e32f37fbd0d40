public import Federation
public import FoundationEssentials

/// A committee member's signature under something.
public struct MemberSignature: Sendable, Hashable, Codable {
    public let person: PersonID
    /// Ed25519, 64 bytes.
    public let signature: Data
}

/// A permit and the signatures under it, as it is kept at the node and carried by the hub. Nothing in it is believed
/// before ``verified(at:of:by:needing:)``.
public struct SignedPermit: Sendable, Hashable, Codable {
    public let permit: Permit
    public private(set) var signatures: [MemberSignature]

    /// A permit that nobody has signed.
    public init(_ permit: Permit) {
        self.permit = permit
        signatures = []
    }

    public init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        permit = try container.decode(Permit.self, forKey: .permit)
        signatures = try container.decode([MemberSignature].self, forKey: .signatures)
        guard signatures.count <= PermitLimits.signatures else {
            throw DecodingError.dataCorrupted(
                .init(codingPath: decoder.codingPath, debugDescription: "too many signatures"))
        }
    }

    /// Reads the JSON document.
    public init(json: [UInt8]) throws(PermitError) {
        guard json.count <= PermitLimits.bytes,
            let read = try? JSONDecoder().decode(SignedPermit.self, from: Data(json))
        else { throw .unreadable(path: nil) }
        self = read
    }

    /// The JSON document, with sorted keys.
    public func json() throws(PermitError) -> [UInt8] {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes, .prettyPrinted]
        guard let data = try? encoder.encode(self) else { throw .unreadable(path: nil) }
        return [UInt8](data)
    }

    /// Label `atles-permit-signature-1`, the signer, the permit's canonical bytes.
    private static func signed(_ permit: Permit, by person: PersonID) -> [UInt8] {
        var out = CanonicalBytes(label: "atles-permit-signature-1")
        out.append(person.text)
        out.append(permit.canonical())
        return out.bytes
    }

    /// Adds, or renews, the signature of a member.
    public mutating func sign(with key: MemberKey) throws(PermitError) {
        let made = MemberSignature(
            person: key.person, signature: Data(try key.sign(Self.signed(permit, by: key.person))))
        add(made)
    }

    private mutating func add(_ signature: MemberSignature) {
        signatures.removeAll { $0.person == signature.person }
        if signatures.count < PermitLimits.signatures { signatures.append(signature) }
        signatures.sort { $0.person < $1.person }
    }

    /// Takes over those signatures under the same permit that count.
    mutating func merge(_ other: SignedPermit, by committee: Committee) {
        for signature in other.signatures where other.permit == permit && counts(signature, committee) {
            add(signature)
        }
    }

    private func counts(_ signature: MemberSignature, _ committee: Committee) -> Bool {
        guard let member = committee.member(signature.person) else { return false }
        return member.key.isValid([UInt8](signature.signature), for: Self.signed(permit, by: signature.person))
    }

    /// The members of the committee whose signatures are under it, each once.
    public func signers(of committee: Committee) -> [CommitteeMember] {
        var found: [CommitteeMember] = []
        for signature in signatures where counts(signature, committee) {
            if let member = committee.member(signature.person), !found.contains(member) { found.append(member) }
        }
        return found
    }

    /// The permit, once enough members of this site's own committee are known to have signed it for this site.
    ///
    /// - Parameter needing: the least number of signatures by the site's own rule; the permit may ask for more.
    public func verified(
        at site: SiteID, of federation: String, by committee: Committee, needing: Int
    ) throws(GateReason) -> VerifiedPermit {
        guard permit.federation == federation else { throw .wrongFederation }
        guard permit.site == site else { throw .wrongSite }
        guard signers(of: committee).count >= max(needing, permit.signaturesNeeded) else { throw .notSigned }
        return VerifiedPermit(permit)
    }
}

/// A permit whose signatures were checked. Only ``SignedPermit/verified(at:of:by:needing:)`` makes one.
public struct VerifiedPermit: Sendable, Hashable {
    public let permit: Permit
    fileprivate init(_ permit: Permit) { self.permit = permit }
}
