public import Cohort

/// What came of loading tables into the index.
public struct TableIndexReport: Sendable, Codable {
    public struct DataSets: Sendable, Codable {
        public var table: String
        public var count: Int
        public var isChanged: Bool
        public var unusedColumns: [String]
    }

    public var dataSets: DataSets?
    public var series: SeriesTableReport?
    /// Everything that the node holds now.
    public var holds = Counts()

    /// Whether everything was loaded that the tables say.
    public var isComplete: Bool { series?.isComplete ?? true }

    public var text: String {
        var lines: [String] = []
        if let dataSets {
            lines.append(
                "\(dataSets.table): \(dataSets.count) data sets described\(dataSets.isChanged ? "" : ", as before")")
            if !dataSets.unusedColumns.isEmpty {
                lines.append("  columns that have no use: \(dataSets.unusedColumns.joined(separator: ", "))")
            }
        }
        if let series { lines.append(series.text) }
        lines.append(
            "The node holds \(holds.patients) patients, \(holds.studies) studies, \(holds.series) series, \(holds.images) images."
        )
        return lines.joined(separator: "\n")
    }
}
