import GRDB

/// The database of either end of the federation.
enum FederationDatabase {
    static func open(path: String, migrator: DatabaseMigrator) throws(FederationError) -> DatabasePool {
        do {
            return try DurableDatabase.open(path: path, label: "atles.federation", migrator: migrator)
        } catch {
            throw .database(error)
        }
    }
}

extension FederationError {
    /// An error out of the database.
    static func database(_ error: any Error) -> FederationError {
        (error as? FederationError) ?? .store(DurableDatabase.words(error))
    }
}
