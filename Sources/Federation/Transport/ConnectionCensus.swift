import Synchronization

/// How many connections are open, in all and per address.
final class ConnectionCensus: Sendable {
    private struct State {
        var all = 0
        var perAddress: [String: Int] = [:]
    }

    private let limits: ConnectionLimits
    private let state = Mutex(State())

    init(limits: ConnectionLimits) {
        self.limits = limits
    }

    /// Whether one more from this address may come in; it is then counted.
    func enter(_ address: String) -> Bool {
        state.withLock { state in
            let here = state.perAddress[address, default: 0]
            guard state.all < limits.connections, here < limits.connectionsPerAddress else { return false }
            state.all += 1
            state.perAddress[address] = here + 1
            return true
        }
    }

    func leave(_ address: String) {
        state.withLock { state in
            state.all -= 1
            let rest = state.perAddress[address, default: 1] - 1
            state.perAddress[address] = rest > 0 ? rest : nil
        }
    }
}
