import Catalogue
import Curation
import Runtime

extension Node {
    /// What tables a site without images here loads.
    public struct TableIndexRequest: Sendable {
        /// One row a series.
        public var series: String?
        /// What the table of series is called: what is loaded under the same name again replaces what was loaded before.
        /// nil: its file's name.
        public var name: String?
        /// One row a data set.
        public var dataSets: String?
        /// The same PatientID in two data sets is one patient.
        public var patientsSpanDataSets = false
        public var acceptsProfileChange = false

        public init(series: String?, dataSets: String? = nil) {
            self.series = series
            self.dataSets = dataSets
        }
    }

    /// Loads tables into the index: what images would say, from a site that holds the table and not the images.
    ///
    /// Questions are answered meanwhile, from what was loaded before. Each table is loaded whole or not at all.
    public func index(_ request: TableIndexRequest) throws -> TableIndexReport {
        guard let lock = try ExclusiveLock.take(folder.intakeLock) else {
            throw NodeError.intakeRuns(folder: folder.path)
        }
        defer { lock.release() }
        let deidentifier = Deidentifier(profile: try profile(), pseudonyms: try pseudonyms())
        try Continuity(path: folder.continuity, files: files).check(
            deidentifier, acceptsProfileChange: request.acceptsProfileChange)
        let index = try openIndex()
        var report = TableIndexReport()
        if let path = request.dataSets {
            report.dataSets = try reading(path) { source in
                let table = try DataSetTable(source)
                return TableIndexReport.DataSets(
                    table: FilePath.name(path), count: table.dataSets.count,
                    isChanged: try index.describe(dataSets: table.dataSets), unusedColumns: table.unusedColumns)
            }
        }
        if let path = request.series {
            let load = SeriesTableLoad(
                index: index, profile: deidentifier.profile, pseudonyms: deidentifier.pseudonyms,
                fingerprint: deidentifier.fingerprint, patientsOfDataSet: !request.patientsSpanDataSets)
            report.series = try reading(path) { source in
                // A table that is exported again has the same name, wherever it lies.
                let name = request.name ?? FilePath.name(path)
                return try load.run(source, name: name, listing: name)
            }
        }
        report.holds = try index.totals()
        return report
    }

    /// Opens a table, and closes it again. What is wrong with it is told with its name.
    private func reading<Value>(_ path: String, _ body: (ZeroFreeSource<FileSource>) throws -> Value) throws -> Value {
        let source = try FileSource(path: path, files: files)
        defer { source.close() }
        do {
            return try body(ZeroFreeSource(source))
        } catch let error as TableError {
            throw NodeError.table("\(path): \(error). Nothing of this table was loaded")
        }
    }
}
