public import Federation
public import FoundationEssentials

/// A committee member's judgement of one piece of code, by its hash.
public struct CodeApproval: Sendable, Hashable, Codable {
    public enum Verdict: String, Sendable, Codable { case approved, refused }

    public let computation: ComputationReference
    public let verdict: Verdict
    /// The hash of the version approved before, with which the reviewer compared it; nil for a first one.
    public let previous: ComputationReference?
    public let site: SiteID
    public let federation: String
    public let reviewer: PersonID
    /// The reviewer's name at that time, as it stands in the committee's list.
    public let reviewerName: String
    public let at: PermitTime
    /// Ed25519 over ``signed``.
    public private(set) var signature: Data

    init(
        _ computation: ComputationReference, _ verdict: Verdict, previous: ComputationReference?, at site: SiteID,
        of federation: String, reviewer: CommitteeMember, time: PermitTime, key: MemberKey
    ) throws(PermitError) {
        self.computation = computation
        self.verdict = verdict
        self.previous = previous
        self.site = site
        self.federation = federation
        self.reviewer = reviewer.person
        reviewerName = reviewer.name
        at = time
        signature = Data()
        signature = Data(try key.sign(signed))
    }

    /// Label `atles-code-approval-1`, then the fields in the order in which they are declared.
    private var signed: [UInt8] {
        var out = CanonicalBytes(label: "atles-code-approval-1")
        out.append(computation.name)
        out.append(computation.version)
        out.append(computation.hash.bytes)
        out.append(verdict.rawValue)
        out.append(texts: previous.map { [$0.name, $0.version, "\($0.hash)"] } ?? [])
        out.append(site.text)
        out.append(federation)
        out.append(reviewer.text)
        out.append(reviewerName)
        out.append(at.seconds)
        return out.bytes
    }

    /// Whether a member of this site's own committee signed it, for this site.
    public func isGenuine(at site: SiteID, of federation: String, by committee: Committee) -> Bool {
        guard self.site == site, self.federation == federation, let member = committee.member(reviewer) else {
            return false
        }
        return member.key.isValid([UInt8](signature), for: signed)
    }
}
