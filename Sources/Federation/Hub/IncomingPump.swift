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
            for (number, envelope) in try hub.store.incoming() {
                let header = envelope.header
                guard header.expires > hub.now else {
                    try await hub.store.removeIncoming(number)
                    continue
                }
                guard let handler = state.withLock({ $0.handlers[header.kind] }) else { continue }
                // It was verified when it came; its sender's certificate may have run out since.
                let verified = try await envelope.verify(by: hub.anchor, at: header.issued.date)
                let message = IncomingMessage(
                    id: header.id, kind: header.kind, sender: header.sender,
                    payload: try verified.open(as: .hub, with: hub.keys), issued: header.issued.date,
                    expires: header.expires.date)
                do {
                    try await handler(message)
                    try await hub.store.removeIncoming(number)
                } catch {
                    // It stays, and is tried again with the next message or after a restart.
                    hub.logger.error(
                        "a message could not be handled",
                        metadata: ["site": "\(header.sender)", "kind": "\(header.kind)", "why": "\(error)"])
                }
            }
        } catch {
            hub.logger.error("messages of sites cannot be read", metadata: ["why": "\(error)"])
        }
    }
}
