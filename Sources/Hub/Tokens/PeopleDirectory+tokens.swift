public import FoundationEssentials
public import Governance

extension PeopleDirectory {
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
        guard
            let made = try TokenOffice(identities: identities).make(for: id, name: name, scopes: granted, days: days)
        else { throw PeopleError.tooManyTokens(TokenOffice.most) }
        return (made.secret, made.token.expires)
    }
}
