public import Federation
public import FoundationEssentials

/// The end of a permit before its time, signed by one member of the site's committee: ending needs fewer people than
/// granting.
public struct Revocation: Sendable, Hashable, Codable {
    /// Why, in words that can stand in a log.
    public enum Reason: String, Sendable, Codable, CaseIterable {
        /// The data users asked for it, or have ended their work.
        case finished
        /// The terms were not kept.
        case breach
        /// The data, or patients' consent, were withdrawn.
        case dataWithdrawn = "data-withdrawn"
        /// It should not have been granted as it was.
        case mistake
        /// A key was lost, or somebody else had it.
        case keyLost = "key-lost"
        /// The site leaves the federation.
        case siteLeaves = "site-leaves"
    }

    public let permit: PermitID
    public let federation: String
    public let site: SiteID
    public let reason: Reason
    public let at: PermitTime
    public let person: PersonID
    /// Ed25519 over ``signed``.
    public private(set) var signature: Data

    /// Signs the end of a permit.
    public init(
        _ permit: PermitID, of federation: String, at site: SiteID, reason: Reason, time: PermitTime, by key: MemberKey
    ) throws(PermitError) {
        self.permit = permit
        self.federation = federation
        self.site = site
        self.reason = reason
        at = time
        person = key.person
        signature = Data()
        signature = Data(try key.sign(signed))
    }

    /// Label `atles-revocation-1`, then the fields in the order in which they are declared.
    private var signed: [UInt8] {
        var out = CanonicalBytes(label: "atles-revocation-1")
        out.append(permit.text)
        out.append(federation)
        out.append(site.text)
        out.append(reason.rawValue)
        out.append(at.seconds)
        out.append(person.text)
        return out.bytes
    }

    /// Whether a member of this site's own committee signed it, for this site.
    public func isGenuine(at site: SiteID, of federation: String, by committee: Committee) -> Bool {
        guard self.site == site, self.federation == federation, let member = committee.member(person) else {
            return false
        }
        return member.key.isValid([UInt8](signature), for: signed)
    }
}
