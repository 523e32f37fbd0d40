import FoundationEssentials
import GRDB

/// What each asker was told by this node, and what it cost, in a SQLite file of its own: it must last longer than the
/// process, and than the index's cache.
///
/// A write outlives the process when the call returns, so that no answer leaves before it is remembered. A power failure
/// can take the last few with it: those since the last 256 KiB were made safe, which is done along the way, since waiting
/// for the disk at every question would take longer than counting.
public final class DisclosureStore: Sendable {
    private let pool: DatabasePool

    /// One answer that was given.
    public struct Told: Sendable, Equatable {
        public var asker: String
        /// Seconds since 1970.
        public var moment: Int
        /// The question, canonical, with its breakdowns.
        public var question: String
        /// The answer in JSON.
        public var answer: [UInt8]
        /// Who was counted, in the form of `ToldForm`.
        public var members: [UInt8]
        /// The numbers that were told, in the form of `ToldForm`.
        public var entries: [UInt8]

        public init(
            asker: String, moment: Int, question: String, answer: [UInt8], members: [UInt8], entries: [UInt8]
        ) {
            self.asker = asker
            self.moment = moment
            self.question = question
            self.answer = answer
            self.members = members
            self.entries = entries
        }
    }

    private init(pool: DatabasePool) { self.pool = pool }

    public static func open(path: String) throws(IndexError) -> DisclosureStore {
        var configuration = Configuration()
        configuration.label = "Atles disclosure"
        configuration.busyMode = .timeout(30)
        configuration.maximumReaderCount = 1
        configuration.prepareDatabase { db in
            try db.execute(sql: "PRAGMA synchronous = NORMAL; PRAGMA wal_autocheckpoint = 64")
        }
        try IndexFile.protect(path)
        do {
            let pool = try DatabasePool(path: path, configuration: configuration)
            try pool.write { db in
                try db.execute(
                    sql: """
                        CREATE TABLE IF NOT EXISTS told (
                            id INTEGER PRIMARY KEY,
                            asker TEXT NOT NULL,
                            moment INTEGER NOT NULL,
                            question TEXT NOT NULL,
                            answer BLOB NOT NULL,
                            members BLOB NOT NULL,
                            entries BLOB NOT NULL);
                        CREATE INDEX IF NOT EXISTS told_asker ON told (asker, id);
                        CREATE TABLE IF NOT EXISTS spent (
                            asker TEXT NOT NULL,
                            project TEXT NOT NULL,
                            amount INTEGER NOT NULL,
                            PRIMARY KEY (asker, project)) WITHOUT ROWID;
                        """)
            }
            return DisclosureStore(pool: pool)
        } catch {
            throw IndexError(error, path: path)
        }
    }

    /// The latest answers to an asker, at most so many, the oldest of them first.
    public func told(to asker: String, since moment: Int, atMost count: Int) throws(IndexError) -> [Told] {
        try run {
            try self.pool.read { db in
                let rows = try Row.fetchAll(
                    db,
                    sql: """
                        SELECT asker, moment, question, answer, members, entries FROM told
                        WHERE asker = ? AND moment >= ? ORDER BY id DESC LIMIT ?
                        """, arguments: [asker, moment, count])
                return try rows.reversed().map { row in
                    Told(
                        asker: try row.decode(atIndex: 0), moment: try row.decode(atIndex: 1),
                        question: try row.decode(atIndex: 2), answer: Array(try row.decode(Data.self, atIndex: 3)),
                        members: Array(try row.decode(Data.self, atIndex: 4)),
                        entries: Array(try row.decode(Data.self, atIndex: 5)))
                }
            }
        }
    }

    /// Records an answer, and takes its cost from what the asker may spend in a project: both or neither.
    ///
    /// - Returns: false where the budget does not allow it; then nothing is recorded.
    public func record(_ told: Told, cost: Int, project: String, budget: Int?) throws(IndexError) -> Bool {
        try run {
            try self.pool.write { db in
                if let budget {
                    let spent =
                        try Int.fetchOne(
                            db, sql: "SELECT amount FROM spent WHERE asker = ? AND project = ?",
                            arguments: [told.asker, project]) ?? 0
                    guard cost <= budget - spent else { return false }
                    try db.execute(
                        sql: """
                            INSERT INTO spent VALUES (?, ?, ?)
                            ON CONFLICT (asker, project) DO UPDATE SET amount = amount + excluded.amount
                            """, arguments: [told.asker, project, cost])
                }
                try db.execute(
                    sql: """
                        INSERT INTO told (asker, moment, question, answer, members, entries) VALUES (?, ?, ?, ?, ?, ?)
                        """,
                    arguments: [
                        told.asker, told.moment, told.question, Data(told.answer), Data(told.members),
                        Data(told.entries),
                    ])
                return true
            }
        }
    }

    /// What an asker has spent in a project, in thousandths of epsilon.
    public func spent(by asker: String, in project: String) throws(IndexError) -> Int {
        try run {
            try self.pool.read { db in
                try Int.fetchOne(
                    db, sql: "SELECT amount FROM spent WHERE asker = ? AND project = ?", arguments: [asker, project])
                    ?? 0
            }
        }
    }

    /// Forgets answers from before a moment, and of each asker all but the latest.
    public func forget(before moment: Int, keeping count: Int) throws(IndexError) {
        try run {
            try self.pool.write { db in
                try db.execute(sql: "DELETE FROM told WHERE moment < ?", arguments: [moment])
                for asker in try String.fetchAll(db, sql: "SELECT DISTINCT asker FROM told") {
                    try db.execute(
                        sql: """
                            DELETE FROM told WHERE asker = ?1 AND id <= coalesce((
                                SELECT id FROM told WHERE asker = ?1 ORDER BY id DESC LIMIT 1 OFFSET ?2), -1)
                            """, arguments: [asker, count])
                }
            }
        }
    }

    private func run<Value>(_ body: () throws -> Value) throws(IndexError) -> Value {
        do { return try body() } catch { throw IndexError(error) }
    }
}
