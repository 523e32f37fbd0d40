import Federation
public import FoundationEssentials
import GRDB

/// A request with its history.
public struct RequestRecord: Sendable, Equatable {
    public let request: AccessRequest
    public let events: [RequestEvent]
}

extension RequestStore {
    /// The request of that name, made from its events; nil where there is none.
    public func request(_ id: String) throws(RequestError) -> RequestRecord? {
        let events = try read { database in
            try Data.fetchAll(
                database.cachedStatement(sql: "SELECT document FROM event WHERE request = ? ORDER BY number"),
                arguments: [id])
        }
        guard !events.isEmpty else { return nil }
        var read: [RequestEvent] = []
        for (place, document) in events.enumerated() {
            guard let event = try? Self.decoder.decode(RequestEvent.self, from: document) else {
                throw .corrupt(event: place + 1)
            }
            read.append(event)
        }
        return RequestRecord(request: try AccessRequest(id: id, events: read), events: read)
    }

    /// Appends what happened to a request that had `version` events before, and what lists show of it after.
    ///
    /// Where somebody else was faster nothing is written, and the caller looks again.
    public func append(
        _ events: [RequestEvent], to version: Int, making request: AccessRequest, _ rules: RequestRules
    ) throws(RequestError) {
        var documents: [Data] = []
        for event in events {
            guard let document = try? Self.encoder.encode(event) else { throw .store("an event could not be written") }
            documents.append(document)
        }
        try write { database in
            let now =
                try Int.fetchOne(
                    database.cachedStatement(sql: "SELECT version FROM request WHERE id = ?"), arguments: [request.id])
                ?? 0
            guard now == version else { throw RequestError.changed(since: version, now: now) }
            let insert = try database.cachedStatement(sql: "INSERT INTO event VALUES (?, ?, ?)")
            for (event, document) in zip(events, documents) {
                try insert.execute(arguments: [request.id, event.number, document])
            }
            try Self.describe(request, rules, in: database)
        }
    }

    private static let encoder = {
        let encoder = JSONEncoder()
        encoder.outputFormatting = .sortedKeys
        return encoder
    }()
    private static let decoder = JSONDecoder()

    private static func describe(_ request: AccessRequest, _ rules: RequestRules, in database: Database) throws {
        let duties = request.duties(rules)
        let changed = request.lastChange.storedSeconds
        try database.cachedStatement(
            sql: """
                INSERT OR REPLACE INTO request
                    (id, version, state, title, applicant, created, changed, handedIn, due, wake)
                VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
                """
        ).execute(arguments: [
            request.id, request.version, request.state.rawValue, request.title, request.applicant.name,
            request.created.storedSeconds, changed, request.submission > 0 ? 1 : 0,
            duties.map(\.due).min()?.storedSeconds, request.nextWake(rules)?.storedSeconds,
        ])
        try database.cachedStatement(sql: "DELETE FROM person WHERE request = ?").execute(arguments: [request.id])
        for person in [request.applicant] + request.collaborators {
            try database.cachedStatement(sql: "INSERT OR REPLACE INTO person VALUES (?, ?, ?)").execute(arguments: [
                person.id.text, request.id, changed,
            ])
        }
        try database.cachedStatement(sql: "DELETE FROM site WHERE request = ?").execute(arguments: [request.id])
        for (place, site) in request.sites.enumerated() {
            let duty = duties.first { $0.site == site.site }
            try database.cachedStatement(
                sql: """
                    INSERT INTO site
                        (request, site, place, state, isOpen, changed, due, contacted, answered, decided)
                    VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
                    """
            ).execute(arguments: [
                request.id, site.site.text, place, site.state.rawValue, duty?.party == .committee ? 1 : 0, changed,
                duty?.due.storedSeconds, site.contacted?.storedSeconds, site.answered?.storedSeconds,
                site.decided?.storedSeconds,
            ])
        }
    }

    /// Requests with which the clock has something to do by `now`, the longest waiting first.
    public func waking(at now: Date, atMost limit: Int = 1000) throws(RequestError) -> [String] {
        try read { database in
            try String.fetchAll(
                database.cachedStatement(sql: "SELECT id FROM request WHERE wake <= ? ORDER BY wake LIMIT ?"),
                arguments: [now.storedSeconds, limit])
        }
    }
}
