import FoundationEssentials
import GRDB

/// The node's durable memory: tasks that are not answered, and messages that the hub has not taken. Envelopes lie in
/// it sealed.
final class NodeStore: Sendable {
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
                    -- Received and not answered. The row goes in the transaction that records the answer.
                    CREATE TABLE task (
                        number INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, envelope BLOB NOT NULL,
                        expires INTEGER NOT NULL
                    ) STRICT;
                    -- To be sent until the hub has taken it, always the same bytes.
                    CREATE TABLE outgoing (
                        number INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, envelope BLOB NOT NULL,
                        expires INTEGER NOT NULL
                    ) STRICT;
                    CREATE TABLE seen (
                        sender TEXT NOT NULL, id TEXT NOT NULL, digest BLOB NOT NULL, until INTEGER NOT NULL,
                        PRIMARY KEY (sender, id)
                    ) STRICT, WITHOUT ROWID;
                    CREATE INDEX seenByUntil ON seen (until);
                    """)
        }
        migrator.registerMigration("2") { database in
            // Of messages that answer nothing, what they are about; empty for answers and for what came before this column.
            try database.execute(sql: "ALTER TABLE outgoing ADD COLUMN kind TEXT NOT NULL DEFAULT ''")
        }
        return migrator
    }

    private func read<Value>(_ work: (Database) throws -> Value) throws(FederationError) -> Value {
        do { return try pool.read(work) } catch { throw .database(error) }
    }

    /// Records what the hub delivered, in one transaction; says of each whether it is new, and nil where there is no
    /// room for it: a hub that asks without end must not fill this node's disk.
    ///
    /// - Parameter trace: writes the audit entry of a new message; what cannot be traced does not happen.
    func receive(
        _ messages: [VerifiedEnvelope], trace: @escaping @Sendable (EnvelopeHeader) throws -> Void
    ) async throws(FederationError) -> [ReplayVerdict?] {
        var rows: [(header: EnvelopeHeader, digest: [UInt8], bytes: Data)] = []
        for message in messages {
            rows.append((message.header, message.envelope.digest, try StoredEnvelope.write(message.envelope)))
        }
        return try await commits.write { [rows] database in
            let held = try Row.fetchOne(
                database.cachedStatement(sql: "SELECT count(*) AS tasks, total(length(envelope)) AS bytes FROM task"))
            var tasks: Int = held?["tasks"] ?? 0
            var room = Double(MessageLimits.openTaskBytes) - (held?["bytes"] ?? 0)
            return try rows.map { row -> ReplayVerdict? in
                let (header, digest, bytes) = row
                let remembered = try Data.fetchOne(
                    database.cachedStatement(sql: "SELECT digest FROM seen WHERE sender = ? AND id = ?"),
                    arguments: [header.sender.text, header.id.text])
                let verdict = ReplayGuard.judge(digest, remembered: remembered.map { [UInt8]($0) })
                if verdict == .new {
                    tasks += 1
                    room -= Double(bytes.count)
                    guard tasks <= MessageLimits.openTasks, room >= 0 else { return nil }
                    try database.cachedStatement(sql: "INSERT INTO task (id, envelope, expires) VALUES (?, ?, ?)")
                        .execute(arguments: [header.id.text, bytes, header.expires.milliseconds])
                    try database.cachedStatement(sql: "INSERT INTO seen VALUES (?, ?, ?, ?)").execute(arguments: [
                        header.sender.text, header.id.text, Data(digest),
                        Freshness.remember(until: header.expires).milliseconds,
                    ])
                    try trace(header)
                }
                return verdict
            }
        }
    }

    /// Ends a task: records its answer, if there is one, and forgets the task. False where the task was ended before.
    func finish(
        _ task: MessageID, answer: Envelope?, trace: @escaping @Sendable () throws -> Void
    ) async throws(FederationError) -> Bool {
        let row = try answer.map { envelope throws(FederationError) in
            (id: envelope.header.id, expires: envelope.header.expires, bytes: try StoredEnvelope.write(envelope))
        }
        return try await commits.write { database in
            try database.cachedStatement(sql: "DELETE FROM task WHERE id = ?").execute(arguments: [task.text])
            guard database.changesCount == 1 else { return false }
            try trace()
            if let row {
                try database.cachedStatement(sql: "INSERT INTO outgoing (id, envelope, expires) VALUES (?, ?, ?)")
                    .execute(arguments: [row.id.text, row.bytes, row.expires.milliseconds])
            }
            return true
        }
    }

    /// Records a message of our own.
    ///
    /// - Parameter replacing: forgets those of the same kind that the hub has not taken.
    func add(_ envelope: Envelope, replacing: Bool) async throws(FederationError) {
        let bytes = try StoredEnvelope.write(envelope)
        let header = envelope.header
        try await commits.write { database in
            if replacing {
                try database.cachedStatement(sql: "DELETE FROM outgoing WHERE kind = ?").execute(arguments: [
                    header.kind
                ])
            }
            try database.cachedStatement(sql: "INSERT INTO outgoing (id, envelope, expires, kind) VALUES (?, ?, ?, ?)")
                .execute(arguments: [header.id.text, bytes, header.expires.milliseconds, header.kind])
        }
    }

    /// Puts the same message under another certificate in the place of the first.
    func replaceOutgoing(_ envelope: Envelope) async throws(FederationError) {
        let bytes = try StoredEnvelope.write(envelope)
        try await commits.write { database in
            try database.cachedStatement(sql: "UPDATE outgoing SET envelope = ? WHERE id = ?").execute(arguments: [
                bytes, envelope.header.id.text,
            ])
        }
    }

    func removeOutgoing(_ id: MessageID) async throws(FederationError) {
        try await commits.write { database in
            try database.cachedStatement(sql: "DELETE FROM outgoing WHERE id = ?").execute(arguments: [id.text])
        }
    }

    /// Tasks that are not answered, in the order in which they came.
    func tasks() throws(FederationError) -> [Envelope] {
        try read { database in
            try Data.fetchAll(database.cachedStatement(sql: "SELECT envelope FROM task ORDER BY number")).map(
                StoredEnvelope.read)
        }
    }

    /// The first message that the hub has not taken, of those made after the one with this number: one at a time,
    /// since each may be large.
    func outgoing(after number: Int64) throws(FederationError) -> (number: Int64, envelope: Envelope)? {
        try read { database in
            try Row.fetchOne(
                database.cachedStatement(
                    sql: "SELECT number, envelope FROM outgoing WHERE number > ? ORDER BY number LIMIT 1"),
                arguments: [number]
            ).map { (number: $0["number"], envelope: try StoredEnvelope.read($0["envelope"])) }
        }
    }

    /// How many tasks are open, and how many messages are on their way.
    func counts() throws(FederationError) -> (tasks: Int, outgoing: Int) {
        try read { database in
            (
                tasks: try Int.fetchOne(database.cachedStatement(sql: "SELECT count(*) FROM task")) ?? 0,
                outgoing: try Int.fetchOne(database.cachedStatement(sql: "SELECT count(*) FROM outgoing")) ?? 0
            )
        }
    }

    /// Forgets what nobody waits for any more.
    func expire(now: Moment) async throws(FederationError) {
        try await commits.write { database in
            try database.cachedStatement(sql: "DELETE FROM task WHERE expires <= ?").execute(arguments: [
                now.milliseconds
            ])
            try database.cachedStatement(sql: "DELETE FROM outgoing WHERE expires <= ?").execute(arguments: [
                now.milliseconds
            ])
            try database.cachedStatement(sql: "DELETE FROM seen WHERE until <= ?").execute(arguments: [now.milliseconds]
            )
        }
    }
}
