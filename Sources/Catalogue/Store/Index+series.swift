import FoundationEssentials
import GRDB
import Runtime

/// A series as the index lists it, with the objects in it.
public struct ListedSeries: Sendable, Equatable {
    /// An object of a series: its UID, and the digest that the store finds it by.
    public struct Object: Sendable, Equatable {
        public let instanceUID: String
        public let digest: String
    }

    /// The rows of patient, study and series: the order of ``Index/series(after:)``.
    public struct Row: Sendable, Hashable {
        public let patient: Int64
        public let study: Int64
        public let series: Int64

        public init(patient: Int64, study: Int64, series: Int64) {
            self.patient = patient
            self.study = study
            self.series = series
        }
    }

    public let row: Row
    public let patientID: String
    public let studyUID: String
    public let seriesUID: String
    /// In the order in which they came.
    public let objects: [Object]
}

extension Index {
    private static let listing = """
        SELECT series.patient, series.study, series.id, patient.pseudonym, study.uid, series.uid
        FROM series JOIN patient ON patient.id = series.patient JOIN study ON study.id = series.study
        """

    /// The series that comes after a row, those of one patient and study together; the first after nil, nil after the last.
    public func series(after row: ListedSeries.Row?) throws(IndexError) -> ListedSeries? {
        try read { db in
            try Self.listed(
                db,
                """
                \(Self.listing) WHERE (series.patient, series.study, series.id) > (?, ?, ?)
                ORDER BY series.patient, series.study, series.id LIMIT 1
                """, [row?.patient ?? 0, row?.study ?? 0, row?.series ?? 0])
        }
    }

    /// One series by its row; nil where it is gone.
    public func series(_ row: ListedSeries.Row) throws(IndexError) -> ListedSeries? {
        try read { try Self.listed($0, "\(Self.listing) WHERE series.id = ?", [row.series]) }
    }

    /// The patient, study and series of an object; nil where the index does not have it.
    public func place(
        ofInstance uid: String
    ) throws(IndexError) -> (patientID: String, studyUID: String, seriesUID: String)? {
        try read { db in
            let statement = try db.cachedStatement(
                sql: """
                    SELECT patient.pseudonym, study.uid, series.uid FROM instance
                    JOIN series ON series.id = instance.series JOIN patient ON patient.id = series.patient
                    JOIN study ON study.id = series.study WHERE instance.uid = ?
                    """)
            return try Row.fetchOne(statement, arguments: [uid]).map { row in
                (try row.decode(atIndex: 0), try row.decode(atIndex: 1), try row.decode(atIndex: 2))
            }
        }
    }

    private static func listed(
        _ db: Database, _ sql: String, _ arguments: [Int64]
    ) throws -> ListedSeries? {
        let statement = try db.cachedStatement(sql: sql)
        guard let row = try Row.fetchOne(statement, arguments: StatementArguments(arguments)) else { return nil }
        let place = ListedSeries.Row(
            patient: try row.decode(atIndex: 0), study: try row.decode(atIndex: 1), series: try row.decode(atIndex: 2))
        let objects = try Row.fetchAll(
            db.cachedStatement(sql: "SELECT uid, digest FROM instance WHERE series = ? ORDER BY id"),
            arguments: [place.series]
        ).map { object in
            let digest: Data = try object.decode(atIndex: 1)
            return ListedSeries.Object(instanceUID: try object.decode(atIndex: 0), digest: Hex.text(digest))
        }
        return ListedSeries(
            row: place, patientID: try row.decode(atIndex: 3), studyUID: try row.decode(atIndex: 4),
            seriesUID: try row.decode(atIndex: 5), objects: objects)
    }
}
