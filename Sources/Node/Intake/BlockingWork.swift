import Dispatch

/// Work that waits for disks, on a thread of its own: the threads of Swift's tasks are few and must not wait.
enum BlockingWork {
    static func run<Value: Sendable>(_ label: String, _ body: @escaping @Sendable () -> Value) async -> Value {
        await withCheckedContinuation { continuation in
            // A serial queue of its own gets its own thread, however many others are waiting.
            DispatchQueue(label: label).async { continuation.resume(returning: body()) }
        }
    }
}
