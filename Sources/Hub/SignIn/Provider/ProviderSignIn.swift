import Crypto
import Federation
import FoundationEssentials
import Governance
import Runtime

/// A sign-in at a provider (OpenID Connect Core 1.0, authorisation code flow): begun here, answered there, checked here.
struct ProviderSignIn: Sendable {
    let provider: Provider
    let identities: Identities
    /// The client's secret; nil for a public client.
    let secret: String?

    private var settings: ProviderSettings { provider.settings }

    /// Where the provider sends the browser back to.
    var callback: String { identities.address + "/sign-in/provider/answer" }

    /// So long somebody may take at the provider: seconds.
    private static let patience: Double = 900

    /// What came of a sign-in.
    struct Outcome: Sendable {
        let person: Person
        let subject: String
        /// The provider's name of the session, for its logout tokens.
        let sid: String?
        let acr: String?
        let destination: Destination
        /// What ID token and user info say together.
        let claims: Claims
    }

    /// The address at the provider to which the browser goes; the browser is known again by its form cookie.
    func begin(to destination: Destination, browser: BrowserSecret) async throws -> String {
        let document = try await provider.discover()
        let (state, nonce, verifier) =
            (BrowserSecret(identities.random), BrowserSecret(identities.random), BrowserSecret(identities.random).text)
        try identities.store.add(
            ProviderFlow(
                state: state.hash, browser: browser.hash, nonce: nonce.text, verifier: verifier,
                destination: destination.path, expires: identities.clock.now.addingTimeInterval(Self.patience)))
        var parameters = [
            ("response_type", "code"), ("client_id", settings.clientID), ("redirect_uri", callback),
            ("scope", settings.scopes.joined(separator: " ")), ("state", state.text), ("nonce", nonce.text),
            ("code_challenge", Base64URL.text(Array(SHA256.hash(data: Array(verifier.utf8))))),
            ("code_challenge_method", "S256"),
        ]
        if !settings.contexts.isEmpty {
            parameters.append(("acr_values", settings.contexts.joined(separator: " ")))
        }
        let query = parameters.map { "\($0.0)=\(WebLink.encoded($0.1))" }.joined(separator: "&")
        return document.authorization + (document.authorization.contains("?") ? "&" : "?") + query
    }

    /// What the provider sent back with the browser.
    struct Answer: Sendable {
        var state: String?
        var code: String?
        var error: String?
        var issuer: String?
    }

    /// Checks an answer, fetches what belongs to it, and says who it is.
    func complete(_ answer: Answer, browser: BrowserSecret?) async throws -> Outcome {
        guard let state = answer.state.flatMap(BrowserSecret.init(text:)), let browser,
            let flow = try identities.store.takeFlow(state.hash, at: identities.clock.now), flow.browser == browser.hash
        else { throw ProviderError.unknownState }
        let document = try await provider.discover()
        // RFC 9207: an answer of another provider is not taken to this one's token endpoint.
        if let issuer = answer.issuer {
            guard issuer == settings.issuer else { throw ProviderError.token(.wrongIssuer) }
        } else if document.namesIssuer == true {
            throw ProviderError.token(.wrongIssuer)
        }
        if let error = answer.error { throw ProviderError.declined(error) }
        guard let code = answer.code, !code.isEmpty, code.utf8.count <= 4096 else { throw ProviderError.badDocument }
        let tokens = try await exchange(code, flow, document)
        let token: SignedToken
        do { token = try SignedToken(tokens.idToken) } catch { throw ProviderError.token(error) }
        let claims = try await provider.claims(token)
        do throws(TokenRefusal) {
            try check(claims, nonce: flow.nonce, access: tokens.accessToken, algorithm: token.algorithm)
        } catch {
            throw ProviderError.token(error)
        }
        return try await outcome(claims, tokens, document, to: Destination(flow.destination))
    }

    // MARK: Tokens

    private struct Tokens: Decodable {
        var idToken: String
        var accessToken: String

        enum CodingKeys: String, CodingKey {
            case idToken = "id_token"
            case accessToken = "access_token"
        }
    }

