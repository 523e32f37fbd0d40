import Crypto
import CryptoExtras
import Federation
import FoundationEssentials
import HTTPTypes
import HummingbirdTesting
import Synchronization
import TestSupport
import WebPages

@testable import Hub

/// A key pair, as the other side has it. Tokens are put together by hand here, so that every mistake can be made.
struct FakeKey: Sendable {
    enum Material: Sendable {
        case rsa(_RSA.Signing.PrivateKey)
        case p256(P256.Signing.PrivateKey)
        case ed25519(Curve25519.Signing.PrivateKey)
    }

    let kid: String
    let material: Material

    static func rsa(_ kid: String) throws -> FakeKey {
        FakeKey(kid: kid, material: .rsa(try _RSA.Signing.PrivateKey(keySize: .bits2048)))
    }
    static func p256(_ kid: String) -> FakeKey { FakeKey(kid: kid, material: .p256(P256.Signing.PrivateKey())) }
    static func ed25519(_ kid: String) -> FakeKey {
        FakeKey(kid: kid, material: .ed25519(Curve25519.Signing.PrivateKey()))
    }

    /// The algorithm that the key is usually used with.
    var algorithm: String {
        switch material {
        case .rsa: "RS256"
        case .p256: "ES256"
        case .ed25519: "EdDSA"
        }
    }

    func jwk() throws -> [String: String] {
        var fields = ["kid": kid, "use": "sig"]
        switch material {
        case .rsa(let key):
            let primitives = try key.publicKey.getKeyPrimitives()
            fields["kty"] = "RSA"
            fields["n"] = Base64URL.text([UInt8](primitives.modulus))
            fields["e"] = Base64URL.text([UInt8](primitives.publicExponent))
        case .p256(let key):
            let raw = [UInt8](key.publicKey.rawRepresentation)
            fields.merge([
                "kty": "EC", "crv": "P-256", "x": Base64URL.text(Array(raw.prefix(32))),
                "y": Base64URL.text(Array(raw.suffix(32))),
            ]) { $1 }
        case .ed25519(let key):
            fields.merge([
                "kty": "OKP", "crv": "Ed25519", "x": Base64URL.text([UInt8](key.publicKey.rawRepresentation)),
            ]) { $1 }
        }
        return fields
    }

    func signature(_ input: String, _ algorithm: String) throws -> [UInt8] {
        let data = Data(input.utf8)
        switch (material, algorithm) {
        case (.rsa(let key), "PS256"): return [UInt8](try key.signature(for: data, padding: .PSS).rawRepresentation)
        case (.rsa(let key), _):
            return [UInt8](try key.signature(for: data, padding: .insecurePKCS1v1_5).rawRepresentation)
        case (.p256(let key), _): return [UInt8](try key.signature(for: data).rawRepresentation)
        case (.ed25519(let key), _): return [UInt8](try key.signature(for: data))
        }
    }

    /// A token with these claims; `header` replaces what usually stands there, nil takes it out.
    func token(_ claims: [String: JSONValue], header: [String: JSONValue?] = [:]) throws -> String {
        var fields: [String: JSONValue] = ["alg": .text(algorithm), "typ": .text("JWT"), "kid": .text(kid)]
        for (name, value) in header { fields[name] = value }
        let input = try Self.part(.object(fields)) + "." + Self.part(.object(claims))
        return input + "." + Base64URL.text(try signature(input, fields["alg"]?.text ?? ""))
    }

    static func part(_ json: JSONValue) throws -> String { Base64URL.text([UInt8](try JSONEncoder().encode(json))) }
}

/// A provider that says what the test wants it to, and remembers what it was asked.
final class FakeProvider: ProviderTransport {
    static let issuer = "https://login.example.org/oidc/"

    struct State: Sendable {
        var document: [String: JSONValue]
        var keys: [FakeKey] = [.p256("one")]
        var signer: FakeKey
        /// What differs from a good ID token.
        var claims: [String: JSONValue?] = [:]
        var header: [String: JSONValue?] = [:]
        /// Replaces the whole token.
        var idToken: String?
        var userInfo: [String: JSONValue] = ["sub": .text("sub-1"), "name": .text("Anna Puig")]
        /// Key sets at other addresses.
        var others: [String: [FakeKey]] = [:]
        var isDown = false
        var fetched: [String] = []
        var forms: [[String: String]] = []
        var basic: String?
        /// Of the sign-in that is under way.
        var nonce = ""
        var challenge = ""
    }

