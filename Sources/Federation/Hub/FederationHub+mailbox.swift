import FoundationEssentials
import ServiceLifecycle
import Synchronization

extension FederationHub {
    /// A site asks for what waits for it, and acknowledges what it has.
    func poll(
        _ request: SignedRequest, _ site: StoredSite, _ connection: (any ClientConnection)?
    ) async throws -> PollAnswer {
        guard let body = try? WireJSON.decode(PollBody.self, from: [UInt8](request.body)),
            body.acknowledged.count <= MessageLimits.acknowledgements
        else { throw Refusal(.malformed) }
        try await heard(site)
        if !body.acknowledged.isEmpty { try await store.acknowledge(body.acknowledged, by: site.id) }

        let asked = Duration.milliseconds(min(max(body.waitMilliseconds, 0), 120_000))
        let deadline = ContinuousClock.now + min(asked, options.pollWait)
        while true {
            // First the seat, then the look: what is stored in between wakes the seat.
            let seat = room.open(site.id)
            defer { room.close(seat) }
            let waiting = try store.waiting(for: site.id, now: now)
            let rest = deadline - ContinuousClock.now
            if !waiting.isEmpty || rest <= .zero { return PollAnswer(messages: waiting) }
            let outcome = await wait(on: seat, atMost: rest, connection)
            // It is still there until its next poll, unless its connection has ended.
            if outcome != .gone { presence.withLock { $0.linger(site.id, at: now) } }
            guard outcome == .news else { return PollAnswer(messages: []) }
            // The news may be that the site was suspended.
            guard try store.site(site.id)?.state == .admitted else {
                presence.withLock { $0.lose(site.id) }
                throw Refusal(.suspended)
            }
        }
    }

    private func wait(
        on seat: WaitingRoom.Seat, atMost rest: Duration, _ connection: (any ClientConnection)?
    ) async -> WaitingRoom.Outcome {
        let registration = connection?.onClose { [weak self] in
            self?.room.leave(seat)
            self?.presence.withLock { $0.lose(seat.site) }
        }
        defer { if let registration { connection?.forget(registration) } }
        // A server that is shut down waits for the requests under way; the long polls among them end at once.
        return await withGracefulShutdownHandler {
            await room.wait(seat, atMost: rest)
        } onGracefulShutdown: { [room] in
            room.stop()
        }
    }

    /// A site hands in a message.
    func take(_ request: SignedRequest, _ site: StoredSite) async throws -> MessageAnswer {
        guard let body = try? WireJSON.decode(MessageBody.self, from: [UInt8](request.body)) else {
            throw Refusal(.malformed)
        }
        try await heard(site)
        let envelope = body.envelope
        let now = self.now
        guard envelope.header.sender == site.id else { throw Refusal(.wrongSender) }
        guard envelope.header.recipient == .hub else { throw Refusal(.wrongRecipient) }
        guard envelope.body.count <= MessageLimits.payload + 1024 else { throw Refusal(.tooLarge) }
        try Freshness.check(message: envelope.header, now: now)
        let verified = try await envelope.verify(by: anchor, at: now.date)
        // A certificate from before the site was invited anew is genuine, but not the site's any longer.
        guard verified.sender.keys == site.keys else { throw Refusal(.badCertificate) }
        if envelope.header.answers == nil, !incoming.mayHandle(envelope.header.kind) { throw Refusal(.unknownKind) }
        let event =
            envelope.header.answers.map { AuditEvent(.answerAccepted, site: site.id, message: $0) }
            ?? AuditEvent(.messageAccepted, site: site.id, message: envelope.header.id)
        switch try await store.accept(verified, now: now, trace: { try self.record(event) }) {
        case .refused(let reason):
            throw Refusal(reason)
        case .again:
            return MessageAnswer(isNew: false)
        case .taken:
            if let question = envelope.header.answers {
                streams.deliver(try reply(in: verified), to: question)
            } else {
                incoming.pump(self)
            }
            return MessageAnswer(isNew: true)
        }
    }
}
