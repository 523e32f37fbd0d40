import GRDB
public import Runtime
import Synchronization

/// What a node holds, in SQLite: one row for each patient, study, series and instance, and what was set aside.
///
/// Several processes may have it open: an intake writes while the service answers. A write is durable when the call
/// returns. Readers see whole transactions only.
public final class Index: Sendable {
    let pool: DatabasePool
    let clock: WallClock
    /// The tables in memory, and what holds for all of them.
    let memory = Mutex(ContentMemory())
    let threads = CountingThreads(2)

    private init(pool: DatabasePool, clock: WallClock) {
        self.pool = pool
        self.clock = clock
    }

    /// Opens the index at `path`, making it where there is none, and brings an older one up to date.
    public static func open(path: String, clock: WallClock = .system) throws(IndexError) -> Index {
        var configuration = Configuration()
        configuration.label = "Atles index"
        // An intake's transactions take milliseconds; a reader waits for them rather than fail.
        configuration.busyMode = .timeout(30)
        configuration.maximumReaderCount = 4
        configuration.prepareDatabase { db in
            // WAL with NORMAL could lose the last acknowledged transactions in a power failure.
            try db.execute(sql: "PRAGMA synchronous = FULL")
            // Questions are counted in memory: the file is read once after a change, and need not stay resident.
            try db.execute(sql: "PRAGMA cache_size = -1000")
        }
        try IndexFile.protect(path)
        do {
            let pool = try DatabasePool(path: path, configuration: configuration)
            try pool.write { try Schema.update($0) }
            return Index(pool: pool, clock: clock)
        } catch {
            throw IndexError(error, path: path)
        }
    }

    /// Runs a read in one state of the content.
    func read<Value>(_ body: (Database) throws -> Value) throws(IndexError) -> Value {
        do { return try pool.read(body) } catch { throw IndexError(error) }
    }

    /// Runs a transaction.
    func write<Value>(_ body: (Database) throws -> Value) throws(IndexError) -> Value {
        do { return try pool.write(body) } catch { throw IndexError(error) }
    }
}

extension IndexError {
    init(_ error: any Error, path: String = "") {
        if let error = error as? IndexError {
            self = error
            return
        }
        guard let error = error as? DatabaseError else {
            self = .failed("an error of an unknown kind")
            return
        }
        switch error.resultCode {
        case .SQLITE_BUSY, .SQLITE_LOCKED: self = .busy
        case .SQLITE_CANTOPEN: self = .cannotOpen(path: path)
        case .SQLITE_CORRUPT, .SQLITE_NOTADB: self = .damaged
        case .SQLITE_FULL: self = .diskFull
        // Nothing but a deadline interrupts.
        case .SQLITE_INTERRUPT: self = .tookTooLong
        // The message names tables and columns; bound values are not in it.
        default: self = .failed("SQLite \(error.resultCode.rawValue): \(error.message ?? "no message")")
        }
    }
}
