import FoundationEssentials
import Logging
import Runtime
import Synchronization

extension FederationHub {
    /// A site asks to be let in.
    func join(_ request: SignedRequest) async throws -> StandingAnswer {
        guard let body = try? WireJSON.decode(JoinBody.self, from: [UInt8](request.body)),
            let keys = PublicKeys(signing: [UInt8](body.signing), agreement: [UInt8](body.agreement)),
            PersonalName.isValid(body.name), CountryCode.isAssigned(body.country)
        else { throw Refusal(.malformed) }
        // The signature shows that the sender has the private key that it wants to join with.
        guard keys.isValid([UInt8](request.signature), for: request.signed) else { throw Refusal(.badSignature) }
        let now = self.now
        try Freshness.check(request: request.issued, now: now)
        let claim = JoinProof.Claim(
            federation: anchor.federation, invitation: body.invitation, site: request.site, name: body.name,
            country: body.country, keys: keys)
        let trace: @Sendable (StoredSite) throws -> Void = { site in
            try self.record(
                AuditEvent(.joined, site: site.id, message: body.invitation, digest: Digest(sha256: keys.signing)))
            if site.state == .admitted { try self.record(AuditEvent(.approved, site: site.id)) }
        }
        switch try await store.join(claim, proof: [UInt8](body.proof), now: now, trace: trace) {
        case .refused(let reason):
            throw Refusal(reason)
        case .joined(let site, let isNew):
            if isNew {
                noticed.withLock { $0[site.id] = site.state }
                let standing =
                    site.state == .admitted ? "admitted" : "waits for approval, fingerprint \(site.keys.fingerprint)"
                logger.notice("\(site.name) (\(site.id)) has joined; \(standing)")
            }
            if site.state == .suspended { throw Refusal(.suspended) }
            return try await standing(of: site)
        }
    }

    /// A site asks for a certificate, or whether it may have one by now.
    func renew(_ site: StoredSite) async throws -> StandingAnswer {
        try await heard(site)
        return try await standing(of: site)
    }

    /// The certificate that a site holds, or a fresh one where it has none or half of its life is over.
    private func standing(of site: StoredSite) async throws -> StandingAnswer {
        guard site.state == .admitted else { return StandingAnswer(admitted: false, certificate: nil) }
        let now = clock.now
        if let held = site.certificate, let certificate = try? PartyCertificate(encoded: held),
            certificate.keys == site.keys,
            certificate.expires.timeIntervalSince(now) > options.certificateLifetime.seconds / 2
        {
            return StandingAnswer(admitted: true, certificate: Data(held))
        }
        let fresh = try authority.issue(site.id, keys: site.keys, now: now, lifetime: options.certificateLifetime)
        try record(AuditEvent(.certified, site: site.id, digest: Digest(sha256: fresh.encoded)))
        try await store.setCertificate(fresh)
        return StandingAnswer(admitted: true, certificate: Data(fresh.encoded))
    }

    /// Notes that a site was heard, on disk only every 15 seconds.
    func heard(_ site: StoredSite) async throws {
        let now = self.now
        if presence.withLock({ $0.hear(site.id, at: now) }) { try await store.setLastSeen(site.id, now) }
    }
}
