import FoundationEssentials
import GRDB
import Governance

/// A local account as it is stored.
struct StoredAccount: Sendable {
    /// nil until one was chosen.
    var password: PasswordHash?
    /// The second factor's secret; nil where there is none.
    var totp: [UInt8]?
    /// The time step of the last code that was used.
    var totpStep: Int64
}

extension PeopleStore {
    func account(_ id: PersonID) throws(PeopleError) -> StoredAccount? {
        try read { database in
            try Row.fetchOne(
                database,
                sql: """
                    SELECT password, totp, totpStep FROM account JOIN person ON person.id = person
                    WHERE person = ? AND removed IS NULL
                    """, arguments: [id.text]
            ).map { row in
                StoredAccount(
                    password: (row["password"] as String?).flatMap(PasswordHash.init(text:)),
                    totp: (row["totp"] as Data?).map { [UInt8]($0) }, totpStep: row["totpStep"])
            }
        }
    }

    /// Makes an account for a new person, who then chooses a password.
    func addAccount(_ person: Person, at now: Date) throws(PeopleError) {
        try write { database in
            try database.execute(
                sql: "INSERT INTO person (id, name, email, organisation, created) VALUES (?, ?, ?, ?, ?)",
                arguments: [person.id.text, person.name, person.email, person.organisation, now.seconds])
            try database.execute(sql: "INSERT INTO account (person) VALUES (?)", arguments: [person.id.text])
            for grant in person.roles { try Self.give(grant, to: person.id, source: "operator", database) }
        }
    }

    func setPassword(_ hash: PasswordHash, of id: PersonID) throws(PeopleError) {
        try write { database in
            try database.execute(
                sql: "UPDATE account SET password = ? WHERE person = ?", arguments: [hash.text, id.text])
        }
    }

    /// Sets the second factor; nil takes it away.
    func setTOTP(_ secret: [UInt8]?, step: Int64, of id: PersonID) throws(PeopleError) {
        try write { database in
            try database.execute(
                sql: "UPDATE account SET totp = ?, totpStep = ? WHERE person = ?",
                arguments: [secret.map { Data($0) }, step, id.text])
        }
    }

    /// Marks a code's time step as used; false where it, or a later one, was used before.
    func useStep(_ step: Int64, of id: PersonID) throws(PeopleError) -> Bool {
        try write { database in
            try database.execute(
                sql: "UPDATE account SET totpStep = ?1 WHERE person = ?2 AND totpStep < ?1", arguments: [step, id.text])
            return database.changesCount == 1
        }
    }

    // MARK: Recovery

    /// Replaces the person's one-time code; takes password and second factor away, and ends every session.
    func reset(_ id: PersonID, code hash: [UInt8], until: Date) throws(PeopleError) {
        try write { database in
            try database.execute(
                sql: "UPDATE account SET password = NULL, totp = NULL, totpStep = 0 WHERE person = ?",
                arguments: [id.text])
            for table in ["session", "recovery"] {
                try database.execute(sql: "DELETE FROM \(table) WHERE person = ?", arguments: [id.text])
            }
            try database.execute(
                sql: "INSERT INTO recovery (hash, person, expires) VALUES (?, ?, ?)",
                arguments: [Data(hash), id.text, until.seconds])
        }
    }

    /// Uses up a one-time code; nil where there is none, or it is out of date, or not this person's.
    func useRecovery(_ hash: [UInt8], of id: PersonID, at now: Date) throws(PeopleError) -> Bool {
        try write { database in
            try database.execute(
                sql: "DELETE FROM recovery WHERE hash = ? AND person = ? AND expires > ?",
                arguments: [Data(hash), id.text, now.seconds])
            return database.changesCount == 1
        }
    }

    // MARK: Failures

    /// Until when the sign-in name is locked.
    func lockedUntil(_ login: [UInt8]) throws(PeopleError) -> Date? {
        try read { database in
            try Int64.fetchOne(database, sql: "SELECT until FROM failure WHERE login = ?", arguments: [Data(login)])
                .map { Date(seconds: $0) }
        }
    }

    /// Counts an attempt as a failure until ``forgive(_:)`` says otherwise, and locks the name for the time that follows
    /// from how many there were. Where the name is locked already: until when, and nothing is counted.
    func beginAttempt(_ login: [UInt8], at now: Date, lock: (Int) -> Int64) throws(PeopleError) -> Date? {
        try write { database in
            let old = try Row.fetchOne(
                database, sql: "SELECT count, last, until FROM failure WHERE login = ?", arguments: [Data(login)])
            if let until = old?["until"] as Int64?, until > now.seconds { return Date(seconds: until) }
            // What was a day ago is forgotten.
            let isRecent = (old?["last"] as Int64?).map { now.seconds - $0 < 86_400 } ?? false
            let count = 1 + (isRecent ? (old?["count"] as Int?) ?? 0 : 0)
            try database.execute(
                sql: "INSERT OR REPLACE INTO failure (login, count, last, until) VALUES (?, ?, ?, ?)",
                arguments: [Data(login), count, now.seconds, now.seconds + lock(count)])
            return nil
        }
    }

    func forgive(_ login: [UInt8]) throws(PeopleError) {
        try write { try $0.execute(sql: "DELETE FROM failure WHERE login = ?", arguments: [Data(login)]) }
    }
}
