import GRDB
import Synchronization

/// Writes to a database in groups: what comes while one transaction is being written to the disk goes together into
/// the next, so that many writers share one wait for the disk.
///
/// Each piece of work has a savepoint of its own: one that fails takes nothing else with it. None is told of success
/// before the transaction that holds it has reached the disk.
final class CommitQueue: Sendable {
    private typealias End = @Sendable (_ failure: (any Error)?) -> Void

    private struct Job: Sendable {
        /// Does the work inside the transaction; returns what to call once the transaction's fate is known.
        let run: @Sendable (Database) -> End
        /// For a job that never ran.
        let fail: @Sendable (any Error) -> Void
    }

    private struct State {
        var waiting: [Job] = []
        var isWriting = false
    }

    private let database: any DatabaseWriter
    private let state = Mutex(State())

    init(_ database: any DatabaseWriter) {
        self.database = database
    }

    /// Does `work` in a transaction and returns when it is durable.
    func write<Value: Sendable>(
        _ work: @escaping @Sendable (Database) throws -> Value
    ) async throws(FederationError) -> Value {
        do {
            return try await withCheckedThrowingContinuation { continuation in
                enqueue(Self.job(work, continuation))
            }
        } catch {
            throw .database(error)
        }
    }

    private static func job<Value: Sendable>(
        _ work: @escaping @Sendable (Database) throws -> Value, _ continuation: CheckedContinuation<Value, any Error>
    ) -> Job {
        Job(
            run: { database in
                let result = Result {
                    var value: Value?
                    try database.inSavepoint {
                        value = try work(database)
                        return .commit
                    }
                    guard let value else { throw DatabaseError(resultCode: .SQLITE_INTERNAL) }
                    return value
                }
                return { failure in
                    if let failure, case .success = result { return continuation.resume(throwing: failure) }
                    continuation.resume(with: result)
                }
            },
            fail: { continuation.resume(throwing: $0) })
    }

    private func enqueue(_ job: Job) {
        let starts = state.withLock { state in
            state.waiting.append(job)
            defer { state.isWriting = true }
            return !state.isWriting
        }
        if starts { database.asyncWriteWithoutTransaction { self.drain($0) } }
    }

    /// Transaction after transaction until nobody waits.
    private func drain(_ database: Database) {
        while true {
            let jobs = state.withLock { state in
                defer { state.waiting = [] }
                if state.waiting.isEmpty { state.isWriting = false }
                return state.waiting
            }
            if jobs.isEmpty { return }
            var ends: [End] = []
            do {
                try database.inTransaction(.immediate) {
                    for job in jobs { ends.append(job.run(database)) }
                    return .commit
                }
                for end in ends { end(nil) }
            } catch {
                // Either the transaction did not begin, and no job ran; or it did not reach the disk, and none happened.
                for end in ends { end(error) }
                for job in jobs.dropFirst(ends.count) { job.fail(error) }
            }
        }
    }
}
