import Crypto
import FoundationEssentials
import Runtime
import SwiftASN1
import Synchronization
// The library's own way to judge a certificate by a clock that a test can move.
@_spi(FixedExpiryValidationTime) import X509

/// A certificate that was found to be of this federation. Only ``TrustAnchor`` makes one.
struct VerifiedCertificate: Hashable, Sendable {
    let certificate: PartyCertificate

    fileprivate init(_ certificate: PartyCertificate) { self.certificate = certificate }

    var site: SiteID { certificate.site }
    var keys: PublicKeys { certificate.keys }
}

/// What a party trusts: the federation's authority. It judges certificates by themselves, whoever handed them over.
final class TrustAnchor: Sendable {
    let authority: Certificate
    /// SHA-256 of the authority's certificate: the identity of the federation, which every signature covers.
    let federation: String
    private let store: CertificateStore
    /// Certificates found good already, by their digest. Their dates are looked at every time.
    private let known = Mutex<[SHA256.Digest: VerifiedCertificate]>([:])

    private static let mostKnown = 4096

    init(authority encoded: [UInt8]) throws(CertificateError) {
        guard let authority = try? Certificate(derEncoded: encoded) else { throw .unreadable }
        self.authority = authority
        federation = Hex.text(SHA256.hash(data: encoded))
        store = CertificateStore([authority])
    }

    /// The certificate, once it is known to lead to the authority and to be valid at `now`.
    func verify(_ encoded: [UInt8], at now: Date) async throws(CertificateError) -> VerifiedCertificate {
        let digest = SHA256.hash(data: encoded)
        if let verified = known.withLock({ $0[digest] }) {
            try check(verified.certificate, at: now)
            return verified
        }
        let certificate = try PartyCertificate(encoded: encoded)
        try check(certificate, at: now)
        var verifier = Verifier(rootCertificates: store) {
            RFC5280Policy(fixedExpiryValidationTime: now)
        }
        guard
            case .validCertificate = await verifier.validate(leaf: certificate.x509, intermediates: CertificateStore())
        else { throw .otherAuthority }
        // The authority itself is no party.
        guard certificate.x509 != authority else { throw .otherParty }
        let verified = VerifiedCertificate(certificate)
        known.withLock { known in
            if known.count >= Self.mostKnown { known.removeAll() }
            known[digest] = verified
        }
        return verified
    }

    private func check(_ certificate: PartyCertificate, at now: Date) throws(CertificateError) {
        if now < certificate.begins { throw .notYetValid }
        if now > certificate.expires { throw .expired }
    }
}
