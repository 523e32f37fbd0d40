import FoundationEssentials
import GRDB

/// The hub's durable memory: sites, invitations and mailboxes. Envelopes lie in it sealed, as they came.
final class HubStore: Sendable {
    let pool: DatabasePool
    let commits: CommitQueue

    init(path: String) throws(FederationError) {
        pool = try FederationDatabase.open(path: path, migrator: Self.migrator)
        commits = CommitQueue(pool)
    }

    private static var migrator: DatabaseMigrator {
        var migrator = DatabaseMigrator()
        migrator.registerMigration("1") { database in
            try database.execute(
                sql: """
                    CREATE TABLE invitation (
                        id TEXT PRIMARY KEY, site TEXT NOT NULL, name TEXT NOT NULL, country TEXT NOT NULL,
                        approval TEXT NOT NULL, proofKey BLOB NOT NULL, expires INTEGER NOT NULL,
                        usedBy BLOB             -- the signing key that joined with it
                    ) STRICT;
                    CREATE TABLE site (
                        id TEXT PRIMARY KEY, name TEXT NOT NULL, country TEXT NOT NULL, state TEXT NOT NULL,
                        signing BLOB NOT NULL, agreement BLOB NOT NULL, certificate BLOB, certificateExpires INTEGER,
                        joined INTEGER NOT NULL, lastSeen INTEGER
                    ) STRICT;
                    -- What this hub asked: one row per recipient, until it is answered or expires.
                    CREATE TABLE task (
                        id TEXT NOT NULL, recipient TEXT NOT NULL, envelope BLOB NOT NULL, expires INTEGER NOT NULL,
                        state TEXT NOT NULL,    -- waiting, received (on the site's disk), answered
                        PRIMARY KEY (id, recipient)
                    ) STRICT, WITHOUT ROWID;
                    CREATE INDEX taskByRecipient ON task (recipient, state);
                    CREATE TABLE answer (
                        task TEXT NOT NULL, site TEXT NOT NULL, envelope BLOB NOT NULL, PRIMARY KEY (task, site)
                    ) STRICT, WITHOUT ROWID;
                    -- Messages of sites that answer nothing, until their handler is done.
                    CREATE TABLE incoming (
                        number INTEGER PRIMARY KEY, kind TEXT NOT NULL, envelope BLOB NOT NULL
                    ) STRICT;
                    CREATE TABLE seen (
                        sender TEXT NOT NULL, id TEXT NOT NULL, digest BLOB NOT NULL, until INTEGER NOT NULL,
                        PRIMARY KEY (sender, id)
                    ) STRICT, WITHOUT ROWID;
                    CREATE INDEX seenByUntil ON seen (until);
                    """)
        }
        migrator.registerMigration("2") { database in
            try database.execute(
                sql: """
                    -- What is over is looked for every second, and must not be found behind the envelopes.
                    CREATE INDEX taskByExpiry ON task (expires);
                    -- In the order in which a poll reads.
                    DROP INDEX taskByRecipient;
                    CREATE INDEX taskByRecipient ON task (recipient, state, expires);
                    -- Empty for what came before this column.
                    ALTER TABLE incoming ADD COLUMN sender TEXT NOT NULL DEFAULT '';
                    CREATE INDEX incomingBySender ON incoming (sender);
                    """)
        }
        return migrator
    }

    func read<Value>(_ work: (Database) throws -> Value) throws(FederationError) -> Value {
        do { return try pool.read(work) } catch { throw .database(error) }
    }

    /// Writes at once and by itself; for the operator's commands.
    func write<Value>(_ work: (Database) throws -> Value) throws(FederationError) -> Value {
        do { return try pool.write(work) } catch { throw .database(error) }
    }
}
