import Crypto
import CryptoExtras
import Federation
import FoundationEssentials
import Governance
import HTTPTypes
import Hummingbird
import HummingbirdTesting
import Runtime
import Synchronization
import TestSupport
import Testing
import WebPages

@testable import Hub

@Suite("Signing in through a provider")
struct ProviderTests {
    private let fixture: HubFixture
    private let id: PersonID

    init() throws {
        fixture = try HubFixture()
        id = try #require(PersonID("oidc:https://login.example.org/oidc/|sub-1"))
    }

    /// How a sign-in ends with one thing changed: the page's status, and whether anybody is signed in.
    private func outcome(
        answer: [String: String?] = [:],
        _ change: @escaping @Sendable (inout FakeProvider.State) throws -> Void = { _ in }
    ) async throws -> (status: HTTPResponse.Status, isIn: Bool, text: String) {
        let result = ResultBox()
        try await fixture.run { [fixture] client in
            var state = fixture.provider.state.withLock { $0 }
            try change(&state)
            let changed = state
            fixture.provider.change { $0 = changed }
            let (response, browser) = try await fixture.signInAtProvider(client, answer: answer)
            var after = browser
            let account = try await after.get("/account", client)
            result.set((response.status, account.status == .ok, response.text))
        }
        return result.value ?? (.ok, false, "")
    }

    private func expectRefused(
        _ words: String, answer: [String: String?] = [:],
        _ change: @escaping @Sendable (inout FakeProvider.State) throws -> Void = { _ in },
        sourceLocation: SourceLocation = #_sourceLocation
    ) async throws {
        let before = try fixture.audited().count { $0 == "provider.refused" }
        let outcome = try await outcome(answer: answer, change)
        #expect(outcome.status == .badRequest && !outcome.isIn, sourceLocation: sourceLocation)
        #expect(outcome.text.contains(words), sourceLocation: sourceLocation)
        let after = try fixture.audited().count { $0 == "provider.refused" }
        #expect(after == before + 1, sourceLocation: sourceLocation)
    }

