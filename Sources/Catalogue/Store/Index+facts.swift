import Cohort
import FoundationEssentials
import GRDB

extension Index {
    /// Makes the index know exactly what a source says: records that are new are added, others are changed or removed.
    ///
    /// All in one transaction: the index has the whole batch or, after an error, what it had before. Patients need not
    /// have images; those without count where a question is about clinical facts alone.
    public func replaceFacts(_ batch: FactBatch) throws(IndexError) -> FactChanges {
        try write { db in
            let changes = try FactWriter(db, batch).write()
            if changes.added + changes.changed + changes.removed > 0 {
                try db.execute(sql: "UPDATE state SET changes = changes + 1")
            }
            return changes
        }
    }

    /// The sources of clinical facts, with how many records each has.
    public func factSources() throws(IndexError) -> [(source: String, records: Int)] {
        try read { db in
            try Row.fetchAll(
                db,
                sql: """
                    SELECT name, count(fact.id) FROM fact_source LEFT JOIN fact ON fact.source = fact_source.id
                    GROUP BY fact_source.id ORDER BY name
                    """
            ).map { (try $0.decode(atIndex: 0), try $0.decode(atIndex: 1)) }
        }
    }
}

/// Writes one batch, within a transaction of its caller.
private struct FactWriter {
    private let db: Database
    private let batch: FactBatch
    private var terms: Terms
    private var patients: [String: Int64] = [:]
    private var withoutImages: Set<Int64> = []
    private var changes = FactChanges()

    init(_ db: Database, _ batch: FactBatch) {
        self.db = db
        self.batch = batch
        terms = Terms(db)
    }

    func write() throws -> FactChanges {
        var writer = self
        return try writer.run()
    }

    private mutating func run() throws -> FactChanges {
        let source = try self.source()
        // What is not seen again is marked by its absence from this set.
        try db.execute(sql: "CREATE TEMP TABLE IF NOT EXISTS seen_fact (id INTEGER PRIMARY KEY)")
        try db.execute(sql: "DELETE FROM seen_fact")
        let find = try db.cachedStatement(
            sql: "SELECT id, content FROM fact WHERE source = ? AND patient = ? AND entity = ? AND key = ?")
        let insert = try db.cachedStatement(
            sql: "INSERT INTO fact (source, patient, entity, key, content) VALUES (?, ?, ?, ?, ?)")
        let update = try db.cachedStatement(sql: "UPDATE fact SET content = ? WHERE id = ?")
        let see = try db.cachedStatement(sql: "INSERT OR IGNORE INTO seen_fact (id) VALUES (?)")
        for record in batch.records {
            let patient = try patient(record.patient)
            let content = Data(try content(record))
            let entity = record.entity.rawValue
            let id: Int64
            if let row = try Row.fetchOne(find, arguments: [source, patient, entity, record.key]) {
                id = try row.decode(atIndex: 0)
                if try row.decode(Data.self, atIndex: 1) == content {
                    changes.unchanged += 1
                } else {
                    try update.execute(arguments: [content, id])
                    changes.changed += 1
                }
            } else {
                try insert.execute(arguments: [source, patient, entity, record.key, content])
                id = db.lastInsertedRowID
                changes.added += 1
            }
            try see.execute(arguments: [id])
        }
        try db.execute(
            sql: "DELETE FROM fact WHERE source = ? AND id NOT IN (SELECT id FROM seen_fact)", arguments: [source])
        changes.removed = db.changesCount
        if changes.removed > 0 {
            // A patient of whom nothing is left was here for these facts alone.
            try db.execute(
                sql: """
                    DELETE FROM patient WHERE id NOT IN (SELECT patient FROM series)
                        AND id NOT IN (SELECT patient FROM fact) AND id NOT IN (SELECT patient FROM study)
                    """)
        }
        try db.execute(sql: "DELETE FROM seen_fact")
        changes.patientsWithoutImages = withoutImages.count
        return changes
    }

    private func source() throws -> Int64 {
        try db.execute(sql: "INSERT OR IGNORE INTO fact_source (name) VALUES (?)", arguments: [batch.source])
        guard
            let id = try Int64.fetchOne(db, sql: "SELECT id FROM fact_source WHERE name = ?", arguments: [batch.source])
        else { throw IndexError.failed("a source of facts could not be written") }
        return id
    }

    private mutating func patient(_ pseudonym: String) throws -> Int64 {
        if let known = patients[pseudonym] { return known }
        let row = try Int64.fetchOne(
            db.cachedStatement(sql: "SELECT id FROM patient WHERE pseudonym = ?"), arguments: [pseudonym])
        let id: Int64
        if let row {
            id = row
        } else {
            try db.cachedStatement(sql: "INSERT INTO patient (pseudonym) VALUES (?)").execute(arguments: [pseudonym])
            id = db.lastInsertedRowID
        }
        let hasImages = try Bool.fetchOne(
            db.cachedStatement(sql: "SELECT EXISTS (SELECT 1 FROM study WHERE patient = ?)"), arguments: [id])
        if hasImages != true { withoutImages.insert(id) }
        patients[pseudonym] = id
        return id
    }

    private mutating func content(_ record: ClinicalRecord) throws -> [UInt8] {
        var values: [FactCoding.Value] = []
        for (name, contents) in record.values.sorted(by: { $0.key < $1.key }) {
            guard let attribute = try terms.number(name) else { continue }
            for content in contents {
                switch content {
                case .number(let number) where number.isFinite:
                    values.append(.init(attribute: attribute, value: .number(number)))
                case .number: continue
                case .text(let text):
                    guard let word = try terms.number(text) else { continue }
                    values.append(.init(attribute: attribute, value: .word(word)))
                }
            }
        }
        return FactCoding.bytes(values)
    }
}
