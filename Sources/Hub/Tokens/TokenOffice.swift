import FoundationEssentials
import Governance
import Runtime

/// Makes personal tokens and takes them back.
struct TokenOffice: Sendable {
    let identities: Identities

    /// The longest that a token may live: days.
    static let mostDays = 365
    /// More tokens than these nobody has at a time.
    static let most = 50

    /// A new token and its secret, which is shown once; nil where the person has too many already.
    func make(
        for person: PersonID, name: String, scopes: Set<TokenScope>, days: Int
    ) throws -> (token: PersonalToken, secret: String)? {
        let now = identities.clock.now
        guard try identities.store.tokens(of: person, at: now).count < Self.most else { return nil }
        let secret = BrowserSecret(identities.random)
        let token = PersonalToken(
            id: identities.random.identifier(), person: person, name: PersonText.plain(name) ?? "a program",
            scopes: scopes, created: now,
            expires: now.addingTimeInterval(86_400 * Double(min(max(days, 1), Self.mostDays))), used: nil)
        try identities.store.add(token, hash: secret.hash)
        try identities.record(.tokenMade, person)
        return (token, PersonalToken.prefix + secret.text)
    }

    /// Takes one back; false where the person has none of this id.
    func revoke(_ id: String, of person: PersonID) throws -> Bool {
        guard try identities.store.revokeToken(id, of: person) else { return false }
        try identities.record(.tokenRevoked, person)
        return true
    }
}
