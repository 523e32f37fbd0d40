import Crypto
import Federation
public import FoundationEssentials
public import Governance
import Runtime

extension PeopleDirectory {
    /// The longest that a token is good for, in days.
    public static let longestToken = 366

    /// Makes a token with which a program acts as this person. It is told once and never again.
    ///
    /// - Parameter scopes: what it is good for, by name: `read`, `ask`, `requests`, `run`.
    public func makeToken(
        of id: PersonID, name: String, scopes: [String], days: Int
    ) throws -> (text: String, expires: Date) {
        guard try person(id) != nil else { throw PeopleError.unknown }
        var granted: Set<TokenScope> = []
        for scope in scopes {
            guard let scope = TokenScope(rawValue: scope) else { throw PeopleError.badScope }
            granted.insert(scope)
        }
        guard !granted.isEmpty else { throw PeopleError.badScope }
        let now = identities.clock.now
        let expires = now.addingTimeInterval(86_400 * Double(min(max(1, days), Self.longestToken)))
        let secret = BrowserSecret(identities.random)
        let token = PersonalToken(
            id: identities.random.identifier(), person: id, name: PersonText.plain(name) ?? "a program",
            scopes: granted, created: now, expires: expires, used: nil)
        try identities.store.add(token, hash: secret.hash)
        try identities.record(.tokenMade, id)
        return (PersonalToken.prefix + secret.text, expires)
    }
}
