import GRDB
import GRDBSQLite

/// Ends the statements of a connection when their time is over.
///
/// A question of the largest allowed size over a large index is work for minutes. SQLite asks here every few thousand of
/// its own instructions whether to go on; a statement that is told not to ends with an error, so that no part of a count
/// gets out.
final class Deadline: Sendable {
    private let instant: ContinuousClock.Instant

    private init(_ instant: ContinuousClock.Instant) { self.instant = instant }

    private var isOver: Bool { ContinuousClock.now >= instant }

    /// Some tens of microseconds of counting, which makes asking the clock free.
    private static let instructions: Int32 = 4096

    /// Runs `body`, whose statements end with `SQLITE_INTERRUPT` once `instant` is over.
    static func run<Value>(
        until instant: ContinuousClock.Instant?, on db: Database, _ body: () throws -> Value
    ) throws -> Value {
        guard let instant else { return try body() }
        let deadline = Deadline(instant)
        if deadline.isOver { throw IndexError.tookTooLong }
        sqlite3_progress_handler(
            db.sqliteConnection, instructions,
            { context in
                guard let context else { return 0 }
                return Unmanaged<Deadline>.fromOpaque(context).takeUnretainedValue().isOver ? 1 : 0
            }, Unmanaged.passUnretained(deadline).toOpaque())
        // The connection goes back to the pool, and the end of its transaction must not be stopped.
        defer { sqlite3_progress_handler(db.sqliteConnection, 0, nil, nil) }
        return try withExtendedLifetime(deadline) { try body() }
    }
}
