import FoundationEssentials
import GRDB

/// How far a question has got.
struct QuestionState: Sendable, Equatable {
    var expires: Moment
    /// Sites that have not answered.
    var open: Set<SiteID>
    /// What the others answered.
    var answers: [Envelope]
}

extension HubStore {
    /// Nil where there is no such question, or no longer.
    func question(_ id: MessageID) throws(FederationError) -> QuestionState? {
        try read { database in
            var state: QuestionState?
            let rows = try Row.fetchAll(
                database.cachedStatement(sql: "SELECT recipient, expires, state FROM task WHERE id = ?"),
                arguments: [id.text])
            for row in rows {
                guard let site = SiteID(row["recipient"]), let expires = Moment(milliseconds: row["expires"]) else {
                    continue
                }
                var next = state ?? QuestionState(expires: expires, open: [], answers: [])
                if row["state"] != "answered" { next.open.insert(site) }
                state = next
            }
            state?.answers = try Data.fetchAll(
                database.cachedStatement(sql: "SELECT envelope FROM answer WHERE task = ? ORDER BY site"),
                arguments: [id.text]
            ).map(StoredEnvelope.read)
            return state
        }
    }

    /// Removes questions, their answers, and remembered identifiers whose time is over; returns the questions.
    func expire(now: Moment) async throws(FederationError) -> [MessageID] {
        try await commits.write { database in
            // With DISTINCT it would be read in the order of the identifiers, past every envelope.
            let over = try String.fetchSet(
                database.cachedStatement(sql: "SELECT id FROM task WHERE expires <= ?"), arguments: [now.milliseconds])
            for id in over {
                try database.cachedStatement(sql: "DELETE FROM task WHERE id = ?").execute(arguments: [id])
                try database.cachedStatement(sql: "DELETE FROM answer WHERE task = ?").execute(arguments: [id])
            }
            try database.cachedStatement(sql: "DELETE FROM seen WHERE until <= ?").execute(arguments: [now.milliseconds]
            )
            return over.compactMap { MessageID($0) }
        }
    }

    /// A message of a site whose handler is not done.
    struct Incoming: Sendable {
        let number: Int64
        let kind: String
        let bytes: Data
    }

    /// The first that came after the one with this number: one at a time, since each may be large.
    func incoming(after number: Int64) throws(FederationError) -> Incoming? {
        try read { database in
            try Row.fetchOne(
                database.cachedStatement(
                    sql: "SELECT number, kind, envelope FROM incoming WHERE number > ? ORDER BY number LIMIT 1"),
                arguments: [number]
            ).map { Incoming(number: $0["number"], kind: $0["kind"], bytes: $0["envelope"]) }
        }
    }

    func incomingCount() throws(FederationError) -> Int {
        try read { try Int.fetchOne($0, sql: "SELECT count(*) FROM incoming") ?? 0 }
    }

    func removeIncoming(_ number: Int64) async throws(FederationError) {
        try await commits.write { try $0.execute(sql: "DELETE FROM incoming WHERE number = ?", arguments: [number]) }
    }
}

extension HubStore {
    /// Moves when another process writes to the database, and only then: SQLite's `data_version`, asked on the one
    /// connection that this process writes with.
    func version() async throws(FederationError) -> Int64 {
        do {
            return try await pool.writeWithoutTransaction { database in
                try Int64.fetchOne(database, sql: "PRAGMA data_version") ?? 0
            }
        } catch {
            throw .database(error)
        }
    }

    /// Whether ``expire(now:)`` would remove anything.
    func isAnythingOver(now: Moment) throws(FederationError) -> Bool {
        try read { database in
            try Bool.fetchOne(
                database.cachedStatement(
                    sql: """
                        SELECT EXISTS (SELECT 1 FROM task WHERE expires <= ?1)
                            OR EXISTS (SELECT 1 FROM seen WHERE until <= ?1)
                        """), arguments: [now.milliseconds]) ?? false
        }
    }
}
