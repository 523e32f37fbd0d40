import Federation
public import FoundationEssentials
import GRDB

extension RequestStore {
    /// How long each site takes. Medians, because one request that lay for a year says little of the others.
    public func pace(at now: Date) throws(RequestError) -> [SitePace] {
        try read { database in
            let rows = try Row.fetchAll(
                database,
                sql: """
                    SELECT site, state, isOpen, due, contacted, answered, decided FROM site
                    WHERE contacted IS NOT NULL ORDER BY site
                    """)
            var pace: [SitePace] = []
            var rest = rows[...]
            while let name = rest.first?["site"] as String?, let site = SiteID(name) {
                let own = rest.prefix { $0["site"] == name }
                rest = rest.dropFirst(own.count)
                pace.append(Self.pace(site, Array(own), now.storedSeconds))
            }
            return pace
        }
    }

    private static func pace(_ site: SiteID, _ rows: [Row], _ now: Int64) -> SitePace {
        func days(_ column: String) -> Double? {
            let times = rows.compactMap { row -> Int64? in
                guard let end = row[column] as Int64?, let start = row["contacted"] as Int64? else { return nil }
                return max(0, end - start)
            }.sorted()
            guard !times.isEmpty else { return nil }
            let (low, high) = (times[(times.count - 1) / 2], times[times.count / 2])
            return Double(low + high) / 2 / 86_400
        }
        let open = rows.filter { $0["isOpen"] == 1 }
        return SitePace(
            site: site, told: rows.count, decided: rows.count { $0["decided"] != nil },
            granted: rows.count { $0["state"] == SiteState.granted.rawValue }, waiting: open.count,
            overdue: open.count { ($0["due"] as Int64?).map { $0 < now } ?? false }, daysToAnswer: days("answered"),
            daysToDecide: days("decided"))
    }
}
