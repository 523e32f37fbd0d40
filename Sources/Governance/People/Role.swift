public import Federation

/// What a person may be in the federation. Deny by default: who has no role may only look at what is public.
public enum Role: String, Sendable, Codable, CaseIterable {
    /// Asks for access and works under permits.
    case researcher
    /// Runs a site's node.
    case dataManager
    /// Decides on a site's requests and outgoing results.
    case committeeMember
    /// Admits sites and people, sees the federation's health.
    case federationOperator
    /// Sets up and judges benchmarks.
    case benchmarkOrganiser
    /// Reads every log and changes nothing.
    case auditor

    /// Whether the role is held at one site, not in the whole federation.
    public var isAtSite: Bool { self == .dataManager || self == .committeeMember }
}

/// A role that a person holds, and where.
public struct RoleGrant: Hashable, Sendable, Codable {
    public let role: Role
    /// The site, for a role that is held at one; nil otherwise.
    public let site: SiteID?

    /// Nil where a site's role has no site, or another role has one.
    public init?(_ role: Role, at site: SiteID? = nil) {
        guard role.isAtSite == (site != nil) else { return nil }
        self.role = role
        self.site = site
    }
}
