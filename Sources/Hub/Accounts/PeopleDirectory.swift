import Federation
public import FoundationEssentials
public import Governance
import Runtime

/// The people of a hub as its operator sees them: for `atles hub people`, and the operator's page.
public struct PeopleDirectory: Sendable {
    let identities: Identities

    /// A one-time code with which somebody chooses a password, and until when.
    public struct Code: Sendable, Equatable {
        public let text: String
        public let expires: Date
    }

    /// Days in which a one-time code can be used.
    private static let codeDays = 7

    /// Everybody, in the order of their ids.
    public func all() throws -> [Person] { try identities.store.people() }

    public func person(_ id: PersonID) throws -> Person? { try identities.store.person(id) }

    /// Makes a local account, whose person chooses a password with the code that comes back.
    public func add(
        login: String, name: String, email: String? = nil, organisation: String? = nil, roles: Set<RoleGrant> = []
    ) throws -> Code {
        guard let id = LocalAccounts.id(login) else { throw PeopleError.badLogin }
        guard try !identities.store.isKnown(id) else { throw PeopleError.taken(login: login) }
        let now = identities.clock.now
        try identities.store.addAccount(
            Person(
                id: id, name: PersonText.plain(name) ?? login, email: email.flatMap(PersonText.plain),
                organisation: organisation.flatMap(PersonText.plain), roles: roles), at: now)
        try identities.record(.personAdded, id)
        for _ in roles { try identities.record(.roleGiven, id) }
        return try code(for: id)
    }

    /// Sets a local account's password at once, for somebody who sits at this terminal.
    public func setPassword(_ password: String, of id: PersonID) async throws {
        guard let person = try person(id), try identities.store.account(id) != nil else { throw PeopleError.unknown }
        try PasswordRules.check(password, login: person.login)
        try identities.store.setPassword(try await identities.passwords.hash(password), of: id)
        try identities.record(.passwordChanged, id)
    }

    /// Takes password, second factor and sessions away, and returns a code for choosing a new password.
    public func reset(_ id: PersonID) throws -> Code {
        guard try identities.store.account(id) != nil else { throw PeopleError.unknown }
        let code = try code(for: id)
        try identities.record(.personReset, id)
        return code
    }

    public func give(_ role: Role, at site: String?, to id: PersonID) throws {
        guard try person(id) != nil else { throw PeopleError.unknown }
        try identities.store.give(try Self.grant(role, site), to: id)
        try identities.record(.roleGiven, id)
    }

    public func take(_ role: Role, at site: String?, from id: PersonID) throws {
        guard try person(id) != nil else { throw PeopleError.unknown }
        if role == .federationOperator, try identities.store.operators() == [id.text] { throw PeopleError.lastOperator }
        try identities.store.take(try Self.grant(role, site), from: id)
        try identities.record(.roleTaken, id)
    }

    /// Ends everything the person has here. Their id is not given to anybody else.
    public func remove(_ id: PersonID) throws {
        guard try person(id) != nil else { throw PeopleError.unknown }
        if try identities.store.operators() == [id.text] { throw PeopleError.lastOperator }
        try identities.store.remove(id, at: identities.clock.now)
        try identities.record(.personRemoved, id)
    }

    private func code(for id: PersonID) throws -> Code {
        let text = RecoveryCode.make(identities.random.bytes(16))
        let expires = identities.clock.now.addingTimeInterval(86_400 * Double(Self.codeDays))
        try identities.store.reset(id, code: RecoveryCode.hash(text), until: expires)
        return Code(text: text, expires: expires)
    }

    private static func grant(_ role: Role, _ site: String?) throws -> RoleGrant {
        guard let site else {
            guard let grant = RoleGrant(role) else { throw PeopleError.badRole }
            return grant
        }
        guard let id = SiteID(site), let grant = RoleGrant(role, at: id) else { throw PeopleError.badRole }
        return grant
    }
}

extension Hub {
    /// Who may sign in at this hub.
    public var people: PeopleDirectory { PeopleDirectory(identities: identities) }
}