    private func exchange(
        _ code: String, _ flow: ProviderFlow, _ document: ProviderDocument
    ) async throws(ProviderError) -> Tokens {
        var form = [
            ("grant_type", "authorization_code"), ("code", code), ("redirect_uri", callback),
            ("code_verifier", flow.verifier),
        ]
        var basic: String?
        switch secret {
        case nil: form.append(("client_id", settings.clientID))
        case let secret? where document.clientMethods.map({ !$0.contains("client_secret_basic") }) ?? false:
            form += [("client_id", settings.clientID), ("client_secret", secret)]
        case let secret?:
            // RFC 6749 section 2.3.1: both are encoded as in a form first.
            let pair = WebLink.encoded(settings.clientID) + ":" + WebLink.encoded(secret)
            basic = Data(pair.utf8).base64EncodedString()
        }
        let bytes = try await provider.transport.post(document.token, form: form, basic: basic)
        guard let tokens = try? JSONDecoder().decode(Tokens.self, from: bytes) else { throw .badDocument }
        return tokens
    }

    /// OpenID Connect Core 1.0, section 3.1.3.7.
    private func check(
        _ claims: Claims, nonce: String, access: String, algorithm: SigningAlgorithm
    ) throws(TokenRefusal) {
        try Self.checkParties(claims, settings)
        try claims.checkTimes(at: identities.clock.now)
        guard claims["nonce"]?.text == nonce else { throw .wrongNonce }
        if !settings.contexts.isEmpty {
            guard let context = claims["acr"]?.text, settings.contexts.contains(context) else { throw .weakContext }
        }
        if let hash = claims["at_hash"] {
            let bytes = Array(access.utf8)
            let digest = algorithm == .edDSA ? Array(SHA512.hash(data: bytes)) : Array(SHA256.hash(data: bytes))
            guard hash.text == Base64URL.text(Array(digest.prefix(digest.count / 2))) else { throw .wrongAccessToken }
        }
    }

    /// Who made the token, and for whom: for ID tokens and logout tokens alike.
    static func checkParties(_ claims: Claims, _ settings: ProviderSettings) throws(TokenRefusal) {
        guard claims["iss"]?.text == settings.issuer else { throw .wrongIssuer }
        let audience = claims["aud"]?.texts ?? []
        guard audience.contains(settings.clientID) else { throw .wrongAudience }
        let party = claims["azp"]
        guard party?.text == settings.clientID || (party == nil && audience.count == 1) else { throw .wrongParty }
    }

    // MARK: The person

    private func outcome(
        _ token: Claims, _ tokens: Tokens, _ document: ProviderDocument, to destination: Destination
    ) async throws -> Outcome {
        guard let subject = token["sub"]?.text, let id = Self.id(issuer: settings.issuer, subject: subject) else {
            throw ProviderError.badSubject
        }
        var claims = token
        if let address = document.userInfo {
            let bytes = try await provider.transport.get(address, bearer: tokens.accessToken)
            guard let info = try? JSONDecoder().decode(Claims.self, from: bytes) else {
                throw ProviderError.badDocument
            }
            // Section 5.3.4: somebody else's answer must not be used.
            guard info["sub"]?.text == subject else { throw ProviderError.token(.wrongParty) }
            claims = token.adding(info)
        }
        let given = [claims["given_name"]?.text, claims["family_name"]?.text].compactMap(\.self).joined(separator: " ")
        let name = claims["name"]?.text ?? (given.isEmpty ? claims["preferred_username"]?.text ?? "" : given)
        let organisation =
            claims["schac_home_organization"]?.text ?? claims["organization"]?.text
            ?? claims["o"]?.text
        let person = Person(
            id: id, name: PersonText.plain(name) ?? "Somebody without a name",
            email: claims["email"]?.text.flatMap(PersonText.plain),
            organisation: organisation.flatMap(PersonText.plain),
            roles: ClaimRule.grants(settings.rules, claims))
        return Outcome(
            person: person, subject: subject, sid: token["sid"]?.text.map { String($0.prefix(300)) },
            acr: token["acr"]?.text.map { String($0.prefix(300)) }, destination: destination, claims: claims)
    }

    /// `oidc:` with the issuer and the subject that it never gives to anybody else.
    static func id(issuer: String, subject: String) -> PersonID? {
        subject.isEmpty || subject.utf8.count > 255 ? nil : PersonID("oidc:\(issuer)|\(subject)")
    }

    /// Where somebody signs out at the provider too; nil where it has no such page.
    func signOutLink() async -> String? {
        guard let end = try? await provider.discover().endSession else { return nil }
        let query = [
            ("client_id", settings.clientID), ("post_logout_redirect_uri", identities.address + "/signed-out"),
        ]
        .map { "\($0.0)=\(WebLink.encoded($0.1))" }.joined(separator: "&")
        return end + (end.contains("?") ? "&" : "?") + query
    }
}
