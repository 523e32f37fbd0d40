import FoundationEssentials
import GRDB

/// Writes the rows of one table of series, within a transaction of its caller.
///
/// Rows of a patient mostly follow each other, which makes them quick, and may come in any order. What the rows of a
/// patient or study have in common is what the first of them says that says anything.
struct ListingWriter {
    private let db: Database
    private let listing: Int64
    private var words: Terms
    private var changes = ListingChanges()

    /// Series that this table has listed so far.
    private var seen = RowSet()
    /// Patients and studies of which this load has met a row.
    private var metPatients = RowSet()
    private var metStudies = RowSet()
    private var patient: Known<PatientRow>?
    private var study: Known<StudyRow>?
    /// Patients and studies that a series has left.
    private var left: [(patient: Int64, study: Int64)] = []

    private let findSeries: Statement
    private let insertSeries: Statement
    private let updateSeries: Statement

    private struct Known<Value> {
        var key: String
        var id: Int64
        var value: Value
    }

    private struct PatientRow: Equatable { var sex: Int64? }
    private struct StudyRow: Equatable {
        var date: Int?
        var age: Double?
    }

    init(_ db: Database, listing name: String) throws {
        self.db = db
        words = Terms(db)
        let known = try Int64.fetchOne(db, sql: "SELECT id FROM listing WHERE name = ?", arguments: [name])
        if let known {
            listing = known
        } else {
            try db.execute(
                sql: "INSERT INTO listing (name, version, recorded) VALUES (?, x'', '')", arguments: [name])
            listing = db.lastInsertedRowID
        }
        findSeries = try db.cachedStatement(sql: ListedColumns.find)
        insertSeries = try db.cachedStatement(sql: ListedColumns.insert)
        updateSeries = try db.cachedStatement(sql: ListedColumns.update)
    }

    mutating func add(_ record: SeriesRecord) throws -> (ListingOutcome, Set<ListingConflict>) {
        let values = try ListedColumns.values(of: record, words: &words)
        let found = try Row.fetchOne(findSeries, arguments: [record.seriesUID])
        if let found {
            let owner = found[1] as Int64?
            guard let owner else { return (.hasImages, []) }
            guard owner == listing else { return (.listedElsewhere, []) }
        }
        let id = found.map { $0[0] as Int64 }
        if let id, let found, seen.contains(id) {
            let isSame = try isSame(found, as: record, values)
            return (isSame ? .repeated : .contradicted, [])
        }
        var conflicts: Set<ListingConflict> = []
        let patient = try patient(of: record, &conflicts)
        let study = try study(of: record, patient, &conflicts)
        guard let id, let found else {
            try insertSeries.execute(
                arguments: StatementArguments([patient, study, record.seriesUID, listing] + values))
            seen.insert(db.lastInsertedRowID)
            changes.added += 1
            return (.added, conflicts)
        }
        seen.insert(id)
        let before = (patient: found[2] as Int64, study: found[3] as Int64)
        let isMoved = before != (patient, study)
        if isMoved { left.append(before) }
        guard isMoved || !ListedColumns.isSame(found, values) else {
            changes.unchanged += 1
            return (.unchanged, conflicts)
        }
        try updateSeries.execute(arguments: StatementArguments([patient, study, id] + values))
        changes.changed += 1
        return (.changed, conflicts)
    }

    /// Removes what the table does not list any more, and records the load.
    mutating func finish(version: [UInt8], at moment: String) throws -> ListingChanges {
        let held = try Int.fetchOne(db, sql: "SELECT count(*) FROM series WHERE listing = ?", arguments: [listing])
        if held ?? 0 > seen.count { try removeUnseen() }
        try removeEmpty()
        if changes.added + changes.changed + changes.removed > 0 || hasSharedChanges {
            try db.execute(sql: "UPDATE state SET changes = changes + 1")
        }
        if seen.count == 0 {
            try db.execute(sql: "DELETE FROM listing WHERE id = ?", arguments: [listing])
        } else {
            try db.execute(
                sql: "UPDATE listing SET version = ?, recorded = ? WHERE id = ?",
                arguments: [Data(version), moment, listing])
        }
        return changes
    }

    /// Whether the attributes of a patient or study have changed, which their series have copies of.
    private var hasSharedChanges = false

    private func isSame(_ found: Row, as record: SeriesRecord, _ values: [DatabaseValue]) throws -> Bool {
        guard ListedColumns.isSame(found, values) else { return false }
        return try Bool.fetchOne(
            db.cachedStatement(
                sql: """
                    SELECT patient.pseudonym = ? AND study.uid = ? FROM patient, study WHERE patient.id = ? AND study.id = ?
                    """),
            arguments: [record.patientID, record.studyUID, found[2] as Int64, found[3] as Int64]) ?? false
    }

    // MARK: Patients

