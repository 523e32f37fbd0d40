import FoundationEssentials
import GRDB
import Runtime

/// Puts one batch of records into the tables, within a transaction of its caller.
///
/// Rows of patient, study and series are written once for a batch, not once for an object.
struct BatchWriter {
    private let db: Database
    private var terms: Terms

    /// Whose the series are that this batch has met.
    private var owners: [String: String] = [:]

    private let findInstance: Statement
    private let findOwner: Statement
    private let insertInstance: Statement
    private let rememberSource: Statement
    private let clearSetAside: Statement

    init(_ db: Database) throws {
        self.db = db
        terms = Terms(db)
        findInstance = try db.cachedStatement(sql: "SELECT digest FROM instance WHERE uid = ?")
        findOwner = try db.cachedStatement(
            sql: """
                SELECT pseudonym FROM patient JOIN series ON series.patient = patient.id WHERE series.uid = ? LIMIT 1
                """)
        insertInstance = try db.cachedStatement(
            sql: """
                INSERT INTO instance (series, uid, digest, size, sop_class, transfer_syntax, rows, columns, frames)
                VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)
                """)
        rememberSource = try db.cachedStatement(
            sql: """
                INSERT INTO source (place, version) VALUES (?, ?)
                ON CONFLICT (place) DO UPDATE SET version = excluded.version
                """)
        clearSetAside = try db.cachedStatement(sql: "DELETE FROM set_aside WHERE place = ?")
    }

    mutating func add(_ batch: [InstanceRecord]) throws -> [AddOutcome] {
        var outcomes: [AddOutcome] = []
        var digests: [String: [UInt8]] = [:]
        var added: [(record: InstanceRecord, digest: [UInt8])] = []
        for record in batch {
            guard let digest = Hex.bytes(record.digest), digest.count == 32 else {
                throw IndexError.failed("a digest is not SHA-256 in hexadecimal")
            }
            let outcome = try outcome(of: record, digest, &digests)
            if outcome == .added { added.append((record, digest)) }
            outcomes.append(outcome)
            switch outcome {
            case .conflict, .contradiction: continue
            case .added, .alreadyThere: break
            }
            try rememberSource.execute(arguments: [Data(record.source.place), Data(record.source.version)])
            try clearSetAside.execute(arguments: [Data(record.source.place)])
        }
        guard !added.isEmpty else { return outcomes }
        try insert(added)
        try db.execute(sql: "UPDATE state SET changes = changes + 1")
        return outcomes
    }

    private mutating func outcome(
        of record: InstanceRecord, _ digest: [UInt8], _ digests: inout [String: [UInt8]]
    ) throws -> AddOutcome {
        let known =
            try digests[record.sopInstanceUID]
            ?? Data.fetchOne(findInstance, arguments: [record.sopInstanceUID]).map { Array($0) }
        guard let known else {
            guard try isOwner(record.patientID, of: record.seriesUID) else {
                return .contradiction(
                    "its series is another patient's: objects of that patient came first, and one series cannot be of two patients; correct the patient at the source, and export the series again"
                )
            }
            digests[record.sopInstanceUID] = digest
            return .added
        }
        if known == digest { return .alreadyThere }
        return .conflict(
            "another object with the same SOP Instance UID and other content is in the index; the first one stays")
    }

    /// Whether a series is that patient's, or nobody's yet.
    private mutating func isOwner(_ patient: String, of series: String) throws -> Bool {
        let owner = try owners[series] ?? String.fetchOne(findOwner, arguments: [series]) ?? patient
        owners[series] = owner
        return owner == patient
    }

    private mutating func insert(_ added: [(record: InstanceRecord, digest: [UInt8])]) throws {
        let tree = BatchTree(added.map(\.record))
        for patient in tree.patients {
            let patientRow = try writePatient(patient)
            for study in patient.studies {
                let studyRow = try writeStudy(study, of: patientRow)
                for series in study.series {
                    let row = try writeSeries(series, of: studyRow, patientRow)
                    for index in series.records {
                        try writeInstance(added[index].record, added[index].digest, of: row)
                    }
                }
            }
        }
    }

    private mutating func writePatient(_ patient: BatchTree.Patient) throws -> Int64 {
        let sex = try term(patient.sex)
        let row = try fetchRow(
            "SELECT id, sex FROM patient WHERE pseudonym = ?", [patient.id])
        guard let row else {
            return try insert("INSERT INTO patient (pseudonym, sex) VALUES (?, ?)", [patient.id, sex])
        }
        let id: Int64 = try row.decode(atIndex: 0)
        if let sex, row.hasNull(atIndex: 1) {
            // The first value that is not empty stays; the copies in the series follow.
            try run("UPDATE patient SET sex = ? WHERE id = ?", [sex, id])
            try run("UPDATE series SET sex = ? WHERE patient = ?", [sex, id])
        }
        return id
    }

    private func writeStudy(_ study: BatchTree.Study, of patient: Int64) throws -> Int64 {
        let row = try fetchRow("SELECT id, date, age FROM study WHERE patient = ? AND uid = ?", [patient, study.uid])
        guard let row else {
            return try insert(
                "INSERT INTO study (patient, uid, date, age) VALUES (?, ?, ?, ?)",
                [patient, study.uid, study.date, study.age])
        }
        let id: Int64 = try row.decode(atIndex: 0)
        if (study.date != nil && row.hasNull(atIndex: 1)) || (study.age != nil && row.hasNull(atIndex: 2)) {
            for table in ["study", "series"] {
                try run(
                    """
                    UPDATE \(table) SET date = coalesce(date, ?), age = coalesce(age, ?)
                    WHERE \(table == "study" ? "id" : "study") = ?
                    """, [study.date, study.age, id])
            }
        }
        return id
    }

    private mutating func writeSeries(
        _ series: BatchTree.Series, of study: Int64, _ patient: Int64
    ) throws -> Int64 {
        let values = try SeriesColumns.values(of: series.attributes) { try term($0) }
        let statement = try db.cachedStatement(sql: SeriesColumns.upsert)
        let keys: [(any DatabaseValueConvertible)?] = [patient, study, series.uid, series.records.count]
        guard let id = try Int64.fetchOne(statement, arguments: StatementArguments(keys + values)) else {
            throw IndexError.failed("a series could not be written")
        }
        return id
    }

    private mutating func writeInstance(_ record: InstanceRecord, _ digest: [UInt8], of series: Int64) throws {
        try insertInstance.execute(arguments: [
            series, record.sopInstanceUID, Data(digest), record.size, try term(record.sopClassUID),
            try term(record.transferSyntaxUID), record.rows, record.columns, record.frames,
        ])
    }

    private mutating func term(_ text: String?) throws -> Int64? { try terms.number(text) }

    // MARK: Statements

    private func fetchRow(_ sql: String, _ arguments: StatementArguments) throws -> Row? {
        try Row.fetchOne(db.cachedStatement(sql: sql), arguments: arguments)
    }

    private func run(_ sql: String, _ arguments: StatementArguments) throws {
        try db.cachedStatement(sql: sql).execute(arguments: arguments)
    }

    private func insert(_ sql: String, _ arguments: StatementArguments) throws -> Int64 {
        try run(sql, arguments)
        return db.lastInsertedRowID
    }
}
