import Federation
import FoundationEssentials
import GRDB
import Governance

extension PeopleStore {
    /// The person with the roles they hold; nil where there is none, or they were removed.
    func person(_ id: PersonID) throws(PeopleError) -> Person? {
        try read { try Self.person(id, $0) }
    }

    static func person(_ id: PersonID, _ database: Database) throws -> Person? {
        guard
            let row = try Row.fetchOne(
                database.cachedStatement(
                    sql: "SELECT name, email, organisation FROM person WHERE id = ? AND removed IS NULL"),
                arguments: [id.text])
        else { return nil }
        return Person(
            id: id, name: row["name"], email: row["email"], organisation: row["organisation"],
            roles: try roles(of: id, database))
    }

    private static func roles(of id: PersonID, _ database: Database) throws -> Set<RoleGrant> {
        let rows = try Row.fetchAll(
            database.cachedStatement(sql: "SELECT role, site FROM \"grant\" WHERE person = ?"), arguments: [id.text])
        return Set(rows.compactMap { row in Self.grant(row["role"], row["site"]) })
    }

    private static func grant(_ role: String, _ site: String) -> RoleGrant? {
        Role(rawValue: role).flatMap { RoleGrant($0, at: SiteID(site)) }
    }

    /// Everybody who was not removed, by name, at most `limit` after the id `after`.
    func people(after: String = "", limit: Int = 1000) throws(PeopleError) -> [Person] {
        try read { database in
            let ids = try String.fetchAll(
                database,
                sql: "SELECT id FROM person WHERE removed IS NULL AND id > ? ORDER BY id LIMIT ?",
                arguments: [after, limit])
            return try ids.compactMap { id in try PersonID(id).flatMap { try Self.person($0, database) } }
        }
    }

    /// Adds a person, or takes over what their provider says of them now.
    func put(_ person: Person, at now: Date) throws(PeopleError) {
        try write { database in
            try database.execute(
                sql: """
                    INSERT INTO person (id, name, email, organisation, created) VALUES (?, ?, ?, ?, ?)
                    ON CONFLICT (id) DO UPDATE SET name = excluded.name, email = excluded.email,
                        organisation = excluded.organisation
                    """,
                arguments: [person.id.text, person.name, person.email, person.organisation, now.seconds])
        }
    }

    func isKnown(_ id: PersonID) throws(PeopleError) -> Bool {
        try read { database in
            try Bool.fetchOne(
                database, sql: "SELECT EXISTS (SELECT 1 FROM person WHERE id = ?)", arguments: [id.text]) ?? false
        }
    }

    /// Gives a role. `source` is who says so: `operator`, or `claims`.
    func give(_ grant: RoleGrant, to id: PersonID, source: String = "operator") throws(PeopleError) {
        try write { try Self.give(grant, to: id, source: source, $0) }
    }

    static func give(_ grant: RoleGrant, to id: PersonID, source: String, _ database: Database) throws {
        try database.execute(
            sql: "INSERT OR IGNORE INTO \"grant\" (person, role, site, source) VALUES (?, ?, ?, ?)",
            arguments: [id.text, grant.role.rawValue, grant.site?.description ?? "", source])
    }

    /// Takes a role away, whoever said so.
    func take(_ grant: RoleGrant, from id: PersonID) throws(PeopleError) {
        try write { database in
            try database.execute(
                sql: "DELETE FROM \"grant\" WHERE person = ? AND role = ? AND site = ?",
                arguments: [id.text, grant.role.rawValue, grant.site?.description ?? ""])
        }
    }

    /// Replaces the roles that a provider's claims give.
    func setClaimed(_ grants: Set<RoleGrant>, of id: PersonID) throws(PeopleError) {
        try write { database in
            try database.execute(
                sql: "DELETE FROM \"grant\" WHERE person = ? AND source = 'claims'", arguments: [id.text])
            for grant in grants { try Self.give(grant, to: id, source: "claims", database) }
        }
    }

    func operators() throws(PeopleError) -> Set<String> {
        try read { database in
            try String.fetchSet(
                database,
                sql: """
                    SELECT person FROM "grant" JOIN person ON person.id = person
                    WHERE role = ? AND removed IS NULL
                    """, arguments: [Role.federationOperator.rawValue])
        }
    }

    /// Ends everything of a person: sessions, tokens, roles, ways to sign in. The id stays taken, since documents name it.
    func remove(_ id: PersonID, at now: Date) throws(PeopleError) {
        try write { database in
            for table in ["session", "token", "\"grant\"", "account", "recovery", "visa"] {
                try database.execute(sql: "DELETE FROM \(table) WHERE person = ?", arguments: [id.text])
            }
            try database.execute(sql: "DELETE FROM device WHERE person = ?", arguments: [id.text])
            try database.execute(
                sql: "UPDATE person SET removed = ? WHERE id = ?", arguments: [now.seconds, id.text])
        }
    }
}
