import Federation

extension AuditEvent.Kind {
    /// Somebody signed in; the digest is the SHA-256 of their id.
    static let signedIn = Self("person.signed-in")
    static let signedOut = Self("person.signed-out")
    /// A sign-in did not succeed; without a digest where nobody is called so.
    static let signInRefused = Self("person.sign-in-refused")
    /// A sign-in name was locked for a while after several failures.
    static let signInLocked = Self("person.sign-in-locked")
    static let passwordChanged = Self("person.password-changed")
    static let secondFactorChanged = Self("person.second-factor-changed")
    static let personAdded = Self("person.added")
    static let personRemoved = Self("person.removed")
    static let personReset = Self("person.reset")
    static let roleGiven = Self("person.role-given")
    static let roleTaken = Self("person.role-taken")
    static let tokenMade = Self("token.made")
    static let tokenRevoked = Self("token.revoked")
    static let tokenRefused = Self("token.refused")
    /// A request that its sender had no right to, or that came from another site's page.
    static let accessRefused = Self("access.refused")
    /// A document of a provider that was forged, out of date, meant for another, or used before.
    static let providerRefused = Self("provider.refused")
}
