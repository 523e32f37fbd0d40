import Crypto
import FoundationEssentials
import SwiftASN1
import X509

/// A party's certificate as it was received: readable, but not yet trusted. See ``TrustAnchor``.
struct PartyCertificate: Hashable, Sendable {
    /// DER.
    let encoded: [UInt8]
    let site: SiteID
    let keys: PublicKeys
    let begins: Date
    let expires: Date
    let x509: Certificate

    /// A certificate longer than this is not read.
    private static let longest = 4096

    init(encoded: [UInt8]) throws(CertificateError) {
        guard encoded.count <= Self.longest, let x509 = try? Certificate(derEncoded: encoded),
            let names = try? x509.extensions.subjectAlternativeNames, let name = PartyName(names),
            let signing = Curve25519.Signing.PublicKey(x509.publicKey),
            let keys = PublicKeys(signing: [UInt8](signing.rawRepresentation), agreement: name.agreement)
        else { throw .unreadable }
        self.encoded = encoded
        self.x509 = x509
        self.keys = keys
        site = name.site
        begins = x509.notValidBefore
        expires = x509.notValidAfter
    }

    /// When it should be replaced: after two thirds of its life, counted from when it was issued.
    var renewal: Date {
        let issued = begins.addingTimeInterval(CertificateAuthority.backdating)
        return issued.addingTimeInterval(expires.timeIntervalSince(issued) * 2 / 3)
    }
}
