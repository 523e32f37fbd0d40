import Federation
import FoundationEssentials
import JWTKit

/// A JSON web token of somebody else (RFC 7515, RFC 7519): its header is read here, its signature checked by the library,
/// with one key and the one algorithm that this key is for.
struct SignedToken: Sendable {
    let text: String
    let algorithm: SigningAlgorithm
    let kid: String?
    let type: String?
    /// Where the issuer says that its keys are; only ever compared with what is trusted.
    let jku: String?

    /// The largest token that is read: bytes.
    static let largest = 32 << 10

    private struct Header: Decodable {
        var alg: String
        var kid: String?
        var typ: String?
        var jku: String?
        var crit: JSONValue?
    }

    init(_ text: String) throws(TokenRefusal) {
        guard text.utf8.count <= Self.largest else { throw .malformed }
        let parts = text.split(separator: ".", omittingEmptySubsequences: false)
        guard parts.count == 3, let first = parts.first, let bytes = Base64URL.bytes(String(first)),
            let header = try? JSONDecoder().decode(Header.self, from: Data(bytes))
        else { throw .malformed }
        guard let algorithm = SigningAlgorithm(rawValue: header.alg) else { throw .algorithm }
        guard header.crit == nil else { throw .critical }
        guard let signature = parts.last, !signature.isEmpty, Base64URL.bytes(String(signature)) != nil else {
            throw .malformed
        }
        self.text = text
        self.algorithm = algorithm
        (kid, type, jku) = (header.kid, header.typ, header.jku)
    }

    /// The keys of a set that may have signed it.
    func candidates(_ keys: KeySet) -> [KeySet.Key] {
        keys.keys.filter { $0.serves(algorithm) && (kid == nil || $0.kid == kid) }
    }

    /// What it says, once one of the keys has signed it.
    func claims(_ keys: KeySet) async throws(TokenRefusal) -> Claims {
        let candidates = candidates(keys)
        guard !candidates.isEmpty else { throw .unknownKey }
        // Without a name each fitting key is tried; there are few.
        for key in candidates.prefix(8) {
            guard let verifier = await key.verifier(for: algorithm) else { continue }
            do {
                return try await verifier.verify(text, as: Claims.self)
            } catch let error as DecodingError {
                _ = error
                throw .malformed
            } catch {
                continue
            }
        }
        throw .badSignature
    }

    /// What it says before anybody has checked who signed it: only to find out whose keys to look for.
    func unverifiedIssuer() throws(TokenRefusal) -> String {
        let parts = text.split(separator: ".", omittingEmptySubsequences: false)
        guard parts.count == 3, let bytes = Base64URL.bytes(String(parts[1])),
            let claims = try? JSONDecoder().decode(Claims.self, from: Data(bytes)), let issuer = claims["iss"]?.text
        else { throw .malformed }
        return issuer
    }
}

/// The claims of a token. Times and parties are checked by whoever knows what they should be.
struct Claims: JWTPayload, Equatable {
    private(set) var values: [String: JSONValue]

    init(_ values: [String: JSONValue]) { self.values = values }
    init(from decoder: any Decoder) throws { values = try [String: JSONValue](from: decoder) }
    func encode(to encoder: any Encoder) throws { try values.encode(to: encoder) }
    func verify(using algorithm: some JWTAlgorithm) {}

    subscript(_ name: String) -> JSONValue? { values[name] }

    /// These, and beside them what the other ones say.
    func adding(_ others: Claims) -> Claims { Claims(values.merging(others.values) { own, _ in own }) }

    /// How far two clocks may be apart: seconds.
    static let skew: Double = 60

    /// Throws where it is not between its times.
    func checkTimes(at now: Date, needsExpiry: Bool = true) throws(TokenRefusal) {
        let now = now.timeIntervalSince1970
        if let claim = values["exp"] {
            guard let end = claim.number else { throw .malformed }
            guard now < end + Self.skew else { throw .expired }
        } else if needsExpiry {
            throw .malformed
        }
        for name in ["nbf", "iat"] {
            guard let claim = values[name] else { continue }
            guard let start = claim.number else { throw .malformed }
            guard start <= now + Self.skew else { throw .notYetValid }
        }
    }
}
