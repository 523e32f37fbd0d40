public import Federation
import GRDB

/// What was spent of every permit's privacy budget, and which tasks were seen: a database file at the node.
///
/// A reservation survives the end of the process at once; ``commit(_:)`` and ``release(_:)`` return when they, and all
/// before them, survive a loss of power. An answer leaves after its commit, so what was told is never forgotten.
public final class BudgetLedger: Sendable {
    private let queue: DatabaseQueue

    /// What became of an attempt to reserve.
    enum Verdict: Sendable, Equatable {
        case reserved
        /// The same message again, whose work had not ended: a process ended before it.
        case resumed
        case replayed
        case usedUp
        case spent
    }

    public init(path: String) throws(LedgerError) {
        var configuration = Configuration()
        configuration.label = "atles.governance"
        configuration.busyMode = .timeout(10)
        configuration.prepareDatabase { database in
            try database.execute(sql: "PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL")
        }
        do {
            queue = try DatabaseQueue(path: path, configuration: configuration)
            try Self.migrator.migrate(queue)
        } catch {
            throw LedgerError(error)
        }
    }

    private static var migrator: DatabaseMigrator {
        var migrator = DatabaseMigrator()
        migrator.registerMigration("1") { database in
            try database.execute(
                sql: """
                    -- One row for each run of which a message was allowed.
                    CREATE TABLE run (
                        id TEXT PRIMARY KEY, claim BLOB NOT NULL, rounds INTEGER NOT NULL
                    ) STRICT, WITHOUT ROWID;
                    -- One row for each message that was allowed: what it costs, and whether its work has ended.
                    CREATE TABLE task (
                        message TEXT PRIMARY KEY, run TEXT NOT NULL, permit TEXT NOT NULL,
                        epsilon INTEGER NOT NULL, delta INTEGER NOT NULL, ended INTEGER NOT NULL
                    ) STRICT, WITHOUT ROWID;
                    -- The sums of what is spent or reserved of each permit.
                    CREATE TABLE spent (
                        permit TEXT PRIMARY KEY, epsilon INTEGER NOT NULL, delta INTEGER NOT NULL
                    ) STRICT, WITHOUT ROWID;
                    """)
        }
        return migrator
    }

    /// Takes what a message costs from the permit's budget, once.
    ///
    /// - Parameter claim: a digest of the claim: a run's messages all come under the same one.
    func reserve(
        _ origin: MessageID, run: MessageID, claim: Digest, rounds: Int, permit: PermitID, cost: PrivacyBudget,
        budget: PrivacyBudget?
    ) throws(LedgerError) -> Verdict {
        try write { database in
            if let row = try Row.fetchOne(
                database.cachedStatement(
                    sql: "SELECT task.run, ended, claim FROM task JOIN run ON run.id = task.run WHERE message = ?"),
                arguments: [origin.text])
            {
                let isSame = row["run"] == run.text && row["claim"] == claim.bytes.data && row["ended"] == 0
                return isSame ? .resumed : .replayed
            }
            if let row = try Row.fetchOne(
                database.cachedStatement(sql: "SELECT claim, rounds FROM run WHERE id = ?"), arguments: [run.text])
            {
                let done: Int = row["rounds"]
                guard row["claim"] == claim.bytes.data else { return .replayed }
                guard done < rounds else { return .usedUp }
            }
            let spent = try Self.spent(permit, database)
            if let budget, !budget.covers(cost, after: spent) { return .spent }
            guard let sum = spent.adding(cost) else { return .spent }
            try database.cachedStatement(
                sql: "INSERT INTO run VALUES (?, ?, 1) ON CONFLICT (id) DO UPDATE SET rounds = rounds + 1"
            ).execute(arguments: [run.text, claim.bytes.data])
            try database.cachedStatement(sql: "INSERT INTO task VALUES (?, ?, ?, ?, ?, 0)").execute(arguments: [
                origin.text, run.text, permit.text, cost.epsilonMillionths, cost.deltaQuadrillionths,
            ])
            try Self.set(permit, sum, database)
            return .reserved
        }
    }

    /// The work of a message has ended, and its answer may leave: what it cost is spent for good.
    public func commit(_ message: MessageID) throws(LedgerError) {
        try end(message, givesBack: false)
    }

    /// The work of a message has ended without an answer: what it would have cost is given back.
    public func release(_ message: MessageID) throws(LedgerError) {
        try end(message, givesBack: true)
    }

    private func end(_ message: MessageID, givesBack: Bool) throws(LedgerError) {
        do {
            try queue.writeWithoutTransaction { database in
                // With FULL the commit waits for the disk, for all that was written before it too.
                try database.execute(sql: "PRAGMA synchronous = FULL")
                defer { try? database.execute(sql: "PRAGMA synchronous = NORMAL") }
                try database.inTransaction(.immediate) {
                    guard
                        let row = try Row.fetchOne(
                            database.cachedStatement(
                                sql: "SELECT permit, epsilon, delta FROM task WHERE message = ? AND ended = 0"),
                            arguments: [message.text])
                    else { return .commit }
                    try database.cachedStatement(sql: "UPDATE task SET ended = 1 WHERE message = ?")
                        .execute(arguments: [message.text])
                    if givesBack {
                        try database.cachedStatement(
                            sql: "UPDATE spent SET epsilon = epsilon - ?, delta = delta - ? WHERE permit = ?"
                        ).execute(arguments: [row["epsilon"] as Int64, row["delta"] as Int64, row["permit"] as String])
                    }
                    return .commit
                }
            }
        } catch {
            throw LedgerError(error)
        }
    }

    /// What is spent or reserved of a permit's budget.
    public func spent(_ permit: PermitID) throws(LedgerError) -> PrivacyBudget {
        do { return try queue.read { try Self.spent(permit, $0) } } catch { throw LedgerError(error) }
    }

    private static func spent(_ permit: PermitID, _ database: Database) throws -> PrivacyBudget {
        guard
            let row = try Row.fetchOne(
                database.cachedStatement(sql: "SELECT epsilon, delta FROM spent WHERE permit = ?"),
                arguments: [permit.text])
        else { return .zero }
        guard let spent = PrivacyBudget(epsilonMillionths: row["epsilon"], deltaQuadrillionths: row["delta"]) else {
            throw DatabaseError(resultCode: .SQLITE_CORRUPT, message: "a sum is out of range")
        }
        return spent
    }

    private static func set(_ permit: PermitID, _ sum: PrivacyBudget, _ database: Database) throws {
        try database.cachedStatement(
            sql: """
                INSERT INTO spent VALUES (?1, ?2, ?3)
                ON CONFLICT (permit) DO UPDATE SET epsilon = excluded.epsilon, delta = excluded.delta
                """
        ).execute(arguments: [permit.text, sum.epsilonMillionths, sum.deltaQuadrillionths])
    }

    private func write<Value>(_ work: (Database) throws -> Value) throws(LedgerError) -> Value {
        do { return try queue.write(work) } catch { throw LedgerError(error) }
    }
}
