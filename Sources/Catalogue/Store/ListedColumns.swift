import GRDB

/// The columns of a series that a table fills.
enum ListedColumns {
    /// In the order of ``values(of:words:)``.
    private static let own = [
        "dataset", "modality", "body_part", "laterality", "manufacturer", "model", "slice_thickness", "pixel_spacing",
        "rows", "columns", "magnetic_field_strength", "echo_time", "repetition_time", "kvp", "contrast", "sop_class",
        "transfer_syntax", "images",
    ]

    /// Where values begin in a row of ``find``: after id, listing, patient and study.
    private static let first = 4

    /// A series by its UID; one that has images before one that is listed.
    static let find = """
        SELECT id, listing, patient, study, \(own.joined(separator: ", ")) FROM series WHERE uid = ?
        ORDER BY listing LIMIT 1
        """

    /// Patient, study, UID and listing, then the values.
    static let insert = """
        INSERT INTO series (patient, study, uid, listing, \(own.joined(separator: ", ")), sex, date, age)
        VALUES (?1, ?2, ?3, ?4, \(own.indices.map { "?\($0 + 5)" }.joined(separator: ", ")), \(shared))
        """

    /// Patient, study and row, then the values.
    static let update = """
        UPDATE series SET patient = ?1, study = ?2,
            \(own.enumerated().map { "\($0.element) = ?\($0.offset + 4)" }.joined(separator: ", ")),
            (sex, date, age) = (SELECT \(shared))
        WHERE id = ?3
        """

    private static let shared = """
        (SELECT sex FROM patient WHERE id = ?1), (SELECT date FROM study WHERE id = ?2),
        (SELECT age FROM study WHERE id = ?2)
        """

    static func values(of record: SeriesRecord, words: inout Terms) throws -> [DatabaseValue] {
        [
            try words.number(record.dataSet).databaseValue, try words.number(record.modality).databaseValue,
            try words.number(record.bodyPart).databaseValue, try words.number(record.laterality).databaseValue,
            try words.number(record.manufacturer).databaseValue, try words.number(record.model).databaseValue,
            record.sliceThicknessMM.databaseValue, record.pixelSpacingMM.databaseValue, record.rows.databaseValue,
            record.columns.databaseValue, record.magneticFieldStrengthT.databaseValue,
            record.echoTimeMS.databaseValue, record.repetitionTimeMS.databaseValue, record.kvpKV.databaseValue,
            try words.number(record.contrast.map { $0 ? "yes" : "no" }).databaseValue,
            try words.number(record.sopClassUID).databaseValue,
            try words.number(record.transferSyntaxUID).databaseValue, record.images.databaseValue,
        ]
    }

    /// Whether a row of ``find`` has these values.
    static func isSame(_ row: Row, _ values: [DatabaseValue]) -> Bool {
        values.enumerated().allSatisfy { offset, value in
            let stored: DatabaseValue = row[offset + first]
            if stored == value { return true }
            // A whole number in a column of real ones.
            guard case .double(let one) = stored.storage, case .int64(let other) = value.storage else { return false }
            return one == Double(other)
        }
    }
}

extension Optional where Wrapped: DatabaseValueConvertible {
    fileprivate var databaseValue: DatabaseValue { self?.databaseValue ?? .null }
}
