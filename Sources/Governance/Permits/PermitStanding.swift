/// How a permit stands at a node, in the order in which reasons against it count.
public enum PermitStanding: String, Sendable, Hashable, Codable, CaseIterable {
    case revoked
    case expired
    /// Signatures are missing.
    case unsigned
    /// The site's rule has become stricter since.
    case beyondPolicy = "beyond-policy"
    case notYetValid = "not-yet-valid"
    case valid

    public init(_ signed: SignedPermit, isRevoked: Bool, committee: Committee, policy: SitePolicy, now: PermitTime) {
        let permit = signed.permit
        let needed = max(policy.signaturesNeeded, permit.signaturesNeeded)
        if isRevoked {
            self = .revoked
        } else if now >= permit.until {
            self = .expired
        } else if signed.signers(of: committee).count < needed {
            self = .unsigned
        } else if (try? policy.check(permit)) == nil {
            self = .beyondPolicy
        } else {
            self = now < permit.from ? .notYetValid : .valid
        }
    }
}
