import FoundationEssentials
import GRDB
import Governance

extension PeopleStore {
    /// More terminals than this do not wait at the same time.
    private static let mostDevices = 10_000

    /// Remembers a terminal that waits; false where too many do, or the code is taken.
    func add(_ device: DeviceRequest, hash: [UInt8], at now: Date) throws(PeopleError) -> Bool {
        try write { database in
            try database.execute(sql: "DELETE FROM device WHERE expires <= ?", arguments: [now.seconds])
            let count = try Int.fetchOne(database, sql: "SELECT count(*) FROM device") ?? 0
            guard count < Self.mostDevices else { return false }
            try database.execute(
                sql: """
                    INSERT OR IGNORE INTO device (hash, code, client, scopes, created, expires, polled, wait, state)
                    VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)
                    """,
                arguments: [
                    Data(hash), device.code, device.client,
                    device.scopes.map(\.rawValue).sorted().joined(separator: " "), now.seconds, device.expires.seconds,
                    device.polled.seconds, device.wait, device.state.rawValue,
                ])
            return database.changesCount == 1
        }
    }

    /// The terminal of this code, while it waits.
    func device(code: String, at now: Date) throws(PeopleError) -> DeviceRequest? {
        try read { database in
            try Row.fetchOne(
                database, sql: "SELECT * FROM device WHERE code = ? AND expires > ? AND state = 'waiting'",
                arguments: [code, now.seconds]
            ).map(Self.device)
        }
    }

    /// What the person said; false where nothing waits under this code (any more).
    func decide(code: String, _ state: DeviceRequest.State, by person: PersonID, at now: Date) throws(PeopleError)
        -> Bool
    {
        try write { database in
            try database.execute(
                sql: "UPDATE device SET state = ?, person = ? WHERE code = ? AND expires > ? AND state = 'waiting'",
                arguments: [state.rawValue, person.text, code, now.seconds])
            return database.changesCount == 1
        }
    }

    /// A question of the terminal itself: what it waits for, as it was before. Once decided it is taken out.
    func pollDevice(_ hash: [UInt8], at now: Date) throws(PeopleError) -> DeviceRequest? {
        try write { database in
            guard
                let device = try Row.fetchOne(
                    database, sql: "SELECT * FROM device WHERE hash = ?", arguments: [Data(hash)]
                ).map(Self.device)
            else { return nil }
            if device.state != .waiting || device.expires <= now {
                try database.execute(sql: "DELETE FROM device WHERE hash = ?", arguments: [Data(hash)])
            } else {
                // RFC 8628, section 3.5: who asks too soon waits five seconds longer from then on.
                let isSoon = now.seconds - device.polled.seconds < device.wait
                try database.execute(
                    sql: "UPDATE device SET polled = ?, wait = ? WHERE hash = ?",
                    arguments: [now.seconds, min(60, device.wait + (isSoon ? 5 : 0)), Data(hash)])
            }
            return device
        }
    }

    private static func device(_ row: Row) -> DeviceRequest {
        DeviceRequest(
            code: row["code"], client: row["client"],
            scopes: Set(
                (row["scopes"] as String).split(separator: " ").compactMap { TokenScope(rawValue: String($0)) }),
            state: DeviceRequest.State(rawValue: row["state"]) ?? .denied,
            person: (row["person"] as String?).flatMap { PersonID($0) }, expires: Date(seconds: row["expires"]),
            polled: Date(seconds: row["polled"]), wait: row["wait"])
    }
}