    let state: Mutex<State>
    private let clock: ManualClock

    init(_ clock: ManualClock) {
        self.clock = clock
        let key = FakeKey.p256("one")
        let base = "https://login.example.org/oidc"
        state = Mutex(
            State(
                document: [
                    "issuer": .text(Self.issuer), "authorization_endpoint": .text(base + "/authorize"),
                    "token_endpoint": .text(base + "/token"), "jwks_uri": .text(base + "/jwks"),
                    "userinfo_endpoint": .text(base + "/userinfo"), "end_session_endpoint": .text(base + "/logout"),
                ], keys: [key], signer: key))
    }

    var signer: FakeKey { state.withLock { $0.signer } }
    func change(_ body: (inout State) -> Void) { state.withLock { body(&$0) } }

    /// A good ID token's claims, now.
    func claims(_ changes: [String: JSONValue?] = [:]) -> [String: JSONValue] {
        let now = clock.now.timeIntervalSince1970
        var claims: [String: JSONValue] = [
            "iss": .text(Self.issuer), "sub": .text("sub-1"), "aud": .text("atles"), "exp": .number(now + 300),
            "iat": .number(now), "nonce": .text(state.withLock { $0.nonce }), "sid": .text("session-1"),
        ]
        for (name, value) in changes { claims[name] = value }
        return claims
    }

    /// What the browser was sent to the provider with.
    func visit(_ location: String) {
        let query = location.split(separator: "?").last.map(String.init)
        change { state in
            state.nonce = QueryString.value(of: "nonce", in: query) ?? ""
            state.challenge = QueryString.value(of: "code_challenge", in: query) ?? ""
        }
    }

    func get(_ address: String, bearer: String?) async throws(ProviderError) -> Data {
        let state = self.state.withLock { state in
            state.fetched.append(address)
            return state
        }
        if state.isDown { throw .unreachable }
        do {
            if address.hasSuffix("/.well-known/openid-configuration") {
                return try JSONEncoder().encode(state.document)
            }
            if address == state.document["jwks_uri"]?.text {
                return try JSONEncoder().encode(["keys": try state.keys.map { try $0.jwk() }])
            }
            if address == state.document["userinfo_endpoint"]?.text {
                guard bearer == "access-1" else { throw ProviderError.refused }
                return try JSONEncoder().encode(state.userInfo)
            }
            if let keys = state.others[address] {
                return try JSONEncoder().encode(["keys": try keys.map { try $0.jwk() }])
            }
        } catch {
            throw .badDocument
        }
        throw .refused
    }

    func post(_ address: String, form: [(String, String)], basic: String?) async throws(ProviderError) -> Data {
        let state = self.state.withLock { state in
            state.forms.append(Dictionary(form) { $1 })
            state.basic = basic
            return state
        }
        do {
            // RFC 7636, section 4.6.
            let verifier = form.first { $0.0 == "code_verifier" }?.1 ?? ""
            guard Base64URL.text(Array(SHA256.hash(data: Array(verifier.utf8)))) == state.challenge else {
                throw ProviderError.refused
            }
            let token = try state.idToken ?? state.signer.token(claims(state.claims), header: state.header)
            return try JSONEncoder().encode([
                "access_token": "access-1", "token_type": "Bearer", "id_token": token,
            ])
        } catch let error as ProviderError {
            throw error
        } catch {
            throw .badDocument
        }
    }
}

extension HubFixture {
    /// Goes to the provider and comes back: the last response, and the browser.
    func signInAtProvider(
        _ client: any TestClientProtocol, to: String = "/account", answer: [String: String?] = [:],
        browser: TestBrowser? = nil
    ) async throws -> (response: TestResponse, browser: TestBrowser) {
        var browser = browser ?? TestBrowser()
        let begun = try await browser.get("/sign-in/provider?to=" + WebLink.encoded(to), client)
        let location = begun.headers[.location] ?? ""
        provider.visit(location)
        let sent = location.split(separator: "?").last.map(String.init)
        var parameters = ["state": QueryString.value(of: "state", in: sent) ?? "", "code": "code-1"]
        for (name, value) in answer { parameters[name] = value }
        let query = parameters.map { "\($0.key)=\(WebLink.encoded($0.value))" }.joined(separator: "&")
        let response = try await browser.get("/sign-in/provider/answer?" + query, client)
        return (response, browser)
    }
}
