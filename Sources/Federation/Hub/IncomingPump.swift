import FoundationEssentials
import Logging
import Synchronization

/// Hands the sites' own messages to their handlers, one after the other in the order in which they came, and forgets
/// each only when its handler is done.
final class IncomingPump: Sendable {
    typealias Handler = @Sendable (IncomingMessage) async throws -> Void

    private struct State {
        var handlers: [String: Handler] = [:]
        var isRunning = false
        /// Something came while it was running.
        var again = false
    }

    private let state = Mutex(State())

    func setHandler(_ handler: @escaping Handler, for kind: String) {
        state.withLock { $0.handlers[kind] = handler }
    }

    /// Whether a message of this kind is of any use. While no handler at all was set, the program is still starting
    /// and nothing is known.
    func mayHandle(_ kind: String) -> Bool {
        state.withLock { $0.handlers.isEmpty || $0.handlers[kind] != nil }
    }

    /// Starts working on what is stored, unless that is going on already.
    func pump(_ hub: FederationHub) {
        let starts = state.withLock { state in
            if state.isRunning {
                state.again = true
                return false
            }
            state.isRunning = !state.handlers.isEmpty
            return state.isRunning
        }
        guard starts else { return }
        Task { [weak hub] in
            repeat {
                guard let hub else { return }
                await self.work(hub)
            } while self.goesOn()
        }
    }

    private func goesOn() -> Bool {
        state.withLock { state in
            defer { state.again = false }
            state.isRunning = state.again
            return state.again
        }
    }

    private func work(_ hub: FederationHub) async {
        do {
            var number: Int64 = 0
            while let next = try hub.store.incoming(after: number) {
                number = next.number
                guard let handler = state.withLock({ $0.handlers[next.kind] }) else { continue }
                if await isOver(next, handler, hub) { try await hub.store.removeIncoming(number) }
            }
        } catch {
            hub.logger.error("messages of sites cannot be read: \(error)")
        }
    }

    /// Gives one message to its handler; false where it stays. Whatever is wrong with it is its own sender's affair and
    /// holds up nobody else's.
    private func isOver(_ stored: HubStore.Incoming, _ handler: Handler, _ hub: FederationHub) async -> Bool {
        guard let envelope = try? StoredEnvelope.read(stored.bytes) else {
            hub.logger.error("a stored message cannot be read and is dropped (\(stored.kind))")
            return true
        }
        let header = envelope.header
        guard header.expires > hub.now else { return true }
        let message: IncomingMessage
        do {
            // It was verified when it came; its sender's certificate may have run out since.
            let verified = try await envelope.verify(by: hub.anchor, at: header.issued.date)
            message = IncomingMessage(
                id: header.id, kind: header.kind, sender: header.sender,
                payload: try verified.open(as: .hub, with: hub.keys), issued: header.issued.date,
                expires: header.expires.date)
        } catch {
            hub.logger.notice("refused: \(error.reason.rawValue) (from \(header.sender), a message that was waiting)")
            do {
                try hub.record(
                    AuditEvent(.refused, site: header.sender, message: header.id, refusal: error.reason))
            } catch {
                hub.logger.critical("\(error)")
                return false
            }
            return true
        }
        do {
            try await handler(message)
            return true
        } catch {
            // It stays, and is tried again with the next message or after a restart.
            hub.logger.error("a message of \(header.sender) could not be handled (\(header.kind)): \(error)")
            return false
        }
    }
}
