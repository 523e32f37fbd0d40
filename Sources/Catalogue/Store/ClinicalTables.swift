import Cohort
import FoundationEssentials
import GRDB

/// Reads the clinical records into one table an entity.
struct ClinicalTables {
    private struct Build {
        var patient: [Int32] = []
        var columns: [String: ColumnBuilder] = [:]
    }

    private let db: Database
    private let words: [Int64: String]
    private var builds: [CohortEntity: Build] = [:]

    init(_ db: Database, _ words: [Int64: String]) throws {
        self.db = db
        self.words = words
    }

    mutating func read(_ patientAt: [Int64: Int32]) throws {
        let cursor = try Row.fetchCursor(db, sql: "SELECT patient, entity, content FROM fact ORDER BY patient, id")
        while let row = try cursor.next() {
            guard let owner = patientAt[try row.decode(Int64.self, atIndex: 0)] else { throw IndexError.damaged }
            // An entity of a newer version is left alone.
            guard let entity = CohortEntity(rawValue: try row.decode(String.self, atIndex: 1)) else { continue }
            var numbers: [String: [Double]] = [:]
            var texts: [String: [String]] = [:]
            for value in try FactCoding.values(Array(try row.decode(Data.self, atIndex: 2))) {
                guard let stored = words[value.attribute] else { throw IndexError.damaged }
                // Names are kept in upper case, like all words.
                guard let attribute = CohortModel.find(stored)?.name else { continue }
                switch value.value {
                case .number(let number): numbers[attribute, default: []].append(number)
                case .word(let word):
                    guard let text = words[word] else { throw IndexError.damaged }
                    texts[attribute, default: []].append(text)
                }
            }
            add(entity, owner, numbers, texts)
        }
    }

    private mutating func add(
        _ entity: CohortEntity, _ patient: Int32, _ numbers: [String: [Double]], _ texts: [String: [String]]
    ) {
        var build = builds[entity] ?? Build()
        builds[entity] = nil
        let record = build.patient.count
        build.patient.append(patient)
        for (attribute, values) in numbers {
            var builder = build.columns[attribute] ?? ColumnBuilder(isNumeric: true)
            build.columns[attribute] = nil
            builder.fill(to: record)
            builder.append(numbers: values)
            build.columns[attribute] = builder
        }
        for (attribute, values) in texts {
            var builder = build.columns[attribute] ?? ColumnBuilder(isNumeric: false)
            build.columns[attribute] = nil
            builder.fill(to: record)
            builder.append(words: values)
            build.columns[attribute] = builder
        }
        builds[entity] = build
    }

    /// What the records of the patients themselves say, one row a patient; the first record that has a value counts.
    func patientColumns(_ patients: Int) -> [String: Column] {
        guard let build = builds[.patient] else { return [:] }
        var columns: [String: Column] = [:]
        for (name, builder) in build.columns {
            let column = builder.column(records: build.patient.count)
            var placed: ColumnBuilder
            switch column.values {
            case .words(let codes):
                placed = ColumnBuilder(isNumeric: false)
                for (record, patient) in Self.firsts(of: build.patient, where: { codes[column.first($0)] != 0 }) {
                    placed.fill(to: Int(patient))
                    placed.append(code: placed.code(column.words[Int(codes[column.first(record)]) - 1]))
                }
            case .numbers(let numbers):
                placed = ColumnBuilder(isNumeric: true)
                for (record, patient) in Self.firsts(of: build.patient, where: { !numbers[column.first($0)].isNaN }) {
                    placed.fill(to: Int(patient))
                    placed.append(number: numbers[column.first(record)])
                }
            }
            columns[name] = placed.column(records: patients)
        }
        return columns
    }

    private static func firsts(of patients: [Int32], where has: (Int) -> Bool) -> [(record: Int, patient: Int32)] {
        var found: [(record: Int, patient: Int32)] = []
        for (record, patient) in patients.enumerated() where patient != found.last?.patient && has(record) {
            found.append((record, patient))
        }
        return found
    }

    /// The day of each patient's first diagnosis, from which relative days are counted.
    func baselines(patients: Int) -> [Int32] {
        var days = [Int32](repeating: EntityTable.noDay, count: patients)
        guard let build = builds[.condition], let date = CohortEntity.condition.dateAttribute,
            let column = build.columns[date]?.column(records: build.patient.count),
            case .numbers(let numbers) = column.values
        else { return days }
        for (record, patient) in build.patient.enumerated() {
            guard let day = DayNumber.days(of: numbers[column.first(record)]) else { continue }
            let known = days[Int(patient)]
            days[Int(patient)] = known == EntityTable.noDay ? day : min(known, day)
        }
        return days
    }

    func tables(patients: Int, baselines: [Int32]) -> [CohortEntity: EntityTable] {
        var tables: [CohortEntity: EntityTable] = [:]
        for (entity, build) in builds where entity != .patient {
            let count = build.patient.count
            let columns = build.columns.mapValues { $0.column(records: count) }
            tables[entity] = EntityTable(
                patient: build.patient, patients: patients, columns: columns,
                days: Self.days(of: entity, build.patient, columns, baselines))
        }
        return tables
    }

    /// The day of each record: its date, or its day after the baseline where that is known.
    private static func days(
        of entity: CohortEntity, _ patients: [Int32], _ columns: [String: Column], _ baselines: [Int32]
    ) -> [Int32] {
        let date = entity.dateAttribute.flatMap { columns[$0] }
        let relative = entity.dayAttribute.flatMap { columns[$0] }
        guard date != nil || relative != nil else { return [] }
        return patients.enumerated().map { record, patient in
            if let date, let day = DayNumber.days(of: date.number(record)) { return day }
            let baseline = baselines[Int(patient)]
            if let relative, baseline != EntityTable.noDay {
                let after = relative.number(record).rounded(.down)
                if abs(after) < 100_000 { return baseline + Int32(after) }
            }
            return EntityTable.noDay
        }
    }
}

extension Column {
    /// The place of a record's first value.
    func first(_ record: Int) -> Int { starts.map { Int($0[record]) } ?? record }

    /// The first number of a record; not a number where there is none.
    func number(_ record: Int) -> Double {
        guard case .numbers(let numbers) = values else { return .nan }
        return numbers[first(record)]
    }
}
