import GRDB

/// How both ends open their database: readers beside one writer (WAL), and every commit on the disk before it counts
/// (`synchronous=FULL`).
enum FederationDatabase {
    static func open(path: String, migrator: DatabaseMigrator) throws(FederationError) -> DatabasePool {
        var configuration = Configuration()
        configuration.label = "atles.federation"
        configuration.maximumReaderCount = 4
        // Another process (`atles hub sites approve`) may hold the write lock for a moment.
        configuration.busyMode = .timeout(10)
        configuration.prepareDatabase { database in
            try database.execute(sql: "PRAGMA synchronous = FULL")
        }
        do {
            let pool = try DatabasePool(path: path, configuration: configuration)
            try migrator.migrate(pool)
            return pool
        } catch {
            throw .database(error)
        }
    }
}

extension FederationError {
    /// An error out of the database, told by its code and SQLite's words, never with the values of a statement.
    static func database(_ error: any Error) -> FederationError {
        switch error {
        case let error as FederationError: error
        case let error as DatabaseError:
            .store("\(error.message ?? "no reason given") (code \(error.extendedResultCode.rawValue))")
        default: .store("an unexpected error")
        }
    }
}
