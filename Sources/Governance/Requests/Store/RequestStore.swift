import Federation
import FoundationEssentials
import GRDB
public import Runtime

/// The hub's durable memory of requests: events that are only ever appended, and beside them what lists need.
public final class RequestStore: Sendable {
    let pool: DatabasePool

    public init(path: String, files: any FileSystem) throws(RequestError) {
        do {
            pool = try DurableDatabase.open(path: path, label: "atles.requests", migrator: Self.migrator, files: files)
        } catch {
            throw .database(error)
        }
    }

    func read<Value>(_ body: (Database) throws -> Value) throws(RequestError) -> Value {
        do { return try pool.read(body) } catch { throw .database(error) }
    }

    func write<Value>(_ body: (Database) throws -> Value) throws(RequestError) -> Value {
        do { return try pool.write(body) } catch { throw .database(error) }
    }

    private static var migrator: DatabaseMigrator {
        var migrator = DatabaseMigrator()
        migrator.registerMigration("1") { database in
            try database.execute(
                sql: """
                    -- What happened; nothing is ever changed or taken away here.
                    CREATE TABLE event (
                        request TEXT NOT NULL, number INTEGER NOT NULL, document BLOB NOT NULL,
                        PRIMARY KEY (request, number)
                    ) STRICT, WITHOUT ROWID;
                    CREATE TRIGGER eventStays BEFORE UPDATE ON event
                        BEGIN SELECT RAISE(ABORT, 'events are not changed'); END;
                    CREATE TRIGGER eventIsKept BEFORE DELETE ON event
                        BEGIN SELECT RAISE(ABORT, 'events are not taken away'); END;
                    -- What the events make of it, for lists.
                    CREATE TABLE request (
                        id TEXT PRIMARY KEY, version INTEGER NOT NULL, state TEXT NOT NULL, title TEXT NOT NULL,
                        applicant TEXT NOT NULL, created INTEGER NOT NULL, changed INTEGER NOT NULL,
                        handedIn INTEGER NOT NULL, due INTEGER, wake INTEGER
                    ) STRICT;
                    CREATE INDEX requestByChange ON request (handedIn, changed DESC);
                    CREATE INDEX requestByState ON request (state, handedIn, changed DESC);
                    CREATE INDEX requestByWake ON request (wake) WHERE wake IS NOT NULL;
                    CREATE TABLE person (
                        person TEXT NOT NULL, request TEXT NOT NULL, changed INTEGER NOT NULL,
                        PRIMARY KEY (person, request)
                    ) STRICT, WITHOUT ROWID;
                    CREATE INDEX personByChange ON person (person, changed DESC, request);
                    CREATE TABLE site (
                        request TEXT NOT NULL, site TEXT NOT NULL, place INTEGER NOT NULL, state TEXT NOT NULL,
                        isOpen INTEGER NOT NULL,    -- whether the site has to act
                        changed INTEGER NOT NULL, due INTEGER, contacted INTEGER, answered INTEGER, decided INTEGER,
                        PRIMARY KEY (request, site)
                    ) STRICT, WITHOUT ROWID;
                    CREATE INDEX siteByDue ON site (site, isOpen, due);
                    CREATE INDEX siteByChange ON site (site, changed DESC) WHERE contacted IS NOT NULL;
                    """)
        }
        return migrator
    }
}

extension RequestError {
    /// An error out of the database, told by its code and SQLite's words, never with the values of a statement.
    static func database(_ error: any Error) -> RequestError {
        (error as? RequestError) ?? .store(DurableDatabase.words(error))
    }
}

extension Date {
    /// Whole seconds since 1970, as the store keeps moments.
    var storedSeconds: Int64 { Int64(exactly: timeIntervalSince1970.rounded(.down)) ?? 0 }

    init(storedSeconds: Int64) { self.init(timeIntervalSince1970: Double(storedSeconds)) }
}
