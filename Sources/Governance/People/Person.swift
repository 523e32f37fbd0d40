public import Federation

/// A person as the federation knows them: signed in at the hub, or named in a document.
public struct Person: Sendable, Equatable, Codable {
    public let id: PersonID
    /// As they write it themselves.
    public var name: String
    public var email: String?
    /// The organisation they work for.
    public var organisation: String?
    public var roles: Set<RoleGrant>

    public init(
        id: PersonID, name: String, email: String? = nil, organisation: String? = nil, roles: Set<RoleGrant> = []
    ) {
        self.id = id
        self.name = name
        self.email = email
        self.organisation = organisation
        self.roles = roles
    }

    public func holds(_ role: Role, at site: SiteID? = nil) -> Bool {
        guard let grant = RoleGrant(role, at: site) else { return false }
        return roles.contains(grant)
    }
}
