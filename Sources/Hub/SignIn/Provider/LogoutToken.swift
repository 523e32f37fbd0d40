import Crypto
import FoundationEssentials
import Governance
import Runtime

/// A provider's word that somebody is signed out there (OpenID Connect Back-Channel Logout 1.0).
struct LogoutToken: Sendable {
    let subject: String?
    let sid: String?

    private static let event = "http://schemas.openid.net/event/backchannel-logout"

    /// Checks one by section 2.6, and that it comes for the first time.
    init(_ text: String, from provider: Provider, identities: Identities) async throws {
        let token: SignedToken
        do { token = try SignedToken(text) } catch { throw ProviderError.token(error) }
        if let type = token.type?.lowercased(), !["logout+jwt", "application/logout+jwt", "jwt"].contains(type) {
            throw ProviderError.token(.wrongType)
        }
        let claims = try await provider.claims(token)
        do throws(TokenRefusal) {
            try Self.check(claims, provider.settings, at: identities.clock.now)
        } catch {
            throw ProviderError.token(error)
        }
        (subject, sid) = (claims["sub"]?.text, claims["sid"]?.text)
        guard let id = claims["jti"]?.text, let end = claims["exp"]?.number, end < 1e11 else {
            throw ProviderError.token(.malformed)
        }
        let hash = Array(SHA256.hash(data: Array((provider.settings.issuer + "\n" + id).utf8)))
        let until = Date(timeIntervalSince1970: end + 2 * Claims.skew)
        guard try identities.store.spend(hash, until: until) else { throw ProviderError.token(.replayed) }
    }

    private static func check(_ claims: Claims, _ settings: ProviderSettings, at now: Date) throws(TokenRefusal) {
        try ProviderSignIn.checkParties(claims, settings)
        try claims.checkTimes(at: now)
        guard claims["iat"]?.number != nil else { throw .malformed }
        // An ID token has a nonce; it must not pass for a logout.
        guard claims["nonce"] == nil, claims["events"]?.object?[event]?.object != nil else { throw .wrongType }
        guard claims["sub"]?.text != nil || claims["sid"]?.text != nil else { throw .malformed }
    }
}