    private mutating func patient(
        of record: SeriesRecord, _ conflicts: inout Set<ListingConflict>
    ) throws -> Int64 {
        let sex = try words.number(record.sex)
        if patient?.key != record.patientID { patient = try fetchPatient(record.patientID) }
        guard let known = patient else {
            try run("INSERT INTO patient (pseudonym, sex) VALUES (?, ?)", [record.patientID, sex])
            let id = db.lastInsertedRowID
            metPatients.insert(id)
            patient = Known(key: record.patientID, id: id, value: PatientRow(sex: sex))
            return id
        }
        let isFirst = metPatients.insert(known.id)
        var value = known.value
        // The first row of this load says it anew, unless images say it.
        if isFirst, try !hasOthers("patient", known.id) { value.sex = sex }
        if let sex, let own = value.sex, own != sex { conflicts.insert(.sex) }
        value.sex = value.sex ?? sex
        if value != known.value {
            try run("UPDATE patient SET sex = ? WHERE id = ?", [value.sex, known.id])
            try run("UPDATE series SET sex = ? WHERE patient = ?", [value.sex, known.id])
            hasSharedChanges = true
            patient?.value = value
        }
        return known.id
    }

    private func fetchPatient(_ pseudonym: String) throws -> Known<PatientRow>? {
        try Row.fetchOne(
            db.cachedStatement(sql: "SELECT id, sex FROM patient WHERE pseudonym = ?"), arguments: [pseudonym]
        ).map { Known(key: pseudonym, id: $0[0], value: PatientRow(sex: $0[1])) }
    }

    // MARK: Studies

    private mutating func study(
        of record: SeriesRecord, _ patient: Int64, _ conflicts: inout Set<ListingConflict>
    ) throws -> Int64 {
        let (date, age) = (record.studyDate.flatMap(StudyDay.number), record.age.flatMap(AgeString.years))
        let key = "\(patient) \(record.studyUID)"
        if study?.key != key { study = try fetchStudy(record.studyUID, of: patient, key: key) }
        guard let known = study else {
            try run(
                "INSERT INTO study (patient, uid, date, age) VALUES (?, ?, ?, ?)",
                [patient, record.studyUID, date, age])
            let id = db.lastInsertedRowID
            metStudies.insert(id)
            study = Known(key: key, id: id, value: StudyRow(date: date, age: age))
            return id
        }
        let isFirst = metStudies.insert(known.id)
        var value = known.value
        if isFirst, try !hasOthers("study", known.id) { value = StudyRow(date: date, age: age) }
        if let date, let own = value.date, own != date { conflicts.insert(.studyDate) }
        if let age, let own = value.age, own != age { conflicts.insert(.age) }
        value = StudyRow(date: value.date ?? date, age: value.age ?? age)
        if value != known.value {
            try run("UPDATE study SET date = ?, age = ? WHERE id = ?", [value.date, value.age, known.id])
            try run("UPDATE series SET date = ?, age = ? WHERE study = ?", [value.date, value.age, known.id])
            hasSharedChanges = true
            study?.value = value
        }
        return known.id
    }

    private func fetchStudy(_ uid: String, of patient: Int64, key: String) throws -> Known<StudyRow>? {
        try Row.fetchOne(
            db.cachedStatement(sql: "SELECT id, date, age FROM study WHERE patient = ? AND uid = ?"),
            arguments: [patient, uid]
        ).map { Known(key: key, id: $0[0], value: StudyRow(date: $0[1], age: $0[2])) }
    }

    /// Whether a patient or study has series that are not of this table.
    private func hasOthers(_ column: String, _ id: Int64) throws -> Bool {
        try Bool.fetchOne(
            db.cachedStatement(
                sql: "SELECT EXISTS (SELECT 1 FROM series WHERE \(column) = ? AND listing IS NOT ?)"),
            arguments: [id, listing]) ?? false
    }

    // MARK: What is gone

    private mutating func removeUnseen() throws {
        var gone: [(id: Int64, patient: Int64, study: Int64)] = []
        let rows = try Row.fetchCursor(
            db, sql: "SELECT id, patient, study FROM series WHERE listing = ?", arguments: [listing])
        while let row = try rows.next() {
            let id: Int64 = row[0]
            if !seen.contains(id) { gone.append((id, row[1], row[2])) }
        }
        for series in gone {
            try run("DELETE FROM series WHERE id = ?", [series.id])
            left.append((series.patient, series.study))
        }
        changes.removed += gone.count
    }

    /// Studies without series go, and patients of whom nothing is left.
    private mutating func removeEmpty() throws {
        for (patient, study) in left {
            try run(
                "DELETE FROM study WHERE id = ?1 AND NOT EXISTS (SELECT 1 FROM series WHERE study = ?1)", [study])
            try run(
                """
                DELETE FROM patient WHERE id = ?1 AND NOT EXISTS (SELECT 1 FROM series WHERE patient = ?1)
                    AND NOT EXISTS (SELECT 1 FROM fact WHERE patient = ?1)
                """, [patient])
        }
    }

    private func run(_ sql: String, _ arguments: StatementArguments) throws {
        try db.cachedStatement(sql: sql).execute(arguments: arguments)
    }
}
