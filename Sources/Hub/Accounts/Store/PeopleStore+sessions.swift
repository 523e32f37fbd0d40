import FoundationEssentials
import GRDB
import Governance

extension PeopleStore {
    func add(_ session: Session) throws(PeopleError) {
        try write { database in
            try database.execute(
                sql: """
                    INSERT INTO session (hash, person, stage, method, created, seen, expires, agent, acr, issuer, subject,
                        sid, pending) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
                    """,
                arguments: [
                    Data(session.hash), session.person.text, session.stage.rawValue, session.method.rawValue,
                    session.created.seconds, session.seen.seconds, session.expires.seconds, session.agent, session.acr,
                    session.issuer, session.subject, session.sid, session.pending.map { Data($0) },
                ])
        }
    }

    /// The session and its person; nil where it is unknown, idle for too long, or over.
    func session(_ hash: [UInt8], at now: Date) throws(PeopleError) -> (session: Session, person: Person)? {
        try read { database in
            guard
                let row = try Row.fetchOne(
                    database.cachedStatement(
                        sql: "SELECT * FROM session WHERE hash = ? AND expires > ? AND seen > ?"),
                    arguments: [Data(hash), now.seconds, now.seconds - Int64(Session.idle)]),
                let session = Self.session(row), let person = try Self.person(session.person, database)
            else { return nil }
            return (session, person)
        }
    }

    private static func session(_ row: Row) -> Session? {
        guard let person = PersonID(row["person"]), let stage = Session.Stage(rawValue: row["stage"]),
            let method = Session.Method(rawValue: row["method"])
        else { return nil }
        return Session(
            hash: [UInt8](row["hash"] as Data), person: person, stage: stage, method: method,
            created: Date(seconds: row["created"]), seen: Date(seconds: row["seen"]),
            expires: Date(seconds: row["expires"]), agent: row["agent"], acr: row["acr"], issuer: row["issuer"],
            subject: row["subject"], sid: row["sid"], pending: (row["pending"] as Data?).map { [UInt8]($0) })
    }

    /// Everything that is signed in as this person.
    func sessions(of person: PersonID, at now: Date) throws(PeopleError) -> [Session] {
        try read { database in
            try Row.fetchAll(
                database,
                sql: """
                    SELECT * FROM session WHERE person = ? AND expires > ? AND seen > ? AND stage = 'full'
                    ORDER BY created DESC LIMIT 100
                    """, arguments: [person.text, now.seconds, now.seconds - Int64(Session.idle)]
            ).compactMap(Self.session)
        }
    }

    func touch(_ hash: [UInt8], at now: Date) throws(PeopleError) {
        try write { database in
            try database.execute(
                sql: "UPDATE session SET seen = ? WHERE hash = ?", arguments: [now.seconds, Data(hash)])
        }
    }

    func setPending(_ secret: [UInt8]?, of hash: [UInt8]) throws(PeopleError) {
        try write { database in
            try database.execute(
                sql: "UPDATE session SET pending = ? WHERE hash = ?", arguments: [secret.map { Data($0) }, Data(hash)])
        }
    }

    func endSession(_ hash: [UInt8]) throws(PeopleError) {
        try write { try $0.execute(sql: "DELETE FROM session WHERE hash = ?", arguments: [Data(hash)]) }
    }

    /// Ends the person's sessions, but for one, and returns how many.
    @discardableResult
    func endSessions(of person: PersonID, but kept: [UInt8]? = nil) throws(PeopleError) -> Int {
        try write { database in
            try database.execute(
                sql: "DELETE FROM session WHERE person = ? AND hash <> ?",
                arguments: [person.text, Data(kept ?? [])])
            return database.changesCount
        }
    }

    /// Ends what a provider's logout names: a session of its own, or all of a subject.
    @discardableResult
    func endSessions(issuer: String, subject: String?, sid: String?) throws(PeopleError) -> Int {
        guard subject != nil || sid != nil else { return 0 }
        return try write { database in
            try database.execute(
                sql: """
                    DELETE FROM session WHERE issuer = ?1 AND (?2 IS NULL OR subject = ?2) AND (?3 IS NULL OR sid = ?3)
                    """, arguments: [issuer, subject, sid])
            return database.changesCount
        }
    }

    /// Clears away what is over.
    func forgetOver(at now: Date) throws(PeopleError) {
        try write { database in
            try database.execute(
                sql: "DELETE FROM session WHERE expires <= ? OR seen <= ?",
                arguments: [now.seconds, now.seconds - Int64(Session.idle)])
            for (table, column) in [
                ("token", "expires"), ("device", "expires"), ("flow", "expires"), ("recovery", "expires"),
                ("spent", "until"), ("visa", "expires"),
            ] {
                try database.execute(sql: "DELETE FROM \(table) WHERE \(column) <= ?", arguments: [now.seconds])
            }
            try database.execute(
                sql: "DELETE FROM failure WHERE until <= ?1 AND last <= ?1 - 86400", arguments: [now.seconds])
        }
    }
}
