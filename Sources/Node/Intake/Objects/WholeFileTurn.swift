import Synchronization

/// One at a time: files that are turned into their new form in memory, which the threads of an intake share.
final class WholeFileTurn: Sendable {
    private let turn = Mutex(())

    /// Waits for the turn, on a thread that may wait.
    func take<Value: Sendable>(_ body: () throws -> Value) rethrows -> Value {
        try turn.withLock { _ in try body() }
    }
}
