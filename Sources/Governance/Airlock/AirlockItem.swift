public import Federation
public import FoundationEssentials

/// An output in the airlock, with everything that is known and was decided about it.
public struct AirlockItem: Sendable, Hashable, Codable {
    public let id: MessageID
    /// The task that made it.
    public let message: MessageID
    public let permit: PermitID
    public let holder: PersonID
    public let computation: ComputationReference
    public let kind: OutputKind
    public let type: FileType
    /// SHA-256 of the content, in hexadecimal.
    public let content: String
    /// Bytes.
    public let size: Int
    public let patients: Int
    public let parameters: Int
    public let findings: [AirlockFinding]
    public let since: PermitTime
    /// The end of the permit: it does not leave later.
    public let until: PermitTime
    public internal(set) var state: AirlockState
    /// What members decided, the earliest first.
    public internal(set) var decisions: [AirlockDecision]

    /// Whether a check found what no member can let pass.
    public var isStopped: Bool { findings.contains { $0.severity == .stops } }
}

/// A committee member's decision about an output, signed.
public struct AirlockDecision: Sendable, Hashable, Codable {
    public enum Verdict: String, Sendable, Codable { case release, refuse }

    public let verdict: Verdict
    public let person: PersonID
    /// Their name at that time.
    public let name: String
    public let at: PermitTime
    public private(set) var signature: Data

    init(
        _ verdict: Verdict, on item: AirlockItem, by member: CommitteeMember, time: PermitTime, key: MemberKey
    ) throws(PermitError) {
        self.verdict = verdict
        person = member.person
        name = member.name
        at = time
        signature = Data()
        signature = Data(try key.sign(signed(item)))
    }

    /// Label `atles-airlock-decision-1`, the item, the digest of its content, then the fields as they are declared.
    private func signed(_ item: AirlockItem) -> [UInt8] {
        var out = CanonicalBytes(label: "atles-airlock-decision-1")
        out.append(item.id.text)
        out.append(item.permit.text)
        out.append(item.content)
        out.append(verdict.rawValue)
        out.append(person.text)
        out.append(name)
        out.append(at.seconds)
        return out.bytes
    }

    /// Whether a member of the committee made it, about this item with this content.
    func isGenuine(_ item: AirlockItem, by committee: Committee) -> Bool {
        guard let member = committee.member(person) else { return false }
        return member.key.isValid([UInt8](signature), for: signed(item))
    }
}
