import FoundationEssentials
import JWTKit

/// The algorithms of signatures that are taken: none in which whoever can verify can also sign.
enum SigningAlgorithm: String, Sendable, CaseIterable {
    case rs256 = "RS256"
    case ps256 = "PS256"
    case es256 = "ES256"
    case edDSA = "EdDSA"
}

/// An issuer's public keys (RFC 7517). Keys of kinds that are not taken are left out; a symmetric one is no public key.
struct KeySet: Sendable, Decodable {
    let keys: [Key]

    /// More keys than these are not read.
    private static let most = 64

    struct Key: Sendable {
        enum Material: Sendable {
            case rsa(modulus: String, exponent: String)
            case p256(x: String, y: String)
            case ed25519(x: String)
        }

        let kid: String?
        /// The only algorithm that the key is for, where it says so.
        let algorithm: String?
        let material: Material

        func serves(_ wanted: SigningAlgorithm) -> Bool {
            guard algorithm == nil || algorithm == wanted.rawValue || (algorithm == "Ed25519" && wanted == .edDSA)
            else {
                return false
            }
            return switch (material, wanted) {
            case (.rsa, .rs256), (.rsa, .ps256), (.p256, .es256), (.ed25519, .edDSA): true
            default: false
            }
        }

        /// The key alone in a collection, so that the library has no choice to make.
        func verifier(for algorithm: SigningAlgorithm) async -> JWTKeyCollection? {
            let collection = JWTKeyCollection()
            switch (material, algorithm) {
            case (.rsa(let modulus, let exponent), .rs256):
                guard let key = try? Insecure.RSA.PublicKey(modulus: modulus, exponent: exponent) else { return nil }
                await collection.add(rsa: key, digestAlgorithm: .sha256)
            case (.rsa(let modulus, let exponent), .ps256):
                guard let key = try? Insecure.RSA.PublicKey(modulus: modulus, exponent: exponent) else { return nil }
                await collection.add(pss: key, digestAlgorithm: .sha256)
            case (.p256(let x, let y), .es256):
                guard let key = try? ES256PublicKey(parameters: (x: x, y: y)) else { return nil }
                await collection.add(ecdsa: key)
            case (.ed25519(let x), .edDSA):
                guard let key = try? EdDSA.PublicKey(x: x, curve: .ed25519) else { return nil }
                await collection.add(eddsa: key)
            default: return nil
            }
            return collection
        }
    }

    init(keys: [Key]) { self.keys = keys }

    private struct Document: Decodable { var keys: [[String: JSONValue]] }

    init(from decoder: any Decoder) throws {
        keys = try Document(from: decoder).keys.prefix(Self.most).compactMap(Self.key)
    }

    private static func key(_ fields: [String: JSONValue]) -> Key? {
        if let use = fields["use"]?.text, use != "sig" { return nil }
        let material: Key.Material
        switch (fields["kty"]?.text, fields["crv"]?.text) {
        case ("RSA", _):
            guard let modulus = fields["n"]?.text, let exponent = fields["e"]?.text else { return nil }
            material = .rsa(modulus: modulus, exponent: exponent)
        case ("EC", "P-256"):
            guard let x = fields["x"]?.text, let y = fields["y"]?.text else { return nil }
            material = .p256(x: x, y: y)
        case ("OKP", "Ed25519"):
            guard let x = fields["x"]?.text else { return nil }
            material = .ed25519(x: x)
        default: return nil
        }
        return Key(kid: fields["kid"]?.text, algorithm: fields["alg"]?.text, material: material)
    }
}
