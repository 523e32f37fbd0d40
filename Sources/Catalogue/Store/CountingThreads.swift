import Dispatch
import Synchronization

/// The few threads that count: counting keeps a processor busy and waits for the disk, which the threads of Swift's
/// tasks must not.
///
/// What comes while all are at work waits for its turn without a thread.
final class CountingThreads: Sendable {
    private typealias Work = @Sendable () -> Void

    private struct State {
        /// A serial queue of its own gets its own thread, however many others are waiting.
        var idle: [DispatchQueue]
        var waiting: [Work] = []
    }

    private let state: Mutex<State>

    init(_ count: Int) {
        state = Mutex(State(idle: (0..<count).map { DispatchQueue(label: "atles.index.count.\($0)") }))
    }

    func run<Value: Sendable>(_ body: @escaping @Sendable () -> Value) async -> Value {
        await withCheckedContinuation { continuation in
            let work: Work = { continuation.resume(returning: body()) }
            let queue = state.withLock { state in
                let queue = state.idle.popLast()
                if queue == nil { state.waiting.append(work) }
                return queue
            }
            if let queue { queue.async { self.work(work, on: queue) } }
        }
    }

    /// Works until nothing is waiting.
    private func work(_ first: @escaping Work, on queue: DispatchQueue) {
        var next: Work? = first
        while let work = next {
            work()
            next = state.withLock { state in
                if !state.waiting.isEmpty { return state.waiting.removeFirst() }
                state.idle.append(queue)
                return nil
            }
        }
    }
}
