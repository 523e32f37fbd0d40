import Federation
import FoundationEssentials
import GRDB
import Governance
import Runtime

/// The hub's durable memory of people: who they are, how they sign in, and where they are signed in.
///
/// Several processes may have it open: the service, and `atles hub people`. Of secrets it holds hashes only, but for the
/// second factor's: that one the hub must know to compute its codes.
final class PeopleStore: Sendable {
    let pool: DatabasePool

    init(path: String, files: any FileSystem) throws {
        do {
            pool = try DurableDatabase.open(path: path, label: "atles.people", migrator: Self.migrator, files: files)
        } catch {
            throw PeopleError.database(error)
        }
    }

    func read<Value>(_ body: (Database) throws -> Value) throws(PeopleError) -> Value {
        do { return try pool.read(body) } catch { throw .database(error) }
    }

    func write<Value>(_ body: (Database) throws -> Value) throws(PeopleError) -> Value {
        do { return try pool.write(body) } catch { throw .database(error) }
    }

    private static var migrator: DatabaseMigrator {
        var migrator = DatabaseMigrator()
        migrator.registerMigration("1") { database in
            try database.execute(
                sql: """
                    CREATE TABLE person (
                        id TEXT PRIMARY KEY, name TEXT NOT NULL, email TEXT, organisation TEXT,
                        created INTEGER NOT NULL, removed INTEGER
                    ) STRICT;
                    -- By whom: the operator, or the provider's claims at the last sign-in.
                    CREATE TABLE "grant" (
                        person TEXT NOT NULL REFERENCES person ON DELETE CASCADE, role TEXT NOT NULL,
                        site TEXT NOT NULL, source TEXT NOT NULL, PRIMARY KEY (person, role, site, source)
                    ) STRICT, WITHOUT ROWID;
                    CREATE TABLE account (
                        person TEXT PRIMARY KEY REFERENCES person ON DELETE CASCADE, password TEXT,
                        totp BLOB, totpStep INTEGER NOT NULL DEFAULT 0
                    ) STRICT;
                    -- One-time codes of the operator, to choose a password with.
                    CREATE TABLE recovery (
                        hash BLOB PRIMARY KEY, person TEXT NOT NULL REFERENCES person ON DELETE CASCADE,
                        expires INTEGER NOT NULL
                    ) STRICT, WITHOUT ROWID;
                    -- Failed sign-ins by the hash of the name that was typed, whether or not it is anybody's.
                    CREATE TABLE failure (
                        login BLOB PRIMARY KEY, count INTEGER NOT NULL, last INTEGER NOT NULL, until INTEGER NOT NULL
                    ) STRICT, WITHOUT ROWID;
                    CREATE TABLE session (
                        hash BLOB PRIMARY KEY, person TEXT NOT NULL REFERENCES person ON DELETE CASCADE,
                        stage TEXT NOT NULL, method TEXT NOT NULL, created INTEGER NOT NULL, seen INTEGER NOT NULL,
                        expires INTEGER NOT NULL, agent TEXT NOT NULL, acr TEXT, issuer TEXT, subject TEXT, sid TEXT,
                        pending BLOB        -- a second factor that is being set up
                    ) STRICT, WITHOUT ROWID;
                    CREATE INDEX sessionByPerson ON session (person);
                    CREATE INDEX sessionBySubject ON session (issuer, subject);
                    CREATE TABLE token (
                        hash BLOB PRIMARY KEY, id TEXT NOT NULL UNIQUE,
                        person TEXT NOT NULL REFERENCES person ON DELETE CASCADE, name TEXT NOT NULL,
                        scopes TEXT NOT NULL, created INTEGER NOT NULL, expires INTEGER NOT NULL, used INTEGER
                    ) STRICT, WITHOUT ROWID;
                    CREATE INDEX tokenByPerson ON token (person);
                    -- Terminals that wait for their person's approval (RFC 8628).
                    CREATE TABLE device (
                        hash BLOB PRIMARY KEY, code TEXT NOT NULL UNIQUE, client TEXT NOT NULL, scopes TEXT NOT NULL,
                        created INTEGER NOT NULL, expires INTEGER NOT NULL, polled INTEGER NOT NULL,
                        wait INTEGER NOT NULL, state TEXT NOT NULL, person TEXT
                    ) STRICT, WITHOUT ROWID;
                    -- Sign-ins that are under way at a provider.
                    CREATE TABLE flow (
                        state BLOB PRIMARY KEY, browser BLOB NOT NULL, nonce TEXT NOT NULL, verifier TEXT NOT NULL,
                        destination TEXT NOT NULL, expires INTEGER NOT NULL
                    ) STRICT, WITHOUT ROWID;
                    -- What may be used once, until it would have expired anyway.
                    CREATE TABLE spent (id BLOB PRIMARY KEY, until INTEGER NOT NULL) STRICT, WITHOUT ROWID;
                    -- The visas that a person brought at the last sign-in, verified then.
                    CREATE TABLE visa (
                        person TEXT NOT NULL REFERENCES person ON DELETE CASCADE, number INTEGER NOT NULL,
                        document TEXT NOT NULL, expires INTEGER NOT NULL, PRIMARY KEY (person, number)
                    ) STRICT, WITHOUT ROWID;
                    """)
        }
        return migrator
    }
}

extension Date {
    /// Whole seconds since 1970, as the store keeps moments.
    var seconds: Int64 { Int64(exactly: timeIntervalSince1970.rounded(.down)) ?? 0 }

    init(seconds: Int64) { self.init(timeIntervalSince1970: Double(seconds)) }
}

extension PeopleError {
    /// An error out of the database, told by its code and SQLite's words, never with the values of a statement.
    static func database(_ error: any Error) -> PeopleError {
        (error as? PeopleError) ?? .store(DurableDatabase.words(error))
    }
}
