import Crypto
import CryptoExtras
import Federation
import FoundationEssentials
public import Runtime

/// A person's private Ed25519 key: it lies in a file of mode 0600, encrypted with the person's passphrase.
///
/// The key of AES-256-GCM is derived from the passphrase by scrypt (RFC 7914), so that each guess costs memory and time;
/// the person's name and public key are bound in as associated data.
public struct MemberKey: Sendable {
    /// Fewer characters make no passphrase.
    public static let shortestPassphrase = 12

    public let person: PersonID
    private let key: Curve25519.Signing.PrivateKey

    /// Makes a new key.
    public init(person: PersonID, random: RandomSource) throws(PermitError) {
        self.person = person
        do {
            key = try Curve25519.Signing.PrivateKey(rawRepresentation: random.bytes(32))
        } catch {
            throw .cryptography
        }
    }

    private init(person: PersonID, key: Curve25519.Signing.PrivateKey) {
        self.person = person
        self.key = key
    }

    public var publicKey: VerifyingKey {
        get throws(PermitError) {
            guard let made = VerifyingKey([UInt8](key.publicKey.rawRepresentation)) else { throw .cryptography }
            return made
        }
    }

    func sign(_ bytes: [UInt8]) throws(PermitError) -> [UInt8] {
        do { return [UInt8](try key.signature(for: bytes)) } catch { throw .cryptography }
    }

    // MARK: The file

    /// How much work one guess of the passphrase is.
    public struct Cost: Sendable, Equatable {
        /// scrypt's N: a power of two.
        public let rounds: Int
        /// 128 MiB and about half a second.
        public static let standard = Cost(rounds: 1 << 17)
        /// For tests that make many keys.
        static let light = Cost(rounds: 1 << 10)
    }

    private struct File: Codable {
        var version: Int
        var person: PersonID
        var publicKey: VerifyingKey
        var rounds: Int
        var blockSize: Int
        var parallelism: Int
        var salt: Data
        /// Nonce, ciphertext and tag.
        var sealed: Data
    }

    /// Writes the key to a new file.
    public func write(
        to path: String, passphrase: String, cost: Cost = .standard, random: RandomSource, in files: any FileSystem
    ) throws(PermitError) {
        guard passphrase.count >= Self.shortestPassphrase else { throw .passphraseTooShort }
        let salt = random.bytes(16)
        let publicKey = try publicKey
        do {
            let wrapping = try Self.wrapping(passphrase, salt, rounds: cost.rounds, blockSize: 8, parallelism: 1)
            let sealed = try AES.GCM.seal(
                key.rawRepresentation, using: wrapping, nonce: AES.GCM.Nonce(data: random.bytes(12)),
                authenticating: Self.bound(person, publicKey))
            guard let combined = sealed.combined else { throw PermitError.cryptography }
            let encoder = JSONEncoder()
            encoder.outputFormatting = [.sortedKeys, .prettyPrinted]
            let bytes = [UInt8](
                try encoder.encode(
                    File(
                        version: 1, person: person, publicKey: publicKey, rounds: cost.rounds, blockSize: 8,
                        parallelism: 1, salt: Data(salt), sealed: combined)))
            try SecretFile.write(bytes, to: path, in: files)
        } catch let error as PermitError {
            throw error
        } catch let error as FileError {
            throw .file(error)
        } catch {
            throw .cryptography
        }
    }

    /// Reads the key at `path`.
    public static func read(
        _ path: String, passphrase: String, in files: any FileSystem
    ) throws(PermitError) -> MemberKey {
        let bytes: [UInt8]
        do { bytes = try SecretFile.read(path, in: files) } catch { throw .secret(error) }
        guard let file = try? JSONDecoder().decode(File.self, from: Data(bytes)), file.version == 1,
            // A file that somebody else wrote must not make this machine run out of memory.
            (2...1 << 20).contains(file.rounds), file.rounds & (file.rounds - 1) == 0,
            (1...16).contains(file.blockSize),
            (1...4).contains(file.parallelism), (8...64).contains(file.salt.count)
        else { throw .unreadable(path: path) }
        guard
            let wrapping = try? wrapping(
                passphrase, [UInt8](file.salt), rounds: file.rounds, blockSize: file.blockSize,
                parallelism: file.parallelism),
            let box = try? AES.GCM.SealedBox(combined: file.sealed),
            let raw = try? AES.GCM.open(box, using: wrapping, authenticating: bound(file.person, file.publicKey)),
            let key = try? Curve25519.Signing.PrivateKey(rawRepresentation: raw),
            [UInt8](key.publicKey.rawRepresentation) == file.publicKey.bytes
        else { throw .wrongPassphrase }
        return MemberKey(person: file.person, key: key)
    }

    private static func wrapping(
        _ passphrase: String, _ salt: [UInt8], rounds: Int, blockSize: Int, parallelism: Int
    ) throws -> SymmetricKey {
        try KDF.Scrypt.deriveKey(
            from: Array(passphrase.utf8), salt: salt, outputByteCount: 32, rounds: rounds, blockSize: blockSize,
            parallelism: parallelism)
    }

    private static func bound(_ person: PersonID, _ key: VerifyingKey) -> [UInt8] {
        var out = CanonicalBytes(label: "atles-member-key-1")
        out.append(person.text)
        out.append(key.bytes)
        return out.bytes
    }
}
