import FoundationEssentials
import GRDB
import Governance

/// A sign-in that is under way at a provider.
struct ProviderFlow: Sendable, Equatable {
    /// SHA-256 of the state that comes back with the answer.
    let state: [UInt8]
    /// SHA-256 of the cookie of the browser that began it.
    let browser: [UInt8]
    let nonce: String
    /// PKCE's secret (RFC 7636).
    let verifier: String
    let destination: String
    let expires: Date
}

extension PeopleStore {
    /// Remembers a sign-in; where there are too many, those that began first give way.
    func add(_ flow: ProviderFlow, most: Int = 10_000) throws(PeopleError) {
        try write { database in
            try database.execute(
                sql: """
                    INSERT INTO flow (state, browser, nonce, verifier, destination, expires) VALUES (?, ?, ?, ?, ?, ?)
                    """,
                arguments: [
                    Data(flow.state), Data(flow.browser), flow.nonce, flow.verifier, flow.destination,
                    flow.expires.seconds,
                ])
            try database.execute(
                sql: "DELETE FROM flow WHERE state IN (SELECT state FROM flow ORDER BY expires DESC LIMIT -1 OFFSET ?)",
                arguments: [most])
        }
    }

    /// Takes the sign-in of this state out: it is good for one answer. nil where there is none, or it is too old.
    func takeFlow(_ state: [UInt8], at now: Date) throws(PeopleError) -> ProviderFlow? {
        try write { database in
            let row = try Row.fetchOne(
                database, sql: "SELECT * FROM flow WHERE state = ? AND expires > ?",
                arguments: [Data(state), now.seconds])
            try database.execute(sql: "DELETE FROM flow WHERE state = ?", arguments: [Data(state)])
            return row.map { row in
                ProviderFlow(
                    state: state, browser: [UInt8](row["browser"] as Data), nonce: row["nonce"],
                    verifier: row["verifier"], destination: row["destination"], expires: Date(seconds: row["expires"]))
            }
        }
    }

    /// Marks something as used; false where it was before.
    func spend(_ id: [UInt8], until: Date) throws(PeopleError) -> Bool {
        try write { database in
            try database.execute(
                sql: "INSERT OR IGNORE INTO spent (id, until) VALUES (?, ?)", arguments: [Data(id), until.seconds])
            return database.changesCount == 1
        }
    }

    /// Replaces the visas that a person brought.
    func setVisas(_ visas: [StoredVisa], of person: PersonID) throws(PeopleError) {
        try write { database in
            try database.execute(sql: "DELETE FROM visa WHERE person = ?", arguments: [person.text])
            for (number, visa) in visas.enumerated() {
                try database.execute(
                    sql: "INSERT INTO visa (person, number, document, expires) VALUES (?, ?, ?, ?)",
                    arguments: [person.text, number, visa.document, visa.expires.seconds])
            }
        }
    }

    func visas(of person: PersonID, at now: Date) throws(PeopleError) -> [StoredVisa] {
        try read { database in
            try Row.fetchAll(
                database, sql: "SELECT document, expires FROM visa WHERE person = ? AND expires > ? ORDER BY number",
                arguments: [person.text, now.seconds]
            ).map { StoredVisa(document: $0["document"], expires: Date(seconds: $0["expires"])) }
        }
    }
}

/// A verified visa as it is stored: JSON of a ``Visa``.
struct StoredVisa: Sendable, Equatable {
    let document: String
    let expires: Date
}
