import Crypto

/// The key that a site signs its manifests with: Ed25519, made from the pseudonym key, so that there is no second secret to
/// keep. Whoever has the public half can check manifests; nobody can learn the pseudonym key from it.
public struct ManifestKey: Sendable {
    private let key: Curve25519.Signing.PrivateKey
    /// 64 hexadecimal digits, to be handed to those who check.
    public let publicKey: String

    public init(pseudonyms: Pseudonymizer) throws(ManifestError) {
        let seed = pseudonyms.digest(.manifest, ["ed25519"])
        guard let key = try? Curve25519.Signing.PrivateKey(rawRepresentation: seed) else {
            throw ManifestError(
                .badKey, "no signing key can be made from the pseudonym key; restore it from its backup")
        }
        self.key = key
        publicKey = ManifestLine.hexadecimal(key.publicKey.rawRepresentation)
    }

    /// Over the hash of the closing line, and with it over every line before.
    func sign(_ hash: String) throws(ManifestError) -> String {
        guard let signature = try? key.signature(for: Self.message(hash)) else {
            throw ManifestError(.badKey, "the manifest could not be signed; nothing is lost, run it again")
        }
        return ManifestLine.hexadecimal(signature)
    }

    static func message(_ hash: String) -> [UInt8] { Array("\(ManifestLine.format)\n\(hash)\n".utf8) }

    static func isValid(_ signature: String, of hash: String, by publicKey: String) -> Bool {
        guard let raw = ManifestLine.bytes(hexadecimal: publicKey),
            let signature = ManifestLine.bytes(hexadecimal: signature),
            let key = try? Curve25519.Signing.PublicKey(rawRepresentation: raw)
        else { return false }
        return key.isValidSignature(signature, for: message(hash))
    }
}

extension ManifestKey: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
    /// Never the secret, whoever prints it.
    public var description: String { "ManifestKey(\(publicKey))" }
    public var debugDescription: String { description }
    public var customMirror: Mirror { Mirror(self, children: []) }
}
