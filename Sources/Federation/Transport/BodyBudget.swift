import Synchronization

/// How many bytes of messages may be in memory at once before their senders are known, in the whole process.
///
/// Counted is what has come, not what was announced: a client that announces much and sends little takes no room.
final class BodyBudget: Sendable {
    private let limit: Int
    private let used = Mutex(0)

    init(limit: Int) { self.limit = limit }

    /// What one request holds; given back with it.
    final class Share: Sendable {
        private let budget: BodyBudget
        private let held = Mutex(0)

        fileprivate init(_ budget: BodyBudget) { self.budget = budget }

        /// Whether there is room for so many more.
        func take(_ bytes: Int) -> Bool {
            guard budget.take(bytes) else { return false }
            held.withLock { $0 += bytes }
            return true
        }

        deinit { budget.give(held.withLock { $0 }) }
    }

    func share() -> Share { Share(self) }

    private func take(_ bytes: Int) -> Bool {
        used.withLock { used in
            guard bytes <= limit - used else { return false }
            used += bytes
            return true
        }
    }

    private func give(_ bytes: Int) { used.withLock { $0 -= bytes } }
}
