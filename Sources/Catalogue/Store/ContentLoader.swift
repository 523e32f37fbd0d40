import Cohort
import FoundationEssentials
import GRDB

/// Reads the tables of the index into memory.
struct ContentLoader {
    private let db: Database
    private let deadline: ContinuousClock.Instant?
    /// The place of each patient and study, by their rows.
    private var patientAt: [Int64: Int32] = [:]
    private var studyAt: [Int64: Int32] = [:]
    private var words: [Int64: String] = [:]

    static func load(
        _ db: Database, token: Int64, until deadline: ContinuousClock.Instant?
    ) throws -> IndexContent {
        var loader = ContentLoader(db: db, deadline: deadline)
        return try loader.content(token)
    }

    private init(db: Database, deadline: ContinuousClock.Instant?) {
        self.db = db
        self.deadline = deadline
    }

    private mutating func content(_ token: Int64) throws -> IndexContent {
        try readWords()
        var facts = try ClinicalTables(db, words)
        var (patients, rows) = try readPatients()
        try facts.read(patientAt)
        let extra = facts.patientColumns(patients.count)
        // What the images say of a patient comes first; a register fills the gaps.
        for (name, column) in extra where patients.columns[name].map(Self.isEmpty) ?? true {
            patients.columns[name] = column
        }
        let baseline = facts.baselines(patients: patients.count)
        let studies = try readStudies(patients.count)
        let (series, images) = try readSeries(patients, studies)
        return IndexContent(
            token: token, patients: patients, studies: studies, series: series,
            seriesOfStudy: RecordGroups(of: series.study, count: studies.count),
            images: images, clinical: facts.tables(patients: patients.count, baselines: baseline), patientRows: rows)
    }

    private static func isEmpty(_ column: Column) -> Bool {
        switch column.values {
        case .words: column.words.isEmpty
        case .numbers(let numbers): numbers.allSatisfy(\.isNaN)
        }
    }

    private mutating func readWords() throws {
        let cursor = try Row.fetchCursor(db, sql: "SELECT id, text FROM term")
        while let row = try cursor.next() {
            words[try row.decode(atIndex: 0)] = try row.decode(String.self, atIndex: 1)
        }
    }

    private mutating func readPatients() throws -> (EntityTable, [Int64]) {
        var rows: [Int64] = []
        var sex = ColumnBuilder(isNumeric: false)
        let cursor = try Row.fetchCursor(db, sql: "SELECT id, sex FROM patient ORDER BY id")
        while let row = try cursor.next() {
            let id = try row.decode(Int64.self, atIndex: 0)
            patientAt[id] = Int32(truncatingIfNeeded: rows.count)
            rows.append(id)
            sex.append(code: sex.code(try word(row, 1)))
        }
        let table = EntityTable(
            patient: (0..<rows.count).map { Int32(truncatingIfNeeded: $0) }, patients: rows.count,
            columns: [CohortAttribute.sex.name: sex.column(records: rows.count)])
        return (table, rows)
    }

    private mutating func readStudies(_ patients: Int) throws -> EntityTable {
        var patient: [Int32] = []
        var days: [Int32] = []
        var date = ColumnBuilder(isNumeric: true)
        var age = ColumnBuilder(isNumeric: true)
        let cursor = try Row.fetchCursor(db, sql: "SELECT id, patient, date, age FROM study ORDER BY patient, id")
        while let row = try cursor.next() {
            guard let owner = patientAt[try row.decode(Int64.self, atIndex: 1)] else { throw IndexError.damaged }
            studyAt[try row.decode(Int64.self, atIndex: 0)] = Int32(truncatingIfNeeded: patient.count)
            patient.append(owner)
            let day = try row.decode(Double?.self, atIndex: 2)
            date.append(number: day)
            age.append(number: try row.decode(Double?.self, atIndex: 3))
            days.append(day.flatMap(DayNumber.days) ?? EntityTable.noDay)
        }
        return EntityTable(
            patient: patient, patients: patients,
            columns: [
                CohortAttribute.studyDate.name: date.column(records: patient.count),
                CohortAttribute.ageAtStudy.name: age.column(records: patient.count),
            ], days: days)
    }

    /// The series of each patient, in the order of studies, and a row for each patient who has none.
    private mutating func readSeries(
        _ patients: EntityTable, _ studies: EntityTable
    ) throws -> (EntityTable, [Int]) {
        let columns = SeriesColumns.held
        var builders = columns.map { ColumnBuilder(isNumeric: $0.form == .number) }
        var patient: [Int32] = []
        var study: [Int32] = []
        var days: [Int32] = []
        var images: [Int] = []
        var next: Int32 = 0
        func addEmpty(upTo end: Int32) {
            while next < end {
                patient.append(next)
                study.append(-1)
                days.append(EntityTable.noDay)
                images.append(0)
                next += 1
            }
        }
        let names = columns.map { ", " + $0.name }.joined()
        let cursor = try Row.fetchCursor(
            db, sql: "SELECT patient, study, images\(names) FROM series ORDER BY patient, study")
        var read = 0
        while let row = try cursor.next() {
            read += 1
            if let deadline, read.isMultiple(of: 4096), ContinuousClock.now >= deadline { throw IndexError.tookTooLong }
            guard let owner = patientAt[try row.decode(Int64.self, atIndex: 0)],
                let place = studyAt[try row.decode(Int64.self, atIndex: 1)]
            else { throw IndexError.damaged }
            addEmpty(upTo: owner)
            next = owner + 1
            for (column, kind) in columns.enumerated() {
                builders[column].fill(to: patient.count)
                switch kind.form {
                case .term:
                    builders[column].append(code: builders[column].code(try word(row, column + 3)))
                case .number: builders[column].append(number: try row.decode(Double?.self, atIndex: column + 3))
                }
            }
            patient.append(owner)
            study.append(place)
            days.append(studies.day(Int(place)))
            images.append(try row.decode(Int.self, atIndex: 2))
        }
        addEmpty(upTo: Int32(truncatingIfNeeded: patients.count))
        var made: [String: Column] = [:]
        for (column, builder) in zip(columns, builders) {
            made[column.attribute] = builder.column(records: patient.count)
        }
        made[CohortAttribute.images.name] = Column(
            values: .numbers(zip(images, study).map { $1 < 0 ? .nan : Double($0) }), words: [], starts: nil)
        let table = EntityTable(patient: patient, patients: patients.count, columns: made, days: days, study: study)
        return (table, images)
    }

    private func word(_ row: Row, _ index: Int) throws -> String? {
        guard let number = try row.decode(Int64?.self, atIndex: index) else { return nil }
        guard let word = words[number] else { throw IndexError.damaged }
        return word
    }
}
