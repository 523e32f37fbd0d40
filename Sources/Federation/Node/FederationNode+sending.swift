import FoundationEssentials
import Logging
import Runtime
import Synchronization

extension FederationNode {
    /// Sends a message to the hub; it is stored durably before this returns and sent as soon as the hub is reached.
    @discardableResult
    public func send(
        kind: String, payload: [UInt8], lifetime: Duration = .seconds(7 * 86_400)
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
        try await store.add(envelope)
        bell.ring()
        return envelope.header.id
    }

    /// Sends what lies in the store: at the start, when somebody adds to it, when the hub is back, and now and then.
    func sendAll(_ client: HubClient) async {
        while !Task.isCancelled {
            do {
                for envelope in try store.outgoing() where !Task.isCancelled {
                    guard await deliver(envelope, client) else { break }
                }
            } catch {
                logger.error("outgoing messages cannot be read", metadata: ["why": "\(error)"])
            }
            await bell.wait(atMost: .seconds(5))
        }
    }

    /// Hands one message to the hub; false where it has to be tried again later.
    @discardableResult
    func deliver(_ envelope: Envelope, _ client: HubClient) async -> Bool {
        let id = envelope.header.id
        guard inFlight.withLock({ $0.insert(id).inserted }) else { return true }
        defer { inFlight.withLock { _ = $0.remove(id) } }
        do {
            _ = try await client.ask(
                .messages, MessageBody(envelope: envelope), for: MessageAnswer.self, patience: .seconds(60))
            try await store.removeOutgoing(id)
            if envelope.header.answers == nil { try record(AuditEvent(.messageSent, site: .hub, message: id)) }
            return true
        } catch .refused(let refusal) where refusal.reason.isFinal {
            logger.notice(
                "the hub did not take a message",
                metadata: ["message": "\(id)", "reason": "\(refusal.reason.rawValue)"])
            try? record(AuditEvent(.refused, site: .hub, message: id, refusal: refusal.reason))
            try? await store.removeOutgoing(id)
            return true
        } catch {
            // It stays; the poll, which meets the same trouble, tells the person at this machine.
            logger.debug("a message could not be sent yet", metadata: ["message": "\(id)", "why": "\(error)"])
            return false
        }
    }
}

extension RefusalReason {
    /// Whether a message that was refused for this reason will be refused for ever.
    var isFinal: Bool {
        switch self {
        case .malformed, .wrongFederation, .wrongSender, .wrongRecipient, .expired, .lifetimeTooLong, .replayed,
            .tooLarge, .notFound:
            true
        case .unsupportedVersion, .notAccepted, .unknownSender, .badSignature, .badCertificate, .clockSkew, .waiting,
            .suspended, .invitationNotAccepted, .invitationUsed, .invitationExpired, .unavailable:
            false
        }
    }
}
