import UnixSignals

/// Runs `body`, and cancels it when the person at the terminal presses Ctrl-C: it then ends in good order.
func untilInterrupted<Value: Sendable>(_ body: @escaping @Sendable () async throws -> Value) async throws
    -> Value
{
    let signals = await UnixSignalsSequence(trapping: .sigint, .sigterm)
    return try await withThrowingTaskGroup(of: Value?.self) { group in
        group.addTask { try await body() }
        group.addTask {
            for await _ in signals { break }
            return nil
        }
        while let result = try await group.next() {
            if let value = result {
                group.cancelAll()
                return value
            }
            group.cancelAll()
        }
        throw CancellationError()
    }
}
