import Federation
import FoundationEssentials
import GRDB

extension RequestStore {
    /// A page of the requests that a filter lets through, and whether there is another page. What people typed is only
    /// ever a value of a statement, never a part of one.
    public func list(_ filter: RequestFilter) throws(RequestError) -> (requests: [RequestSummary], isMore: Bool) {
        var tables = "request"
        var conditions: [String] = []
        var arguments: StatementArguments = []
        var order = "request.changed DESC"
        func places(_ count: Int) -> String { Array(repeating: "?", count: count).joined(separator: ", ") }
        switch filter.scope {
        case .person(let person):
            tables = "person JOIN request ON request.id = person.request"
            conditions.append("person.person = ?")
            arguments += [person.text]
            order = "person.changed DESC, person.request"
        case .sites(let sites):
            guard !sites.isEmpty else { return ([], false) }
            let names = sites.map(\.text).sorted()
            // A request at two of somebody's sites is one request.
            let open = filter.isOpenAtSite ? "AND isOpen = 1" : "AND contacted IS NOT NULL"
            tables = """
                (SELECT request, min(coalesce(due, 253402300799)) AS first FROM site
                 WHERE site IN (\(places(names.count))) \(open) GROUP BY request) AS mine
                JOIN request ON request.id = mine.request
                """
            arguments += StatementArguments(names)
            order = filter.isOpenAtSite ? "mine.first, request.id" : "request.changed DESC, request.id"
        case .all: conditions.append("request.handedIn = 1")
        }
        if let states = filter.states {
            guard !states.isEmpty else { return ([], false) }
            conditions.append("request.state IN (\(places(states.count)))")
            arguments += StatementArguments(states.map(\.rawValue).sorted())
        }
        if !filter.words.isEmpty {
            conditions.append("request.title LIKE ? ESCAPE '\\'")
            arguments += ["%" + Self.escaped(String(filter.words.prefix(100))) + "%"]
        }
        let page = min(max(0, filter.page), 1_000_000)
        let limit = RequestFilter.pageSize
        arguments += [limit + 1, page * limit]
        let sql = """
            SELECT request.* FROM \(tables) \(conditions.isEmpty ? "" : "WHERE " + conditions.joined(separator: " AND "))
            ORDER BY \(order) LIMIT ? OFFSET ?
            """
        return try read { database in
            let rows = try Row.fetchAll(database, sql: sql, arguments: arguments)
            let sites = try Self.sites(of: rows.prefix(limit).map { $0["id"] }, in: database)
            return (try rows.prefix(limit).map { try Self.summary($0, sites[$0["id"]] ?? []) }, rows.count > limit)
        }
    }

    /// `%` and `_` stand for themselves.
    private static func escaped(_ words: String) -> String {
        words.reduce(into: "") { text, character in
            if character == "%" || character == "_" || character == "\\" { text.append("\\") }
            text.append(character)
        }
    }

    private static func sites(of ids: [String], in database: Database) throws -> [String: [RequestSummary.Site]] {
        guard !ids.isEmpty else { return [:] }
        let places = Array(repeating: "?", count: ids.count).joined(separator: ", ")
        let rows = try Row.fetchAll(
            database,
            sql: "SELECT request, site, state, due FROM site WHERE request IN (\(places)) ORDER BY request, place",
            arguments: StatementArguments(ids))
        var sites: [String: [RequestSummary.Site]] = [:]
        for row in rows {
            guard let site = SiteID(row["site"]), let state = SiteState(rawValue: row["state"]) else {
                throw RequestError.store("a site's row does not hold what it should")
            }
            sites[row["request"], default: []].append(
                .init(site: site, state: state, due: (row["due"] as Int64?).map { Date(storedSeconds: $0) }))
        }
        return sites
    }

    private static func summary(_ row: Row, _ sites: [RequestSummary.Site]) throws -> RequestSummary {
        guard let state = RequestState(rawValue: row["state"]) else {
            throw RequestError.store("a request's row does not hold what it should")
        }
        return RequestSummary(
            id: row["id"], title: row["title"], applicant: row["applicant"], state: state,
            created: Date(storedSeconds: row["created"]), changed: Date(storedSeconds: row["changed"]),
            due: (row["due"] as Int64?).map { Date(storedSeconds: $0) }, sites: sites)
    }
}
