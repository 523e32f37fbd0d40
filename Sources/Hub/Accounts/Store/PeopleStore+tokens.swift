import FoundationEssentials
import GRDB
import Governance

extension PeopleStore {
    func add(_ token: PersonalToken, hash: [UInt8]) throws(PeopleError) {
        try write { database in
            try database.execute(
                sql: """
                    INSERT INTO token (hash, id, person, name, scopes, created, expires)
                    VALUES (?, ?, ?, ?, ?, ?, ?)
                    """,
                arguments: [
                    Data(hash), token.id, token.person.text, token.name,
                    token.scopes.map(\.rawValue).sorted().joined(separator: " "), token.created.seconds,
                    token.expires.seconds,
                ])
        }
    }

    /// The token and its person; nil where it is unknown, revoked or out of date.
    func token(_ hash: [UInt8], at now: Date) throws(PeopleError) -> (token: PersonalToken, person: Person)? {
        try read { database in
            guard
                let row = try Row.fetchOne(
                    database.cachedStatement(sql: "SELECT * FROM token WHERE hash = ? AND expires > ?"),
                    arguments: [Data(hash), now.seconds]),
                let token = Self.token(row), let person = try Self.person(token.person, database)
            else { return nil }
            return (token, person)
        }
    }

    func tokens(of person: PersonID, at now: Date) throws(PeopleError) -> [PersonalToken] {
        try read { database in
            try Row.fetchAll(
                database,
                sql: "SELECT * FROM token WHERE person = ? AND expires > ? ORDER BY created DESC LIMIT 100",
                arguments: [person.text, now.seconds]
            ).compactMap(Self.token)
        }
    }

    func touchToken(_ hash: [UInt8], at now: Date) throws(PeopleError) {
        try write { database in
            try database.execute(
                sql: "UPDATE token SET used = ?1 WHERE hash = ?2 AND (used IS NULL OR used <= ?1 - 60)",
                arguments: [now.seconds, Data(hash)])
        }
    }

    /// Revokes a token of the person; false where they have none of this id.
    func revokeToken(_ id: String, of person: PersonID) throws(PeopleError) -> Bool {
        try write { database in
            try database.execute(
                sql: "DELETE FROM token WHERE id = ? AND person = ?", arguments: [id, person.text])
            return database.changesCount == 1
        }
    }

    private static func token(_ row: Row) -> PersonalToken? {
        guard let person = PersonID(row["person"]) else { return nil }
        return PersonalToken(
            id: row["id"], person: person, name: row["name"],
            scopes: Set(
                (row["scopes"] as String).split(separator: " ").compactMap { TokenScope(rawValue: String($0)) }),
            created: Date(seconds: row["created"]), expires: Date(seconds: row["expires"]),
            used: (row["used"] as Int64?).map { Date(seconds: $0) })
    }
}
