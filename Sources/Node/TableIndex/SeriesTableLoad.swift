import Catalogue
import Crypto
import Curation
import DICOM
import Runtime

/// Loads one table of series into the index: row by row, all of it or nothing.
struct SeriesTableLoad {
    let index: Index
    let profile: ConfidentialityProfile
    let pseudonyms: Pseudonymizer
    /// Changes with key and profile.
    let fingerprint: String
    /// The same PatientID in two data sets is two patients.
    let patientsOfDataSet: Bool

    /// Raised when the same table would be loaded otherwise than before.
    private static let form = "1"

    /// A table with more rows than this that are no rows is no table.
    private static let mostMalformed = 1_000

    func run(_ source: some ByteSource, name: String, listing: String) throws -> SeriesTableReport {
        let started = ContinuousClock.now
        var report = SeriesTableReport(table: name)
        let content = try Self.digest(source)
        let version = Array(
            SHA256.hash(data: content + Array("\(fingerprint) \(patientsOfDataSet) \(Self.form)".utf8)))
        var table = try TableReader(source)
        var reader = try SeriesRowReader(
            columns: table.columns, profile: profile, pseudonyms: pseudonyms, patientsOfDataSet: patientsOfDataSet)
        report.unusedColumns = reader.unusedColumns
        report.removedColumns = reader.removedColumns
        if try index.listingVersion(of: listing) == version {
            report.isUnchanged = true
            return report
        }
        var findings = FindingList()
        var malformed = 0
        report.changes = try index.load(listing: listing, version: version) {
            while true {
                let fields: [String]?
                do throws(TableError) { fields = try table.next() } catch {
                    guard error.code == .form, error.isOfOneRow, malformed < Self.mostMalformed else { throw error }
                    malformed += 1
                    report.rows += 1
                    findings.add(error.message, column: nil, row: table.row, setsRowAside: true)
                    continue
                }
                guard let fields else {
                    guard try Self.digest(source) == content else { throw Self.changed }
                    return nil
                }
                report.rows += 1
                do throws(SeriesRowReader.Refusal) {
                    let record = try reader.record(fields)
                    for (column, problem) in reader.problems {
                        findings.add(problem, column: column, row: table.row)
                    }
                    return record
                } catch {
                    report.setAside += 1
                    findings.add(error.problem, column: error.column, row: table.row, setsRowAside: true)
                }
            }
        } outcome: { outcome, conflicts in
            switch outcome {
            case .added, .changed, .unchanged: break
            case .repeated: report.repeated += 1
            case .hasImages: report.withImages += 1
            case .contradicted, .listedElsewhere:
                report.setAside += 1
                findings.add(outcome.problem, column: nil, row: table.row, setsRowAside: true)
            }
            for conflict in conflicts.sorted(by: { $0.column < $1.column }) {
                findings.add(conflict.problem, column: conflict.column, row: table.row)
            }
        }
        report.setAside += malformed
        report.findings = findings.list
        report.milliseconds = started.duration(to: .now) / .milliseconds(1)
        return report
    }

    private static let changed = TableError(
        .changed, "the table changed while it was read; wait until nobody writes it, and start again")

    /// SHA-256 of all bytes.
    private static func digest(_ source: some ByteSource) throws -> [UInt8] {
        var hash = SHA256()
        var offset = 0
        while true {
            let bytes = try source.read(at: offset, count: 1 << 20)
            if bytes.isEmpty { return Array(hash.finalize()) }
            hash.update(data: bytes)
            offset += bytes.count
        }
    }
}

extension TableError {
    /// Whether the rows that follow can be read all the same.
    fileprivate var isOfOneRow: Bool { row != nil && message.contains("fields and") }
}

extension ListingOutcome {
    fileprivate var problem: String {
        switch self {
        case .contradicted: "an earlier row says something else of the same series; the first one stays"
        case .listedElsewhere: "another table lists the same series; what that one says stays"
        case .added, .changed, .unchanged, .repeated, .hasImages: ""
        }
    }
}

extension ListingConflict {
    fileprivate var column: String {
        switch self {
        case .sex: "PatientSex"
        case .age: "PatientAge"
        case .studyDate: "StudyDate"
        }
    }

    fileprivate var problem: String {
        switch self {
        case .sex: "another row of the patient has another sex; the first one stays"
        case .age: "another row of the study has another age; the first one stays"
        case .studyDate: "another row of the study has another day; the first one stays"
        }
    }
}
