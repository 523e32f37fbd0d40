import Federation
import Governance
import Runtime

/// Which value of a provider's claim makes somebody what: an entitlement, an affiliation, a group.
public struct ClaimRule: Sendable, Equatable {
    enum Match: Sendable, Equatable {
        case equals(String)
        case prefix(String)
    }

    let claim: String
    let match: Match
    let grant: RoleGrant

    init(claim: String, _ match: Match, _ grant: RoleGrant) {
        self.claim = claim
        self.match = match
        self.grant = grant
    }

    init(_ settings: inout Settings) throws(SettingsError) {
        guard let claim = try settings.text("claim"), !claim.isEmpty else {
            throw SettingsError("a rule of `sign_in.roles` has no `claim`, such as eduperson_entitlement")
        }
        let (equals, prefix) = (try settings.text("equals"), try settings.text("prefix"))
        switch (equals, prefix) {
        case (let value?, nil) where !value.isEmpty: match = .equals(value)
        case (nil, let value?) where !value.isEmpty: match = .prefix(value)
        default: throw SettingsError("a rule of `sign_in.roles` needs either `equals` or `prefix`")
        }
        let name = try settings.text("role") ?? ""
        guard let role = Role(rawValue: name) else {
            let all = Role.allCases.map(\.rawValue).joined(separator: ", ")
            throw SettingsError("a rule of `sign_in.roles` should name a `role`: one of \(all)")
        }
        let site = try settings.text("site")
        guard let grant = RoleGrant(role, at: site.flatMap(SiteID.init)) else {
            throw SettingsError(
                "a rule of `sign_in.roles` for \(role.rawValue) \(role.isAtSite ? "needs the id of a `site`" : "has no `site`")"
            )
        }
        self.claim = claim
        self.grant = grant
    }

    private func holds(_ claims: Claims) -> Bool {
        (claims[claim]?.texts ?? []).contains { value in
            switch match {
            case .equals(let wanted): value == wanted
            case .prefix(let wanted): value.hasPrefix(wanted)
            }
        }
    }

    /// What the claims make of somebody.
    static func grants(_ rules: [ClaimRule], _ claims: Claims) -> Set<RoleGrant> {
        Set(rules.filter { $0.holds(claims) }.map(\.grant))
    }
}
