import Crypto
import FoundationEssentials
import Runtime

/// The private keys of one party, each in a file of mode 0600: `signing.key` and `agreement.key`, 32 bytes in
/// hexadecimal. They never leave the machine.
struct PartyKeys: Sendable {
    let signing: Curve25519.Signing.PrivateKey
    let agreement: Curve25519.KeyAgreement.PrivateKey

    /// Makes new keys from the random source.
    init(random: RandomSource) throws(FederationError) {
        try self.init(signing: random.bytes(32), agreement: random.bytes(32))
    }

    private init(signing: [UInt8], agreement: [UInt8]) throws(FederationError) {
        do {
            self.signing = try Curve25519.Signing.PrivateKey(rawRepresentation: signing)
            self.agreement = try Curve25519.KeyAgreement.PrivateKey(rawRepresentation: agreement)
        } catch {
            throw .cryptography("a private key is not 32 bytes long")
        }
    }

    private static let signingName = "signing.key"
    private static let agreementName = "agreement.key"

    /// Reads the keys in `folder`.
    static func read(from folder: String, in files: any FileSystem) throws(FederationError) -> PartyKeys {
        try PartyKeys(
            signing: key(signingName, in: folder, files),
            agreement: key(agreementName, in: folder, files))
    }

    /// The keys in `folder`; those that are missing are made first, so that an interrupted join goes on with the
    /// identity that it had shown already.
    static func readOrCreate(
        in folder: String, files: any FileSystem, random: RandomSource
    ) throws(FederationError) -> PartyKeys {
        do {
            for name in [signingName, agreementName] {
                _ = try SecretFile.readOrCreate(FilePath.join(folder, name), in: files) {
                    Array((Hex.text(random.bytes(32)) + "\n").utf8)
                }
            }
        } catch {
            throw .secret(error)
        }
        return try read(from: folder, in: files)
    }

    private static func key(
        _ name: String, in folder: String, _ files: any FileSystem
    ) throws(FederationError) -> [UInt8] {
        let path = FilePath.join(folder, name)
        let content: [UInt8]
        do {
            content = try SecretFile.read(path, in: files)
        } catch {
            throw .secret(error)
        }
        let text = String(decoding: content, as: UTF8.self).trimmingPrefix { $0.isWhitespace }
        guard let bytes = Hex.bytes(String(text.prefix(64))), bytes.count == 32 else { throw .damaged(path: path) }
        return bytes
    }

    /// This party's Ed25519 signature over `bytes`.
    func sign(_ bytes: [UInt8]) throws(FederationError) -> [UInt8] {
        do {
            return [UInt8](try signing.signature(for: bytes))
        } catch {
            throw .cryptography("the signature could not be made")
        }
    }
}
