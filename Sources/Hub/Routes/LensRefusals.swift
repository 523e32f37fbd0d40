import Synchronization

/// Questions of a Lens front end, or sites in them, to which no answer can come, with the reason: told when it listens.
final class LensRefusals: Sendable {
    struct Refusal: Sendable, Equatable {
        var reason: String
        var sites: [String]
    }

    private struct State {
        var refusals: [String: Refusal] = [:]
        var order: [String] = []
    }

    private let state = Mutex(State())
    private static let most = 1024

    subscript(id: String) -> Refusal? { state.withLock { $0.refusals[id] } }

    /// Keeps a refusal; the oldest gives way.
    func add(_ id: String, _ reason: String, sites: [String]) {
        let kept = Array(sites.prefix(1000)).map { String($0.prefix(63)) }
        state.withLock { state in
            if state.order.count >= Self.most { state.refusals[state.order.removeFirst()] = nil }
            state.refusals[id] = Refusal(reason: reason, sites: kept)
            state.order.append(id)
        }
    }
}
