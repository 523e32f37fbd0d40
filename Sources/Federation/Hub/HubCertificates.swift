import Crypto
import FoundationEssentials
import Runtime
import SwiftASN1
import Synchronization
import X509

/// The hub's own two certificates: the one it signs messages under, and the one it serves TLS with. Both are issued by
/// the authority in the same folder and replaced after two thirds of their lives; users of either ask here every time,
/// so that a new one is used at once.
final class HubCertificates: Sendable {
    struct Current: Sendable {
        var party: PartyCertificate
        /// DER.
        var server: [UInt8]
        var serverBegins: Date
        var serverExpires: Date

        /// The earlier of the two ends.
        var expires: Date { min(party.expires, serverExpires) }
    }

    /// The TLS server's private key in PEM; it stays when the certificate is replaced.
    let serverKey: String
    private let state: Mutex<Current>
    private let folder: String
    private let files: any FileSystem
    private let authority: CertificateAuthority
    private let names: [HostName]
    private let keys: PublicKeys
    private let lifetime: Duration

    init(
        folder: String, files: any FileSystem, authority: CertificateAuthority, names: [HostName], keys: PublicKeys,
        lifetime: Duration, now: Date
    ) throws(FederationError) {
        self.folder = folder
        self.files = files
        self.authority = authority
        self.names = names
        self.keys = keys
        self.lifetime = lifetime
        serverKey = try Self.serverKey(folder, files)
        let stored = try Self.stored(folder, files)
        if let stored, !Self.isDue(stored, now) {
            state = Mutex(stored)
        } else {
            let fresh = try Self.issue(authority, names, keys, serverKey, lifetime, now)
            try Self.write(fresh, folder, files)
            state = Mutex(fresh)
        }
    }

    var current: Current { state.withLock { $0 } }

    /// Replaces both where their time has come; true where it did.
    func renew(now: Date) throws(FederationError) -> Bool {
        guard Self.isDue(current, now) else { return false }
        let fresh = try Self.issue(authority, names, keys, serverKey, lifetime, now)
        try Self.write(fresh, folder, files)
        state.withLock { $0 = fresh }
        return true
    }

    private static func isDue(_ current: Current, _ now: Date) -> Bool {
        if now > current.party.renewal { return true }
        let issued = current.serverBegins.addingTimeInterval(CertificateAuthority.backdating)
        return now.timeIntervalSince(issued) > current.serverExpires.timeIntervalSince(issued) * 2 / 3
    }

    private static func issue(
        _ authority: CertificateAuthority, _ names: [HostName], _ keys: PublicKeys, _ serverKey: String,
        _ lifetime: Duration, _ now: Date
    ) throws(FederationError) -> Current {
        let key: P256.Signing.PrivateKey
        do {
            key = try P256.Signing.PrivateKey(pemRepresentation: serverKey)
        } catch {
            throw .damaged(path: HubFolder.serverKey)
        }
        let party = try authority.issue(.hub, keys: keys, now: now, lifetime: lifetime)
        let server = try authority.issueServer(key: key.publicKey, names: names, now: now, lifetime: lifetime)
        return Current(
            party: party, server: server, serverBegins: now.addingTimeInterval(-CertificateAuthority.backdating),
            serverExpires: now.addingTimeInterval(lifetime.seconds))
    }

    private static func serverKey(_ folder: String, _ files: any FileSystem) throws(FederationError) -> String {
        do {
            let bytes = try SecretFile.readOrCreate(FilePath.join(folder, HubFolder.serverKey), in: files) {
                Array((P256.Signing.PrivateKey().pemRepresentation + "\n").utf8)
            }
            return String(decoding: bytes, as: UTF8.self)
        } catch {
            throw .secret(error)
        }
    }

    /// Nil where one of them is missing or unreadable: both are then made anew.
    private static func stored(_ folder: String, _ files: any FileSystem) throws(FederationError) -> Current? {
        do {
            let party = FilePath.join(folder, HubFolder.partyCertificate)
            let server = FilePath.join(folder, HubFolder.serverCertificate)
            guard try files.exists(party), try files.exists(server) else { return nil }
            let bytes = try files.read(server, limit: 65_536)
            guard let certificate = try? PartyCertificate(encoded: try files.read(party, limit: 65_536)),
                let x509 = try? Certificate(derEncoded: bytes)
            else { return nil }
            return Current(
                party: certificate, server: bytes, serverBegins: x509.notValidBefore, serverExpires: x509.notValidAfter)
        } catch {
            throw .file(error)
        }
    }

    private static func write(_ current: Current, _ folder: String, _ files: any FileSystem) throws(FederationError) {
        do {
            try files.writeAtomically(
                current.party.encoded, to: FilePath.join(folder, HubFolder.partyCertificate), mode: 0o644)
            try files.writeAtomically(
                current.server, to: FilePath.join(folder, HubFolder.serverCertificate), mode: 0o644)
        } catch {
            throw .file(error)
        }
    }
}