    @Test("somebody comes back with a code and is signed in where they wanted to go, as who the provider says they are")
    func signIn() async throws {
        fixture.provider.change { state in
            state.userInfo["email"] = .text("anna@example.org")
            state.userInfo["eduperson_entitlement"] = .list([
                .text("urn:x:researchers"), .text("urn:x:committee:valencia:chair"), .text("urn:x:researchers:not"),
            ])
        }
        try await fixture.run { [fixture, id] client in
            let (response, browser) = try await fixture.signInAtProvider(client, to: "/about")
            #expect(response.status == .seeOther && response.headers[.location] == "/about")
            let site = try #require(SiteID("valencia"))
            let person = try #require(try fixture.hub.people.person(id))
            #expect(person.name == "Anna Puig" && person.email == "anna@example.org")
            #expect(
                person.roles == [
                    try #require(RoleGrant(.researcher)), try #require(RoleGrant(.committeeMember, at: site)),
                ])
            var after = browser
            let account = try await after.get("/account", client)
            #expect(account.status == .ok && account.text.contains("Anna Puig"))
        }
        let state = fixture.provider.state.withLock { $0 }
        // RFC 6749 section 2.3.1: "atles" and the secret, each as a form encodes it.
        #expect(state.basic == Data("atles:a%20secret%2Fwith%3Asigns".utf8).base64EncodedString())
        #expect(state.forms.last?["redirect_uri"] == "http://127.0.0.1:8080/sign-in/provider/answer")
        #expect(state.forms.last?["grant_type"] == "authorization_code")
        #expect(try fixture.audited().contains("person.signed-in"))
    }

    @Test("roles that the provider no longer gives are gone at the next sign-in; those of the operator stay")
    func rolesFollow() async throws {
        fixture.provider.change { $0.userInfo["eduperson_entitlement"] = .text("urn:x:researchers") }
        #expect(try await outcome().isIn)
        try fixture.hub.people.give(.auditor, at: nil, to: id)
        #expect(try fixture.hub.people.person(id)?.holds(.researcher) == true)
        #expect(try await outcome { $0.userInfo["eduperson_entitlement"] = nil }.isIn)
        let person = try #require(try fixture.hub.people.person(id))
        #expect(!person.holds(.researcher) && person.holds(.auditor))
    }

    @Test("the four algorithms of the list are taken", arguments: ["RS256", "PS256", "ES256", "EdDSA"])
    func algorithms(_ algorithm: String) async throws {
        let outcome = try await outcome { state in
            let key: FakeKey =
                algorithm == "EdDSA" ? .ed25519("k") : algorithm == "ES256" ? .p256("k") : try .rsa("k")
            (state.keys, state.signer) = ([key], key)
            state.header = ["alg": .text(algorithm)]
        }
        #expect(outcome.isIn)
    }

    @Test("a token without a signature, whatever it says of its algorithm, is refused")
    func none() async throws {
        for name in ["none", "None", "NONE", "nOnE", ""] {
            for end in ["", ".", "x"] {
                let claims = try FakeKey.part(.object(fixture.provider.claims()))
                let header = try FakeKey.part(.object(["alg": .text(name), "typ": .text("JWT")]))
                let outcome = try await outcome { $0.idToken = header + "." + claims + "." + end }
                #expect(outcome.status == .badRequest && !outcome.isIn)
            }
        }
        // With a good algorithm and no signature.
        let token = try fixture.provider.signer.token(fixture.provider.claims())
        let cut = token.split(separator: ".").prefix(2).joined(separator: ".") + "."
        try await expectRefused("cannot be read") { $0.idToken = cut }
    }

    @Test("a public key is no secret: a token that is authenticated with it by HMAC is refused")
    func confusion() async throws {
        let rsa = try FakeKey.rsa("one")
        guard case .rsa(let key) = rsa.material else { return }
        for secret in [key.publicKey.pemRepresentation, key.publicKey.pkcs1PEMRepresentation, try rsa.jwk()["n"] ?? ""]
        {
            for name in ["HS256", "HS384", "HS512"] {
                let input =
                    try FakeKey.part(.object(["alg": .text(name), "kid": .text("one")])) + "."
                    + FakeKey.part(.object(fixture.provider.claims()))
                let mac = HMAC<SHA256>.authenticationCode(
                    for: Data(input.utf8), using: SymmetricKey(data: Data(secret.utf8)))
                let token = input + "." + Base64URL.text(Array(mac))
                try await expectRefused("not signed in a way that is accepted") { state in
                    state.keys = [rsa]
                    state.idToken = token
                }
            }
        }
        // A symmetric key in the published set is none either.
        try await expectRefused("does not publish") { ($0.keys, $0.idToken) = ([], nil) }
    }

    @Test("an algorithm that is not the key's is refused")
    func mixedUp() async throws {
        try await expectRefused("does not publish") { $0.header = ["alg": .text("RS256")] }
        try await expectRefused("does not publish") { $0.header = ["alg": .text("EdDSA")] }
    }

    @Test("a token that was changed, cut, or signed by somebody else is refused")
    func forged() async throws {
        let key = fixture.provider.signer
        try await expectRefused("signature is wrong") { $0.signer = .p256("one") }
        try await expectRefused("does not publish") { $0.signer = .p256("another") }
        let token = try key.token(fixture.provider.claims(["sub": .text("sub-2")]))
        let parts = token.split(separator: ".").map(String.init)
        let other = try FakeKey.part(.object(fixture.provider.claims()))
        try await expectRefused("signature is wrong") {
            $0.idToken = [parts[0], other, parts[2]].joined(separator: ".")
        }
        for length in [1, 20, token.utf8.count - 20, token.utf8.count - 2] {
            let outcome = try await outcome { $0.idToken = String(token.prefix(length)) }
            #expect(outcome.status == .badRequest && !outcome.isIn)
        }
        for text in ["", "a.b.c", "....", String(repeating: "a", count: 40_000) + ".b.c"] {
            try await expectRefused("cannot be read") { $0.idToken = text }
        }
        try await expectRefused("demands something") { ($0.header, $0.idToken) = (["crit": .list([.text("x")])], nil) }
    }

    @Test("a token of another issuer, for another service, or made for another client is refused")
    func parties() async throws {
        try await expectRefused("another issuer") { $0.claims = ["iss": .text("https://login.example.org/oidc")] }
        try await expectRefused("another issuer") { $0.claims = ["iss": JSONValue?.none] }
        try await expectRefused("meant for another service") { $0.claims = ["aud": .text("other")] }
        try await expectRefused("meant for another service") { $0.claims = ["aud": .list([])] }
        try await expectRefused("made for another service") {
            $0.claims = ["aud": .list([.text("atles"), .text("other")])]
        }
        try await expectRefused("made for another service") { $0.claims = ["azp": .text("other")] }
        let both = try await outcome { state in
            state.claims = ["aud": .list([.text("atles"), .text("other")]), "azp": .text("atles")]
        }
        #expect(both.isIn)
    }

    @Test("clocks may differ by less than a minute: later a token has expired, earlier it is not valid yet")
    func times() async throws {
        let now = fixture.clock.now.timeIntervalSince1970
        try await expectRefused("expired") { $0.claims = ["exp": .number(now - 60)] }
        try await expectRefused("not valid yet") { $0.claims = ["iat": .number(now + 61)] }
        try await expectRefused("not valid yet") { $0.claims = ["nbf": .number(now + 61)] }
        try await expectRefused("cannot be read") { $0.claims = ["exp": JSONValue?.none] }
        try await expectRefused("cannot be read") { $0.claims = ["exp": .text("tomorrow")] }
        let early = try await outcome {
            $0.claims = ["exp": .number(now - 59), "iat": .number(now + 60), "nbf": .number(now + 60)]
        }
        #expect(early.isIn)
    }

    @Test("a token of another sign-in, or with another access token, is refused")
    func replay() async throws {
        try await expectRefused("another sign-in") { $0.claims = ["nonce": .text("other")] }
        try await expectRefused("another sign-in") { $0.claims = ["nonce": JSONValue?.none] }
        try await expectRefused("another access token") { $0.claims = ["at_hash": .text("AAAAAAAAAAAAAAAAAAAAAA")] }
        // The left half of SHA-256 of "access-1", computed with Python's hashlib and base64.
        let right = try await outcome { $0.claims = ["at_hash": .text(atHash)] }
        #expect(right.isIn)
    }

    /// `base64.urlsafe_b64encode(hashlib.sha256(b"access-1").digest()[:16])` without its padding.
    private let atHash = "9MKET0Y7WpOlF96BtnoJyA"

    @Test("an answer is good once, in the browser that began, with the provider that was asked")
    func state() async throws {
        try await expectRefused("does not belong to a sign-in", answer: ["state": nil])
        try await expectRefused("does not belong to a sign-in", answer: ["state": BrowserSecret(.system).text])
        try await expectRefused("another issuer", answer: ["iss": "https://evil.example"])
        fixture.clock.advance(by: 3601)
        try await expectRefused("another issuer") { state in
            state.document["authorization_response_iss_parameter_supported"] = .flag(true)
        }
        #expect(try await outcome(answer: ["iss": FakeProvider.issuer]).isIn)
        try await fixture.run { [fixture] client in
            var victim = TestBrowser()
            let begun = try await victim.get("/sign-in/provider", client)
            let location = try #require(begun.headers[.location])
            fixture.provider.visit(location)
            let state = QueryString.value(of: "state", in: location.split(separator: "?").last.map(String.init)) ?? ""
            let answer = "/sign-in/provider/answer?code=code-1&state=" + state
            // The answer of one browser, put into another.
            var other = TestBrowser()
            _ = try await other.get("/sign-in", client)
            #expect(try await other.get(answer, client).status == .badRequest)
            #expect(try await victim.get(answer, client).status == .badRequest)
            let (_, browser) = try await fixture.signInAtProvider(client)
            var again = browser
            let used = fixture.provider.state.withLock { $0.forms.count }
            #expect(try await again.get(answer, client).status == .badRequest)
            #expect(fixture.provider.state.withLock { $0.forms.count } == used)
        }
    }

    @Test("a sign-in that takes longer than a quarter of an hour is begun anew")
    func slow() async throws {
        try await fixture.run { [fixture] client in
            var browser = TestBrowser()
            let begun = try await browser.get("/sign-in/provider", client)
            let location = try #require(begun.headers[.location])
            fixture.provider.visit(location)
            let state = QueryString.value(of: "state", in: location.split(separator: "?").last.map(String.init)) ?? ""
            fixture.clock.advance(by: 901)
            let response = try await browser.get("/sign-in/provider/answer?code=code-1&state=" + state, client)
            #expect(response.status == .badRequest)
        }
    }

    @Test("who says no at the provider is told so, and what the provider wrote is not repeated")
    func declined() async throws {
        let outcome = try await outcome(answer: ["error": "access_denied", "error_description": "<b>x</b>"])
        #expect(outcome.status == .unauthorized && outcome.text.contains("The sign-in was cancelled."))
        let other = try await self.outcome(answer: ["error": "<script>alert(1)</script>"])
        #expect(!other.text.contains("alert(1)"))
    }

    @Test("user info of somebody else is not used")
    func otherUserInfo() async throws {
        try await expectRefused("made for another service") { $0.userInfo["sub"] = .text("sub-2") }
    }

    @Test(
        "new keys of the provider are found, old ones no longer believed, and nobody can make the hub fetch without end"
    )
    func rotation() async throws {
        let old = fixture.provider.signer
        #expect(try await outcome().isIn)
        let new = FakeKey.p256("two")
        fixture.clock.advance(by: 60)
        #expect(try await outcome { ($0.keys, $0.signer) = ([new], new) }.isIn)
        fixture.clock.advance(by: 60)
        try await expectRefused("does not publish") { $0.signer = old }
        let before = fixture.provider.state.withLock { $0.fetched.count { $0.hasSuffix("/jwks") } }
        for _ in 0..<5 { try await expectRefused("does not publish") { $0.signer = old } }
        #expect(fixture.provider.state.withLock { $0.fetched.count { $0.hasSuffix("/jwks") } } == before)
        // Under the same name.
        let renewed = FakeKey.p256("two")
        fixture.clock.advance(by: 60)
        #expect(try await outcome { ($0.keys, $0.signer) = ([renewed], renewed) }.isIn)
    }

    @Test("a provider that is away for a moment, or that is not the one of the settings, is told of in plain words")
    func trouble() async throws {
        fixture.provider.change { $0.isDown = true }
        try await fixture.run { [fixture] client in
            var browser = TestBrowser()
            let down = try await browser.get("/sign-in/provider", client)
            #expect(down.status == .badGateway && down.text.contains("does not answer"))
            fixture.provider.change { $0.isDown = false }
        }
        try await fixture.run { [fixture] client in
            fixture.provider.change { $0.document["issuer"] = .text("https://evil.example") }
            var browser = TestBrowser()
            let first = try await browser.get("/sign-in/provider", client)
            #expect(first.status == .badGateway)
            fixture.provider.change { state in
                state.document["issuer"] = .text(FakeProvider.issuer)
                state.document["token_endpoint"] = .text("http://login.example.org/token")
            }
            let second = try await browser.get("/sign-in/provider", client)
            #expect(second.status == .badGateway)
        }
    }

    @Test("who was removed stays out")
    func removed() async throws {
        #expect(try await outcome().isIn)
        try fixture.hub.people.remove(id)
        let outcome = try await outcome()
        #expect(outcome.status == .forbidden && !outcome.isIn)
    }
}

/// A value that a closure hands out.
final class ResultBox: Sendable {
    private let stored = Mutex<(status: HTTPResponse.Status, isIn: Bool, text: String)?>(nil)
    var value: (status: HTTPResponse.Status, isIn: Bool, text: String)? { stored.withLock { $0 } }
    func set(_ value: (status: HTTPResponse.Status, isIn: Bool, text: String)) { stored.withLock { $0 = value } }
}
