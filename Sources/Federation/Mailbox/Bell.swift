import Synchronization

/// Wakes one waiter; a ring with nobody waiting is heard by the next.
final class Bell: Sendable {
    private struct State {
        var rung = false
        var waiter: AsyncStream<Void>.Continuation?
    }

    private let state = Mutex(State())

    func ring() {
        state.withLock { state in
            if let waiter = state.waiter { waiter.yield() } else { state.rung = true }
        }
    }

    /// Until it rings, or `limit` is over, or the task is cancelled.
    func wait(atMost limit: Duration) async {
        let (stream, continuation) = AsyncStream.makeStream(of: Void.self, bufferingPolicy: .bufferingNewest(1))
        let isRung = state.withLock { state in
            defer { state.rung = false }
            state.waiter = state.rung ? nil : continuation
            return state.rung
        }
        if isRung { return }
        await withTaskGroup(of: Void.self) { group in
            group.addTask { for await _ in stream { return } }
            group.addTask { try? await Task.sleep(for: limit) }
            await group.next()
            group.cancelAll()
        }
        state.withLock { $0.waiter = nil }
    }
}
