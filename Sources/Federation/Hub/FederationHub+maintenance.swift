import FoundationEssentials
import Logging
import Runtime
import ServiceLifecycle
import X509

extension FederationHub {
    /// Until cancelled or shut down: ends messages whose time is over, renews the hub's certificates, warns of those
    /// of sites that run out, and notices within a second what another process did to the database.
    public func maintain() async {
        isServing = true
        room.start()
        defer { isServing = false }
        incoming.pump(self)
        await cancelWhenGracefulShutdown {
            var version: Int64?
            var nextLook = self.clock.now
            var here: Set<SiteID> = []
            while !Task.isCancelled {
                do {
                    let current = try await self.store.version()
                    if version != current {
                        try self.noticeStandings()
                        if version != nil { self.room.newsForAll() }
                    }
                    version = current
                    here = try self.noticePresence(here)
                    try await self.expireMessages()
                    if self.clock.now >= nextLook {
                        try self.lookAtCertificates()
                        self.incoming.pump(self)
                        nextLook = self.clock.now.addingTimeInterval(3600)
                    }
                } catch {
                    // Told to stop in the middle of it: nothing failed.
                    if Task.isCancelled { return }
                    self.logger.error("the hub's housekeeping failed: \(error)")
                }
                try? await Task.sleep(for: .seconds(1))
            }
        }
    }

    /// Ends the messages whose time is over now, and the streams that wait for their answers.
    func expireMessages() async throws(FederationError) {
        let now = self.now
        guard try store.isAnythingOver(now: now) else { return }
        streams.finish(try await store.expire(now: now))
    }

    /// Renews what is due and warns of what runs out within 30 days.
    func lookAtCertificates() throws(FederationError) {
        let now = clock.now
        if try certificates.renew(now: now) {
            let current = certificates.current
            try record(AuditEvent(.hubCertified, site: .hub, digest: Digest(sha256: current.party.encoded)))
            logger.notice("the hub's certificates were renewed, until \(Timestamp.text(current.expires))")
        }
        let limit = now.addingTimeInterval(options.warnBefore.seconds)
        if authority.certificate.notValidAfter < limit {
            logger.warning(
                """
                the federation's authority runs out on \(Timestamp.text(authority.certificate.notValidAfter)); \
                every site will need an invitation to a new one
                """)
        }
        for site in try store.sites() where site.state == .admitted {
            guard let expires = site.certificateExpires?.date, expires < limit else { continue }
            logger.warning(
                """
                the certificate of \(site.name) (\(site.id)) runs out on \(Timestamp.text(expires)): \
                its node has not renewed it and may be off line
                """)
        }
    }
}
