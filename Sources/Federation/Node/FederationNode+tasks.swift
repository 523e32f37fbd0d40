import FoundationEssentials
import Logging
import Synchronization

extension FederationNode {
    /// Works on tasks as they come, several at a time.
    func work(on tasks: AsyncStream<Envelope>, _ client: HubClient) async {
        await withTaskGroup(of: Void.self) { group in
            var running = 0
            for await task in tasks {
                if running >= max(1, options.tasksAtOnce) {
                    await group.next()
                    running -= 1
                }
                group.addTask { await self.work(on: task, client) }
                running += 1
            }
        }
    }

    private func work(on task: Envelope, _ client: HubClient) async {
        let header = task.header
        guard header.expires > now else { return }
        do {
            // It was verified when it came; what lies on this node's own disk is verified again all the same.
            let verified = try await task.verify(by: anchor, at: header.issued.date)
            let message = IncomingMessage(
                id: header.id, kind: header.kind, sender: header.sender,
                payload: try verified.open(as: site, with: keys),
                issued: header.issued.date, expires: header.expires.date)
            guard let outcome = await outcome(of: message) else { return }
            try await finish(header, outcome, client)
        } catch let refusal as Refusal {
            // The task cannot be opened, now or later.
            logger.error("a task cannot be opened", metadata: ["message": "\(header.id)", "why": "\(refusal)"])
            let event = AuditEvent(.refused, site: header.sender, message: header.id, refusal: refusal.reason)
            _ = try? await store.finish(header.id, answer: nil, trace: { try self.record(event) })
        } catch {
            // Only when this process ends: the task stays on disk, for the next one.
        }
    }

    /// Records the outcome and sends the answer. Where it cannot be recorded now (a full disk, a certificate that has
    /// to be renewed first), it is tried again as long as somebody waits for it; the work is not done twice for that.
    private func finish(_ header: EnvelopeHeader, _ outcome: TaskOutcome, _ client: HubClient) async throws {
        var backoff = Backoff()
        while header.expires > now {
            do {
                var answer: Envelope?
                switch outcome {
                case .answered(let content): answer = try await envelope(answering: header, content, failed: false)
                case .failed(let why): answer = try await envelope(answering: header, Array(why.utf8), failed: true)
                case .silent: break
                }
                let event = AuditEvent(.taskAnswered, site: header.sender, message: header.id)
                guard try await store.finish(header.id, answer: answer, trace: { try self.record(event) }) else {
                    return
                }
                if let answer { await deliver(answer, client) }
                return
            } catch {
                logger.error(
                    "an answer could not be recorded yet", metadata: ["message": "\(header.id)", "why": "\(error)"])
                try await Task.sleep(for: .seconds(backoff.fail(chance: 0.5)))
            }
        }
    }

    private enum TaskOutcome {
        case answered([UInt8])
        case failed(String)
        case silent
    }

    /// Nil where the work was cut short because this process ends.
    private func outcome(of message: IncomingMessage) async -> TaskOutcome? {
        guard let handler = handlers[message.kind] else {
            return .failed("this site's node does not know messages of the kind \(message.kind): it may need an update")
        }
        do {
            guard let content = try await handler(message) else { return .silent }
            guard content.count <= MessageLimits.payload else {
                return .failed("the answer is larger than a message may be")
            }
            return .answered(content)
        } catch let failure as TaskFailure {
            return .failed(failure.reason)
        } catch {
            if Task.isCancelled { return nil }
            logger.error(
                "a handler failed",
                metadata: ["kind": "\(message.kind)", "message": "\(message.id)", "why": "\(error)"])
            return .failed("the site could not answer; its log says why")
        }
    }

    private func envelope(
        answering question: EnvelopeHeader, _ content: [UInt8], failed: Bool
    ) async throws(FederationError) -> Envelope {
        try await envelope(
            kind: question.kind, content, expires: question.expires, answers: question.id, failed: failed)
    }

    /// Seals and signs a message to the hub.
    func envelope(
        kind: String, _ content: [UInt8], expires: Moment, answers: MessageID?, failed: Bool
    ) async throws(FederationError) -> Envelope {
        guard let certificate else { throw .refused(Refusal(.waiting)) }
        let header = EnvelopeHeader(
            version: EnvelopeHeader.version, federation: anchor.federation, id: MessageID(random: random), kind: kind,
            sender: site, recipient: .hub, issued: now, expires: expires, answers: answers, failed: failed)
        return try Envelope(
            header: header, content: content, recipient: try await hubCertificate().keys, sender: keys,
            certificate: certificate.encoded)
    }
}
