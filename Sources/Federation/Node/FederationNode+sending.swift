import FoundationEssentials
import Logging
import Runtime
import Synchronization

extension FederationNode {
    /// Sends a message to the hub; it is stored durably before this returns and sent as soon as the hub is reached.
    ///
    /// - Parameter replacingUnsent: drops messages of the same kind that the hub has not taken: for a state of which
    ///   only the newest matters.
    @discardableResult
    public func send(
        kind: String, payload: [UInt8], lifetime: Duration = .seconds(7 * 86_400), replacingUnsent: Bool = false
    ) async throws(FederationError) -> MessageID {
        guard MessageKind.isValid(kind) else { throw .unusable("\(kind.prefix(64)) cannot be a message's kind") }
        guard payload.count <= MessageLimits.payload else {
            throw .payloadTooLarge(bytes: payload.count, limit: MessageLimits.payload)
        }
        guard lifetime > .zero, lifetime.seconds <= Freshness.longestLife else {
            throw .lifetimeTooLong(
                seconds: Int(clamping: lifetime.components.seconds), limit: Int(Freshness.longestLife))
        }
        let envelope = try await envelope(
            kind: kind, payload, expires: now.advanced(by: lifetime), answers: nil, failed: false)
        try await store.add(envelope, replacing: replacingUnsent)
        bell.ring()
        return envelope.header.id
    }

    /// Sends what lies in the store: at the start, when somebody adds to it, when the hub is back, and now and then.
    func sendAll(_ client: HubClient) async {
        while !Task.isCancelled {
            do {
                var number: Int64 = 0
                while !Task.isCancelled, let next = try store.outgoing(after: number) {
                    number = next.number
                    guard await deliver(next.envelope, client) != .hubIsAway else { break }
                }
            } catch {
                logger.error("outgoing messages cannot be read: \(error)")
            }
            await bell.wait(atMost: .seconds(5))
        }
    }

    enum Delivery: Sendable {
        /// The hub has it, or will never take it.
        case over
        /// This one has to be tried again later; others may go.
        case later
        case hubIsAway
    }

    /// Hands one message to the hub.
    @discardableResult
    func deliver(_ envelope: Envelope, _ client: HubClient) async -> Delivery {
        let id = envelope.header.id
        guard inFlight.withLock({ $0.insert(id).inserted }) else { return .over }
        defer { inFlight.withLock { _ = $0.remove(id) } }
        var envelope = envelope
        while true {
            do {
                _ = try await client.ask(
                    .messages, MessageBody(envelope: envelope), for: MessageAnswer.self, patience: .seconds(60))
                try await store.removeOutgoing(id)
                if envelope.header.answers == nil { try record(AuditEvent(.messageSent, site: .hub, message: id)) }
                return .over
            } catch .refused(let refusal) where refusal.reason.isFinal {
                await drop(id, refusal.reason)
                return .over
            } catch .refused(let refusal) where refusal.reason == .badCertificate {
                switch await renewed(envelope) {
                case .under(let fresh): envelope = fresh
                case .never:
                    await drop(id, refusal.reason)
                    return .over
                case .notYet: return .later
                }
            } catch .refused(let refusal) where refusal.reason == .tooManyWaiting {
                return .later
            } catch {
                // It stays; the poll, which meets the same trouble, tells the person at this machine.
                logger.debug("a message could not be sent yet: \(error)", metadata: ["message": "\(id)"])
                return .hubIsAway
            }
        }
    }

    /// What became of a message whose certificate the hub does not take.
    private enum Renewal {
        case under(Envelope)
        /// The certificate held now is the one that was refused: the poll fetches another.
        case notYet
        /// It was made before the certificate held now is valid, or for another membership.
        case never
    }

    /// The same message under the certificate held now: the one that it was made under has run out or was replaced.
    private func renewed(_ envelope: Envelope) async -> Renewal {
        let header = envelope.header
        guard header.sender == site, header.federation == anchor.federation else { return .never }
        guard let certificate else { return .notYet }
        guard certificate.begins <= header.issued.date, header.issued.date <= certificate.expires else { return .never }
        guard [UInt8](envelope.certificate) != certificate.encoded else { return .notYet }
        do {
            let fresh = try envelope.signedAnew(by: keys, certificate: certificate.encoded)
            try await store.replaceOutgoing(fresh)
            return .under(fresh)
        } catch {
            logger.error("a message could not be signed anew: \(error)")
            return .notYet
        }
    }

    private func drop(_ id: MessageID, _ reason: RefusalReason) async {
        logger.notice("the hub did not take a message: \(reason.rawValue)", metadata: ["message": "\(id)"])
        try? record(AuditEvent(.refused, site: .hub, message: id, refusal: reason))
        try? await store.removeOutgoing(id)
    }
}

extension RefusalReason {
    /// Whether a message that was refused for this reason will be refused for ever.
    var isFinal: Bool {
        switch self {
        case .malformed, .wrongFederation, .wrongSender, .wrongRecipient, .expired, .lifetimeTooLong, .replayed,
            .tooLarge, .unknownKind, .notFound:
            true
        case .unsupportedVersion, .notAccepted, .unknownSender, .badSignature, .badCertificate, .clockSkew, .waiting,
            .suspended, .tooManyWaiting, .invitationNotAccepted, .invitationUsed, .invitationExpired, .unavailable:
            false
        }
    }
}
