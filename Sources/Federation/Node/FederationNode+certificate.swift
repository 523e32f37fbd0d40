import FoundationEssentials
import Logging
import Runtime
import Synchronization

extension FederationNode {
    /// This site's certificate, as held now.
    var certificate: PartyCertificate? {
        membership.withLock { $0.certificate }.flatMap { try? PartyCertificate(encoded: [UInt8]($0)) }
    }

    /// The hub's certificate, once it is known to be good now.
    func hubCertificate() async throws(FederationError) -> VerifiedCertificate {
        let encoded = membership.withLock { [UInt8]($0.hubCertificate) }
        do throws(CertificateError) {
            let verified = try await anchor.verify(encoded, at: clock.now)
            guard verified.site == .hub else { throw CertificateError.otherParty }
            return verified
        } catch {
            throw .certificate(error)
        }
    }

    /// Keeps the hub's certificate up to date with what it signs its answers under: it is renewed in its own time, and an
    /// answer to a question must not fail for an old one.
    func notice(hubCertificate encoded: [UInt8]) throws(FederationError) {
        let changed: Membership? = membership.withLock { membership in
            guard [UInt8](membership.hubCertificate) != encoded else { return nil }
            membership.hubCertificate = Data(encoded)
            return membership
        }
        try changed?.write(folder, files)
    }

    /// Fetches a certificate where there is none, or where two thirds of its life are over.
    func renewWhereDue(_ client: HubClient) async throws(FederationError) {
        if let certificate, clock.now < certificate.renewal { return }
        let answer = try await client.ask(.renew, RenewBody(), for: StandingAnswer.self, patience: .seconds(30))
        guard
            let fresh = try await Self.certificate(
                in: answer.body, of: site, keys.publicKeys, anchor, at: clock.now)
        else { throw .refused(Refusal(.waiting)) }
        let changed = membership.withLock { membership in
            membership.certificate = Data(fresh.encoded)
            membership.hubCertificate = Data(answer.hubCertificate)
            return membership
        }
        try record(AuditEvent(.certified, site: site, digest: Digest(sha256: fresh.encoded)))
        try changed.write(folder, files)
        logger.notice("this site has a certificate until \(Timestamp.text(fresh.expires))")
    }

    func warnOfExpiry() {
        guard let certificate else { return }
        if certificate.expires < clock.now.addingTimeInterval(options.warnBefore.seconds) {
            logger.warning(
                "this site's certificate runs out on \(Timestamp.text(certificate.expires)) and could not be renewed")
        }
    }
}
