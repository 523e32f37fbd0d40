import FoundationEssentials
import GRDB
import Runtime

extension Index {
    /// Adds objects in one transaction, and tells of each what became of it. All or none are in the index afterwards.
    ///
    /// The objects must be durable in the store by then. Sources of added objects, and of those that were there already,
    /// are remembered and leave the lists of what was set aside.
    public func add(_ batch: [InstanceRecord]) throws(IndexError) -> [AddOutcome] {
        guard !batch.isEmpty else { return [] }
        return try write { db in
            var writer = try BatchWriter(db)
            return try writer.add(batch)
        }
    }

    /// Of these sources, those whose objects are in the index as the files are now.
    public func knownSources(_ keys: [SourceKey]) throws(IndexError) -> Set<SourceKey> {
        guard !keys.isEmpty else { return [] }
        return try read { db in
            let statement = try db.cachedStatement(sql: "SELECT version FROM source WHERE place = ?")
            var known: Set<SourceKey> = []
            for key in keys {
                if let version = try Data.fetchOne(statement, arguments: [Data(key.place)]),
                    Array(version) == key.version
                {
                    known.insert(key)
                }
            }
            return known
        }
    }

    /// Every digest in the index: what the store's sweep keeps.
    public func digests() throws(IndexError) -> Set<String> {
        try read { db in
            var digests: Set<String> = []
            let cursor = try Data.fetchCursor(db, sql: "SELECT digest FROM instance")
            while let digest = try cursor.next() { digests.insert(Hex.text(digest)) }
            return digests
        }
    }

    /// A number that is larger after every change of what is held.
    public func changeToken() throws(IndexError) -> Int64 {
        try read { try Self.changeToken($0) }
    }

    static func changeToken(_ db: Database) throws -> Int64 {
        try Int64.fetchOne(db, sql: "SELECT changes FROM state") ?? 0
    }
}
