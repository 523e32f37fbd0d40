import Crypto
import FoundationEssentials
import Runtime
import SwiftASN1
import X509

/// The federation's own certificate authority: a P-256 key that issues the parties' certificates and the hub's TLS
/// certificate, and nothing else.
///
/// There are no revocation lists: a party's standing is the hub's record of it, looked up at every request, so that a
/// suspension works at once.
struct CertificateAuthority: Sendable {
    let certificate: Certificate
    /// The certificate in DER: what invitations carry and nodes trust.
    let encoded: [UInt8]
    private let key: P256.Signing.PrivateKey
    private let random: RandomSource

    /// How long before now a certificate begins, so that a machine whose clock is behind can still connect and be
    /// told so.
    static let backdating: TimeInterval = 86_400
    static let lifetime: TimeInterval = 10 * 365.25 * 86_400

    /// The private key in PEM.
    var privatePEM: String { key.pemRepresentation + "\n" }

    init(certificate: Certificate, key: P256.Signing.PrivateKey, random: RandomSource) throws(FederationError) {
        self.certificate = certificate
        self.key = key
        self.random = random
        encoded = try certificate.encoded
    }

    /// Makes a new authority.
    static func create(
        federation: String, now: Date, random: RandomSource
    ) throws(FederationError) -> CertificateAuthority {
        let key = P256.Signing.PrivateKey()
        do {
            let name = try DistinguishedName {
                CommonName("\(federation) authority")
                OrganizationName(federation)
            }
            let certificate = try Certificate(
                version: .v3, serialNumber: Self.serial(random), publicKey: .init(key.publicKey),
                notValidBefore: now.addingTimeInterval(-backdating), notValidAfter: now.addingTimeInterval(lifetime),
                issuer: name, subject: name, signatureAlgorithm: .ecdsaWithSHA256,
                extensions: try Certificate.Extensions {
                    Critical(BasicConstraints.isCertificateAuthority(maxPathLength: 0))
                    Critical(KeyUsage(keyCertSign: true))
                },
                issuerPrivateKey: .init(key))
            return try CertificateAuthority(certificate: certificate, key: key, random: random)
        } catch let error as FederationError {
            throw error
        } catch {
            throw .cryptography("the authority's certificate could not be made")
        }
    }

    /// A party's certificate: its name, its Ed25519 key, and its X25519 key among the alternative names.
    func issue(
        _ site: SiteID, keys: PublicKeys, now: Date, lifetime: Duration
    ) throws(FederationError) -> PartyCertificate {
        let signing: Curve25519.Signing.PublicKey
        do {
            signing = try Curve25519.Signing.PublicKey(rawRepresentation: keys.signing)
        } catch {
            throw .cryptography("a public key is not 32 bytes long")
        }
        let encoded = try sign(subject: site.text, now: now, lifetime: lifetime, key: .init(signing)) {
            try Certificate.Extensions {
                Critical(BasicConstraints.notCertificateAuthority)
                Critical(KeyUsage(digitalSignature: true))
                PartyName(site: site, agreement: keys.agreement).alternativeNames
            }
        }
        do {
            return try PartyCertificate(encoded: encoded)
        } catch {
            throw .certificate(error)
        }
    }

    /// A TLS server certificate in DER for these host names and IP addresses.
    func issueServer(
        key server: P256.Signing.PublicKey, names: [HostName], now: Date, lifetime: Duration
    ) throws(FederationError) -> [UInt8] {
        try sign(subject: names.first?.text ?? "hub", now: now, lifetime: lifetime, key: .init(server)) {
            try Certificate.Extensions {
                Critical(BasicConstraints.notCertificateAuthority)
                Critical(KeyUsage(digitalSignature: true))
                try ExtendedKeyUsage([.serverAuth])
                SubjectAlternativeNames(names.map(\.generalName))
            }
        }
    }

    private func sign(
        subject: String, now: Date, lifetime: Duration, key: Certificate.PublicKey,
        extensions: () throws -> Certificate.Extensions
    ) throws(FederationError) -> [UInt8] {
        do {
            // Nothing outlives the authority that vouches for it.
            let end = min(now.addingTimeInterval(lifetime.seconds), certificate.notValidAfter)
            return try Certificate(
                version: .v3, serialNumber: Self.serial(random), publicKey: key,
                notValidBefore: now.addingTimeInterval(-Self.backdating), notValidAfter: end,
                issuer: certificate.subject, subject: try DistinguishedName { CommonName(subject) },
                signatureAlgorithm: .ecdsaWithSHA256, extensions: try extensions(), issuerPrivateKey: .init(self.key)
            ).encoded
        } catch {
            throw .cryptography("a certificate could not be made")
        }
    }

    /// 126 random bits, positive and without a leading zero byte (RFC 5280 section 4.1.2.2).
    private static func serial(_ random: RandomSource) -> Certificate.SerialNumber {
        var bytes = random.bytes(16)
        if let first = bytes.first { bytes[0] = first & 0x3f | 0x40 }
        return Certificate.SerialNumber(bytes: bytes)
    }
}

extension Certificate {
    /// The certificate in DER.
    var encoded: [UInt8] {
        get throws(FederationError) {
            do {
                var serializer = DER.Serializer()
                try serializer.serialize(self)
                return serializer.serializedBytes
            } catch {
                throw .cryptography("a certificate could not be written")
            }
        }
    }
}
