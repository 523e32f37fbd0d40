import FoundationEssentials
import Logging
import Synchronization

/// The connection that a request came by, as far as waiting for news needs to know it.
protocol ClientConnection: Sendable {
    /// Calls `action` once the connection is closed; at once where it is closed already. Returns what ``forget(_:)``
    /// takes: a connection serves many requests and must not remember them all.
    func onClose(_ action: @escaping @Sendable () -> Void) -> UInt64
    func forget(_ registration: UInt64)
}

extension FederationHub {
    /// What goes back over HTTP.
    struct Answer: Sendable {
        let status: Int
        let bytes: [UInt8]
    }

    /// Answers one request. Whatever comes in, the answer is signed, and every refusal is in the audit log before it
    /// leaves.
    func answer(
        _ action: SignedRequest.Action, _ bytes: [UInt8], connection: (any ClientConnection)? = nil
    ) async -> Answer {
        guard let request = try? WireJSON.decode(SignedRequest.self, from: bytes) else {
            return refuse(Refusal(.malformed), nonce: "", site: nil, isAuthentic: false)
        }
        var site: SiteID?
        do {
            guard request.version == SignedRequest.version else { throw Refusal(.unsupportedVersion) }
            guard request.federation == anchor.federation else { throw Refusal(.wrongFederation) }
            guard request.action == action else { throw Refusal(.malformed) }
            let body: any Encodable & Sendable
            switch action {
            case .join: body = try await join(request)
            case .renew:
                let sender = try authenticate(request)
                site = sender.id
                body = try await renew(sender)
            case .poll:
                let sender = try authenticate(request)
                site = sender.id
                body = try await poll(request, sender, connection)
            case .messages:
                let sender = try authenticate(request)
                site = sender.id
                body = try await take(request, sender)
            }
            return try respond(nonce: request.nonce.text, refusal: nil, body: try WireJSON.encode(body), status: 200)
        } catch let refusal as Refusal {
            return refuse(refusal, nonce: request.nonce.text, site: site, isAuthentic: site != nil)
        } catch {
            logger.error("a request could not be answered (\(action.rawValue)): \(error)")
            return refuse(Refusal(.unavailable), nonce: request.nonce.text, site: site, isAuthentic: site != nil)
        }
    }

    /// For a body that was not read to its end.
    func refuseUnread(_ reason: RefusalReason) -> Answer {
        refuse(Refusal(reason), nonce: "", site: nil, isAuthentic: false)
    }

    /// The site whose key signed the request, once the request is fresh and new and the site may ask this.
    private func authenticate(_ request: SignedRequest) throws -> StoredSite {
        let now = self.now
        guard let site = try store.site(request.site) else { throw Refusal(.unknownSender) }
        guard site.keys.isValid([UInt8](request.signature), for: request.signed) else { throw Refusal(.badSignature) }
        try Freshness.check(request: request.issued, now: now)
        guard nonces.withLock({ $0.admit(request.nonce.text, now: now) }) else { throw Refusal(.replayed) }
        switch site.state {
        case .suspended: throw Refusal(.suspended)
        case .waiting where request.action != .renew: throw Refusal(.waiting)
        case .waiting, .admitted: break
        }
        if request.action != .renew {
            guard let expires = site.certificateExpires, expires > now else { throw Refusal(.badCertificate) }
        }
        return site
    }

    private func refuse(_ refusal: Refusal, nonce: String, site: SiteID?, isAuthentic: Bool) -> Answer {
        audit(refusal, site: site, isAuthentic: isAuthentic)
        let outer = Refusal(refusal.reason.outer, theirClock: refusal.theirClock, ourClock: refusal.ourClock)
        do {
            return try respond(nonce: nonce, refusal: outer, body: [], status: outer.reason.status)
        } catch {
            return Answer(status: 503, bytes: [])
        }
    }

    private func audit(_ refusal: Refusal, site: SiteID?, isAuthentic: Bool) {
        // A node that waits asks every few seconds; that is no event.
        if refusal.reason == .waiting { return }
        let count = isAuthentic ? 1 : refusals.withLock { $0.admit(now: now) }
        guard let count else { return }
        let times = count == 1 ? "" : ", \(count) times"
        logger.notice("refused: \(refusal.reason.rawValue) (from \(site?.text ?? "an unknown sender"))\(times)")
        do {
            try audit.record(AuditEvent(.refused, site: site, refusal: refusal.reason, count: count))
        } catch {
            logger.critical("\(error)")
        }
    }

    private func respond(nonce: String, refusal: Refusal?, body: [UInt8], status: Int) throws -> Answer {
        let response = try SignedResponse(
            federation: anchor.federation, nonce: nonce, issued: now, refusal: refusal, body: body, keys: keys,
            certificate: certificates.current.party.encoded)
        return Answer(status: status, bytes: try WireJSON.encode(response))
    }
}

extension RefusalReason {
    /// The HTTP status that goes with it.
    var status: Int {
        switch self {
        case .malformed, .unsupportedVersion, .lifetimeTooLong, .unknownKind: 400
        case .notFound: 404
        case .replayed: 409
        case .tooLarge: 413
        case .tooManyWaiting: 429
        case .unavailable: 503
        default: 403
        }
    }
}
