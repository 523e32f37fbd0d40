public import Catalogue

/// What became of a table of series: true numbers, for the hospital's own people. No value of the table is in it.
public struct SeriesTableReport: Sendable, Equatable, Codable {
    /// Rows with one problem: where, and what to do.
    public struct Finding: Sendable, Equatable, Codable {
        /// nil where the whole row is meant.
        public var column: String?
        public var problem: String
        /// Whether rows with it are left out; otherwise the value alone is.
        public var setsRowAside: Bool
        public var count: Int
        /// The first of them; the names of the columns are row 1.
        public var rows: [Int]
    }

    public var table: String
    /// Rows in the table, the names of the columns left out.
    public var rows = 0
    public var changes = ListingChanges()
    /// Rows that say the same of the same series once more.
    public var repeated = 0
    /// Rows whose series are here with their images, so that nothing has to be said of them.
    public var withImages = 0
    /// Rows that were left out.
    public var setAside = 0
    public var findings: [Finding] = []
    /// Columns that the index has no use for.
    public var unusedColumns: [String] = []
    /// Columns that the profile does not keep.
    public var removedColumns: [String] = []
    /// The same table, with the same key and profile, was loaded before: there was nothing to do.
    public var isUnchanged = false
    /// How long it took.
    public var milliseconds = 0.0

    public init(table: String) { self.table = table }

    /// Whether everything that the table says is in the index, but for columns that have no place there.
    public var isComplete: Bool { findings.isEmpty }

    public var text: String {
        if isUnchanged { return "\(table): loaded before, and nothing has changed" }
        var lines = ["\(table): \(rows) rows"]
        lines.append(
            "  \(changes.added) series added, \(changes.changed) changed, \(changes.unchanged) as before, \(changes.removed) removed"
        )
        if withImages > 0 { lines.append("  \(withImages) series are here with their images, which say more") }
        if repeated > 0 { lines.append("  \(repeated) rows are there twice") }
        if setAside > 0 { lines.append("  \(setAside) rows set aside") }
        for finding in findings {
            let place = finding.column.map { "column \($0), " } ?? ""
            let rows = finding.rows.map(String.init).joined(separator: ", ")
            let more = finding.count > finding.rows.count ? ", …" : ""
            lines.append(
                "    \(place)\(finding.count == 1 ? "row" : "\(finding.count) rows:") \(rows)\(more): \(finding.problem)"
            )
        }
        if !removedColumns.isEmpty {
            lines.append("  not kept, since the profile removes them: \(removedColumns.joined(separator: ", "))")
        }
        if !unusedColumns.isEmpty {
            lines.append("  columns that the index has no use for: \(unusedColumns.joined(separator: ", "))")
        }
        if milliseconds > 0, rows > 0 {
            lines.append("  \(Int(Double(rows) / milliseconds * 1000)) rows a second")
        }
        return lines.joined(separator: "\n")
    }
}

/// Collects the problems of a table: each kind once, with its first rows.
struct FindingList {
    private struct Kind: Hashable {
        var column: String?
        var problem: String
        var setsRowAside: Bool
    }

    private var found: [Kind: (order: Int, count: Int, rows: [Int])] = [:]

    private static let listed = 5

    mutating func add(_ problem: String, column: String?, row: Int, setsRowAside: Bool = false) {
        let kind = Kind(column: column, problem: problem, setsRowAside: setsRowAside)
        var entry = found[kind] ?? (found.count, 0, [])
        entry.count += 1
        if entry.rows.count < Self.listed { entry.rows.append(row) }
        found[kind] = entry
    }

    var list: [SeriesTableReport.Finding] {
        found.sorted { $0.value.order < $1.value.order }.map { kind, entry in
            SeriesTableReport.Finding(
                column: kind.column, problem: kind.problem, setsRowAside: kind.setsRowAside, count: entry.count,
                rows: entry.rows)
        }
    }
}
