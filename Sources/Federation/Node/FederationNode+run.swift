import FoundationEssentials
import Logging
import Runtime
public import ServiceLifecycle
import Synchronization

extension FederationNode: Service {
    /// Until cancelled or shut down: keeps a long poll open, works on tasks, sends answers, renews the certificate.
    ///
    /// Throws only where the node cannot work at all; a hub that is away is waited for.
    public func run() async throws {
        let lock = try takeLock()
        defer { lock.release() }
        try await withClient { client in
            let (tasks, queue) = AsyncStream.makeStream(of: Envelope.self)
            // What was received before the last stop comes first.
            for task in try store.tasks() { queue.yield(task) }
            await cancelWhenGracefulShutdown {
                await withTaskGroup(of: Void.self) { group in
                    group.addTask { await self.work(on: tasks, client) }
                    group.addTask { await self.sendAll(client) }
                    group.addTask { await self.listen(client, queue) }
                    await group.waitForAll()
                }
            }
            queue.finish()
        }
        try? status.stopped(at: clock.now)
    }

    /// Two processes with one identity would take each other's polls away.
    private func takeLock() throws(FederationError) -> ExclusiveLock {
        let lock: ExclusiveLock?
        do { lock = try ExclusiveLock.take(FilePath.join(folder, "federation.lock")) } catch { throw .file(error) }
        guard let lock else { throw .unusable("another process is running the node in \(folder)") }
        return lock
    }

    /// The long poll, again and again.
    private func listen(_ client: HubClient, _ queue: AsyncStream<Envelope>.Continuation) async {
        var backoff = Backoff()
        var acknowledged: [MessageID] = []
        var nextExpiry = clock.now
        // The first poll after a break asks for an answer at once: it tells that the connection is up.
        var isConnected = false
        /// Polls in a row that ended before their time without news.
        var early = 0
        while !Task.isCancelled {
            do {
                try await renewWhereDue(client)
                let wait = isConnected ? options.pollWait : .zero
                let begin = ContinuousClock.now
                let answer = try await client.ask(
                    .poll, PollBody(acknowledged: acknowledged, waitMilliseconds: Int(wait.seconds * 1000)),
                    for: PollAnswer.self, patience: wait + .seconds(20))
                acknowledged = []
                try notice(hubCertificate: answer.hubCertificate)
                if !isConnected {
                    bell.ring()
                    logger.notice("connected to the hub at \(client.hub)")
                }
                isConnected = true
                backoff.succeed()
                try status.connected(at: clock.now, certificateExpires: certificate?.expires)
                let received = try await receive(answer.body.messages, queue)
                acknowledged = received.acknowledged
                if received.isTooMuch {
                    // What is over makes room; what remains is worked on while the hub keeps the rest.
                    try await store.expire(now: now)
                    try await Task.sleep(for: .seconds(1))
                }
                let isEarly =
                    answer.body.messages.isEmpty && wait > .seconds(2) && ContinuousClock.now - begin < .seconds(1)
                early = isEarly ? early + 1 : 0
                if isEarly { try await pause(afterEarly: early) }
                if clock.now >= nextExpiry {
                    try await store.expire(now: now)
                    warnOfExpiry()
                    nextExpiry = clock.now.addingTimeInterval(3600)
                }
            } catch {
                if Task.isCancelled { break }
                await pause(after: error, &backoff, client, wasConnected: isConnected)
                isConnected = false
            }
        }
        queue.finish()
    }

    /// A hub that stops ends its polls early, once. One that does it again and again has two nodes under one name: each
    /// new poll ends the other's.
    private func pause(afterEarly count: Int) async throws {
        if count == 3 { logger.warning("polls end early: does a copy of this node's folder run on another machine?") }
        try await Task.sleep(for: .milliseconds(count < 3 ? 100 : 2000))
    }

    private struct Received {
        var acknowledged: [MessageID]
        /// The hub sent what had to be refused, or more than there is room for: it is not asked again at once.
        var isTooMuch: Bool
    }

    /// Checks and records what the hub delivered.
    private func receive(
        _ envelopes: [Envelope], _ queue: AsyncStream<Envelope>.Continuation
    ) async throws(FederationError) -> Received {
        var good: [VerifiedEnvelope] = []
        var noRoom: Set<MessageID> = []
        var isTooMuch = false
        for envelope in envelopes {
            do {
                good.append(try await check(envelope))
            } catch {
                isTooMuch = true
                try refuse(envelope, error)
            }
        }
        if !good.isEmpty {
            let verdicts = try await store.receive(good) { header in
                try self.record(AuditEvent(.taskReceived, site: header.sender, message: header.id))
            }
            for (message, verdict) in zip(good, verdicts) {
                switch verdict {
                case .new: queue.yield(message.envelope)
                case .again: break
                case .forged:
                    isTooMuch = true
                    try refuse(message.envelope, Refusal(.replayed))
                case nil: noRoom.insert(message.header.id)
                }
            }
        }
        // Refused ones are acknowledged too: they are over, and would only come again.
        if !noRoom.isEmpty {
            logger.warning("the hub has more tasks than this node takes at once: \(noRoom.count) are left there")
        }
        return Received(
            acknowledged: envelopes.map(\.header.id).filter { !noRoom.contains($0) },
            isTooMuch: isTooMuch || !noRoom.isEmpty)
    }

    /// Only the hub's own signature makes a task, whoever delivered it.
    private func check(_ envelope: Envelope) async throws(Refusal) -> VerifiedEnvelope {
        guard envelope.header.recipient == site else { throw Refusal(.wrongRecipient) }
        guard envelope.header.sender == .hub else { throw Refusal(.wrongSender) }
        try Freshness.check(message: envelope.header, now: now)
        return try await envelope.verify(by: anchor, at: clock.now)
    }

    private func refuse(_ envelope: Envelope, _ refusal: Refusal) throws(FederationError) {
        // A hub gone bad must not fill this node's disk with its refusals either.
        guard let count = refusals.withLock({ $0.admit(now: now) }) else { return }
        logger.warning(
            "a message from the hub was refused: \(refusal.reason.rawValue)\(count == 1 ? "" : ", \(count) times")",
            metadata: ["message": "\(envelope.header.id)"])
        try record(
            AuditEvent(
                .refused, site: envelope.header.sender, message: envelope.header.id, refusal: refusal.reason,
                count: count == 1 ? nil : count))
    }

    /// Notes the trouble for the person at this machine, then waits.
    private func pause(
        after error: any Error, _ backoff: inout Backoff, _ client: HubClient, wasConnected: Bool
    ) async {
        let problem: String
        var state: NodeStatus.State?
        var isContact = false
        if let error = error as? FederationError {
            problem = error.description
            if case .refused(let refusal) = error {
                isContact = true
                switch refusal.reason {
                case .waiting: state = .waiting
                case .suspended: state = .suspended
                case .badCertificate:
                    membership.withLock { $0.certificate = nil }
                default: break
                }
            }
        } else {
            problem = "\(error)"
        }
        if wasConnected {
            logger.warning("lost the connection to the hub at \(client.hub): \(problem)")
        } else if status.current.problem != problem {
            logger.warning("not connected to the hub: \(problem)")
        }
        try? status.failed(problem, at: clock.now, isContact: isContact, state: state)
        var seconds = backoff.fail(chance: Double(random.bytes(1).first ?? 128) / 255)
        // Approval is a person's matter, but should then be noticed soon.
        if state == .waiting { seconds = min(seconds, 3) }
        try? await Task.sleep(for: .seconds(seconds))
    }
}
