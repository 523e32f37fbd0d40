import FoundationEssentials
import Logging

extension FederationHub {
    /// Signs and seals a message to each site and stores it durably before returning.
    ///
    /// - Parameters:
    ///   - kind: a short token that the node's handlers are found by: `query`.
    ///   - lifetime: how long an answer is waited for, at most 30 days.
    /// - Throws: ``FederationError/cannotReceive(_:)`` with every site that is not admitted; nothing is sent then.
    public func send(
        kind: String, payload: [UInt8], to sites: [SiteID], lifetime: Duration
    ) async throws(FederationError) -> MessageID {
        try await send(
            kind: kind, payloads: Dictionary(sites.map { ($0, payload) }, uniquingKeysWith: { first, _ in first }),
            lifetime: lifetime)
    }

    /// The same, with contents of its own for each site, under one id: ``replies(to:)`` gathers the answers of all.
    public func send(
        kind: String, payloads: [SiteID: [UInt8]], lifetime: Duration
    ) async throws(FederationError) -> MessageID {
        guard MessageKind.isValid(kind) else { throw .unusable("\(kind.prefix(64)) cannot be a message's kind") }
        for payload in payloads.values where payload.count > MessageLimits.payload {
            throw .payloadTooLarge(bytes: payload.count, limit: MessageLimits.payload)
        }
        guard lifetime > .zero, lifetime.seconds <= Freshness.longestLife else {
            throw .lifetimeTooLong(
                seconds: Int(clamping: lifetime.components.seconds), limit: Int(Freshness.longestLife))
        }
        let now = self.now
        let recipients = try recipients(Array(payloads.keys), now: now)
        let id = MessageID(random: random)
        let certificate = certificates.current.party.encoded
        var envelopes: [Envelope] = []
        for site in recipients {
            let header = EnvelopeHeader(
                version: EnvelopeHeader.version, federation: anchor.federation, id: id, kind: kind, sender: .hub,
                recipient: site.id, issued: now, expires: now.advanced(by: lifetime), answers: nil, failed: false)
            envelopes.append(
                try Envelope(
                    header: header, content: payloads[site.id] ?? [], recipient: site.keys, sender: keys,
                    certificate: certificate))
        }
        try record(AuditEvent(.taskSent, message: id, count: envelopes.count))
        try await store.add(envelopes)
        for site in recipients { room.news(for: site.id) }
        return id
    }

    private func recipients(_ sites: [SiteID], now: Moment) throws(FederationError) -> [StoredSite] {
        var found: [StoredSite] = []
        var missing: [SiteID] = []
        for id in Set(sites).sorted() {
            if let site = try store.site(id), site.state == .admitted, site.certificate != nil {
                found.append(site)
            } else {
                missing.append(id)
            }
        }
        guard missing.isEmpty else { throw .cannotReceive(missing) }
        return found
    }

    /// The answers to a message: those stored already, then each as it comes; ends when every site has answered or
    /// the message expires. Also for a message sent before a restart. Several may listen to the same message.
    public func replies(to message: MessageID) -> AsyncStream<Reply> {
        let (stream, continuation) = AsyncStream.makeStream(of: Reply.self)
        let number = streams.subscribe(to: message, continuation)
        let work = Task { await self.feed(number, of: message) }
        continuation.onTermination = { [streams] _ in
            work.cancel()
            streams.unsubscribe(number, from: message)
        }
        return stream
    }

    /// Reads what is stored, then waits for the end of the message's time.
    private func feed(_ number: UInt64, of message: MessageID) async {
        do {
            guard let question = try store.question(message) else { return streams.finish([message]) }
            var stored: [Reply] = []
            for envelope in question.answers {
                // It was verified when it came; its sender's certificate may have run out since.
                guard let verified = try? await envelope.verify(by: anchor, at: envelope.header.issued.date),
                    let reply = try? reply(in: verified)
                else { continue }
                stored.append(reply)
            }
            streams.load(number, of: message, stored: stored, open: question.open)
            let rest = question.expires.seconds(since: now)
            if rest > 0 { try await Task.sleep(for: .seconds(rest + 0.005)) }
            // Only the clock decides: `expire` also ends streams, and a clock that was set is looked at again there.
            if now >= question.expires { streams.finish([message]) }
        } catch is CancellationError {
        } catch {
            logger.error(
                "cannot read the answers to a message", metadata: ["message": "\(message)", "why": "\(error)"])
            streams.finish([message])
        }
    }

    /// Opens an answer.
    func reply(in message: VerifiedEnvelope) throws(Refusal) -> Reply {
        let content = try message.open(as: .hub, with: keys)
        let outcome: Reply.Outcome =
            message.header.failed ? .failed(String(decoding: content.prefix(1000), as: UTF8.self)) : .answered(content)
        return Reply(site: message.header.sender, outcome: outcome)
    }

    /// Handles messages that sites send on their own. A message is delivered again after a restart until its handler
    /// has returned without an error.
    public func onMessage(kind: String, _ handler: @escaping @Sendable (IncomingMessage) async throws -> Void) {
        incoming.setHandler(handler, for: kind)
        incoming.pump(self)
    }
}
