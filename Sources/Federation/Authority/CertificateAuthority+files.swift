import Crypto
import FoundationEssentials
import Runtime
import SwiftASN1
import X509

extension CertificateAuthority {
    private static let keyName = "authority.key"
    private static let certificateName = "authority.pem"

    /// Writes `authority.key` (PEM, mode 0600) and `authority.pem`.
    func write(to folder: String, in files: any FileSystem) throws(FederationError) {
        do {
            try SecretFile.write(
                Array(privatePEM.utf8), to: FilePath.join(folder, Self.keyName), in: files)
            let pem = PEMDocument(type: "CERTIFICATE", derBytes: encoded).pemString + "\n"
            try files.writeAtomically(
                Array(pem.utf8), to: FilePath.join(folder, Self.certificateName), mode: 0o644)
        } catch {
            throw .file(error)
        }
    }

    static func read(
        from folder: String, in files: any FileSystem, random: RandomSource
    ) throws(FederationError) -> CertificateAuthority {
        let path = FilePath.join(folder, certificateName)
        let secret: [UInt8]
        do {
            secret = try SecretFile.read(FilePath.join(folder, keyName), in: files)
        } catch {
            throw .secret(error)
        }
        let text: [UInt8]
        do {
            text = try files.read(path, limit: 65_536)
        } catch {
            throw .file(error)
        }
        do {
            return try CertificateAuthority(
                certificate: try Certificate(pemEncoded: String(decoding: text, as: UTF8.self)),
                key: try P256.Signing.PrivateKey(pemRepresentation: String(decoding: secret, as: UTF8.self)),
                random: random)
        } catch {
            throw .damaged(path: path)
        }
    }
}
