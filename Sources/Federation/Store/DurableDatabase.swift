package import GRDB
import Glibc
package import Runtime

/// How databases of hub and federation are opened: for their owner alone, readers beside one writer (WAL), and every commit
/// on the disk before it counts (`synchronous=FULL`). Several processes may have one open.
package enum DurableDatabase {
    /// How long another process is waited for, in seconds.
    private static let patience = 10

    package static func open(
        path: String, label: String, migrator: DatabaseMigrator, files: any FileSystem = PosixFileSystem()
    ) throws -> DatabasePool {
        // SQLite gives its side files the mode of the database: it is made first.
        if try !files.exists(path) { try files.openForAppending(path, mode: 0o600).close() }
        var configuration = Configuration()
        configuration.label = label
        configuration.maximumReaderCount = 4
        // Another process (`atles hub sites approve`) may hold the write lock for a moment.
        configuration.busyMode = .timeout(Double(patience))
        configuration.prepareDatabase { database in
            try database.execute(sql: "PRAGMA synchronous = FULL")
        }
        // One process at a time makes a new file or brings an older one up to date: two would both see that there is a table
        // to make, and while one turns the file into WAL, SQLite refuses the other at once, whatever its patience.
        let turn = try turn(path)
        defer { turn.release() }
        let pool = try DatabasePool(path: path, configuration: configuration)
        try migrator.migrate(pool)
        return pool
    }

    private static func turn(_ path: String) throws -> ExclusiveLock {
        for _ in 0..<(patience * 50) {
            if let lock = try ExclusiveLock.take(path + ".opening") { return lock }
            usleep(20_000)
        }
        throw DatabaseError(resultCode: .SQLITE_BUSY, message: "another process has been opening it for long")
    }

    /// What went wrong in SQLite's own words and code, or in those of the file system; never the values of a statement.
    package static func words(_ error: any Error) -> String {
        switch error {
        case let error as DatabaseError:
            "\(error.message ?? "no reason given") (code \(error.extendedResultCode.rawValue))"
        case let error as FileError: error.description
        default: "an unexpected error"
        }
    }
}
