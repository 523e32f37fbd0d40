import Crypto
import Federation
public import FoundationEssentials
public import Governance
import JWTKit
import Runtime

/// Writes visas for granted permits, and publishes the key with which others check them (GA4GH Passport v1.2).
public struct VisaIssuer: Sendable {
    private let key: P256.Signing.PrivateKey
    private let address: String
    private let clock: WallClock
    private let random: RandomSource

    /// The path of the key set on the hub's page: what a visa's `jku` points to.
    static let keysPath = "/.well-known/jwks.json"

    /// Reads the key, or makes one where there is none.
    ///
    /// - Parameters:
    ///   - path: the file with the key, mode 0600.
    ///   - address: the hub's page, which is the visas' issuer.
    init(
        path: String, address: String, files: any FileSystem, clock: WallClock, random: RandomSource
    ) throws {
        let bytes = try SecretFile.readOrCreate(path, in: files) {
            [UInt8](P256.Signing.PrivateKey().rawRepresentation)
        }
        key = try P256.Signing.PrivateKey(rawRepresentation: Data(bytes))
        self.address = address
        self.clock = clock
        self.random = random
    }

    /// A visa that says: a data access committee has granted this person this data set.
    ///
    /// - Parameters:
    ///   - person: whom it is about. Others know them by the subject of the provider that they sign in with.
    ///   - dataSet: what was granted, as an address or an id that others know: `ControlledAccessGrants`' value.
    ///   - source: the address of the organisation whose committee granted it.
    ///   - until: when the grant ends.
    /// - Returns: a signed token (RFC 7519) of the type `vnd.ga4gh.visa+jwt`.
    public func visa(for person: Person, dataSet: String, source: String, until: Date) async throws -> String {
        let now = clock.now
        let claims = Claims([
            "iss": .text(address), "sub": .text(Self.subject(person.id)), "iat": .number(Double(now.seconds)),
            "exp": .number(Double(until.seconds)), "jti": .text(random.identifier()),
            "ga4gh_visa_v1": .object([
                "type": .text(Visa.Kind.controlledAccessGrants.rawValue), "asserted": .number(Double(now.seconds)),
                "value": .text(dataSet), "source": .text(source), "by": .text("dac"),
            ]),
        ])
        let keys = JWTKeyCollection()
        await keys.add(ecdsa: try ES256PrivateKey(backing: key), kid: JWKIdentifier(string: kid))
        var header = JWTHeader()
        header.typ = "vnd.ga4gh.visa+jwt"
        header.jku = address + Self.keysPath
        return try await keys.sign(claims, kid: JWKIdentifier(string: kid), header: header)
    }

    /// The subject by which other services know a person: the provider's own, or the id of an account of this hub.
    static func subject(_ id: PersonID) -> String {
        guard id.text.hasPrefix("oidc:"), let bar = id.text.lastIndex(of: "|") else { return id.text }
        return String(id.text[id.text.index(after: bar)...])
    }

    /// The public key as a key set (RFC 7517).
    var keySet: [String: [[String: String]]] {
        let (x, y) = point
        return [
            "keys": [["kty": "EC", "crv": "P-256", "use": "sig", "alg": "ES256", "kid": kid, "x": x, "y": y]]
        ]
    }

    private var point: (x: String, y: String) {
        let raw = [UInt8](key.publicKey.rawRepresentation)
        return (Base64URL.text(Array(raw.prefix(32))), Base64URL.text(Array(raw.dropFirst(32))))
    }

    /// The key's name: its thumbprint (RFC 7638).
    private var kid: String {
        let (x, y) = point
        let text = "{\"crv\":\"P-256\",\"kty\":\"EC\",\"x\":\"\(x)\",\"y\":\"\(y)\"}"
        return Base64URL.text(Array(SHA256.hash(data: Array(text.utf8))))
    }
}
