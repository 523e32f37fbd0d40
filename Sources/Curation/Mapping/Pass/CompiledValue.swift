import Cohort

/// The value of one attribute of a rule, its columns found in the table at hand.
struct CompiledValue {
    var reader: ValueReader
    let places: Places
    let unit: ColumnPlace?
    /// Cells that became a value, said that nothing is known, or were left out.
    var taken = 0
    var empty = 0
    var leftOut = 0

    enum Places {
        /// With their names, for messages.
        case columns([(name: String, place: ColumnPlace)])
        case constant(ValueReading)
        /// The value that each column of the group stands for.
        case group([(name: String, value: String, place: ColumnPlace)])
        /// The later day and the earlier one.
        case interval((name: String, place: ColumnPlace), from: (name: String, place: ColumnPlace), isAge: Bool)
    }

    var source: ValueSource { reader.source }

    /// What a row says.
    struct Outcome {
        var values: [CohortValue] = []
        /// With the column, for the report.
        var problems: [(column: String, kind: MappingProblem.Kind, message: String)] = []
        var isConstant = false
    }

    mutating func read(_ row: MappedRow, _ mapping: FactMapping, _ concepts: ConceptBook, _ context: ReadContext)
        -> Outcome
    {
        var outcome = Outcome()
        switch places {
        case .constant(let reading):
            outcome.isConstant = true
            if case .value(let value) = reading { outcome.values = [value] }
            return outcome
        case .columns(let columns): readColumns(columns, row, mapping, concepts, context, &outcome)
        case .group(let group): readGroup(group, row, context, &outcome)
        case .interval(let later, let earlier, let isAge):
            readInterval(later, earlier, isAge: isAge, row, mapping, context, &outcome)
        }
        if !outcome.values.isEmpty {
            taken += 1
        } else if outcome.problems.isEmpty {
            empty += 1
        }
        if outcome.problems.contains(where: { $0.kind.severity == .leftOut }) { leftOut += 1 }
        return outcome
    }

    // MARK: Columns

    private mutating func readColumns(
        _ columns: [(name: String, place: ColumnPlace)], _ row: MappedRow, _ mapping: FactMapping,
        _ concepts: ConceptBook, _ context: ReadContext, _ outcome: inout Outcome
    ) {
        var firstFailed: (column: String, kind: MappingProblem.Kind, message: String)?
        let unit = unit.flatMap { row.cell($0).first?.cellTrimmed }.flatMap { mapping.isMissing($0) ? nil : $0 }
        for (name, place) in columns {
            var failed: [(column: String, kind: MappingProblem.Kind, message: String)] = []
            for text in texts(row.cell(place)) {
                let own = text.lowercased()
                if mapping.isMissing(text), reader.source.map[own] == nil { continue }
                let reading: ValueReading
                if source.isConcept, reader.source.map[own] == nil {
                    reading = concept(text, mapping, concepts, context)
                } else {
                    reading = reader.remembering(text, unit: unit, context: context)
                }
                switch reading {
                case .value(let value): add(value, &outcome)
                case .approximate(let value, let why):
                    add(value, &outcome)
                    outcome.problems.append((name.withoutQuestionMark, .approximated, why))
                case .missing: continue
                case .problem(let kind, let message): failed.append((name.withoutQuestionMark, kind, message))
                }
                // Of several codings of one thing one is enough.
                if !outcome.values.isEmpty, !source.isMany { return }
            }
            if !outcome.values.isEmpty {
                // Of several values each has to be understood; of codings of one thing, as resources have, one.
                if case .one = row.cell(place) { outcome.problems += failed }
                return
            }
            firstFailed = firstFailed ?? failed.first
        }
        if let firstFailed { outcome.problems.append(firstFailed) }
    }

    private func add(_ value: CohortValue, _ outcome: inout Outcome) {
        if !outcome.values.contains(value) { outcome.values.append(value) }
    }

    private func texts(_ cell: MappedCell) -> [String] {
        let all: [String] =
            switch cell {
            case .none: []
            case .one(let text): [text]
            case .several(let texts): texts
            }
        guard let split = source.split else { return all.map { $0.cellTrimmed } }
        return all.flatMap { $0.split(separator: split).map { String($0).cellTrimmed } }
    }

    private mutating func concept(
        _ text: String, _ mapping: FactMapping, _ concepts: ConceptBook, _ context: ReadContext
    ) -> ValueReading {
        let id = JoinTable.normalised(text)
        guard NumberCell.digits(id) > 0 else { return reader.remembering(text, unit: nil, context: context) }
        if id == "0" { return .missing }
        if let code = reader.source.map[id] { return code.map { reader.resolved($0) } ?? .missing }
        guard let code = mapping.concepts[id] ?? concepts.code(id) else {
            return .problem(
                .unknownValue,
                "concept \(id) is not known here; add it under `concepts`, or export concept.csv with the other tables")
        }
        let reading = reader.remembering(code, unit: nil, context: context)
        guard case .problem(let kind, let message) = reading else { return reading }
        return .problem(kind, "concept \(id): \(message)")
    }

    // MARK: Groups and intervals

    private mutating func readGroup(
        _ group: [(name: String, value: String, place: ColumnPlace)], _ row: MappedRow, _ context: ReadContext,
        _ outcome: inout Outcome
    ) {
        for (name, value, place) in group {
            guard let cell = row.cell(place).first?.cellTrimmed, Self.isTrue(cell) else { continue }
            switch reader.remembering(value, unit: nil, context: context) {
            case .value(let found), .approximate(let found, _): add(found, &outcome)
            case .missing: continue
            case .problem(let kind, let message): outcome.problems.append((name, kind, message))
            }
        }
        if outcome.values.count > 1, !source.isMany {
            outcome.values = []
            outcome.problems.append(
                (
                    group.first?.name ?? "", .contradiction,
                    "several columns of the group are 1 in one row; only one can be"
                ))
        }
    }

    static func isTrue(_ cell: String) -> Bool {
        switch cell.lowercased() {
        case "1", "1.0", "true", "yes", "y", "x", "t": true
        default: false
        }
    }

    private func readInterval(
        _ later: (name: String, place: ColumnPlace), _ earlier: (name: String, place: ColumnPlace), isAge: Bool,
        _ row: MappedRow, _ mapping: FactMapping, _ context: ReadContext, _ outcome: inout Outcome
    ) {
        var days: [Int] = []
        for (name, place) in [later, earlier] {
            guard let text = row.cell(place).first?.cellTrimmed, !mapping.isMissing(text) else { return }
            guard case .day(let date, _) = DayReading(text, pattern: source.format) else {
                outcome.problems.append((name, .impossibleDate, "it is no day that is known; say `format:`"))
                return
            }
            guard date.daysSince1970 <= context.today else {
                outcome.problems.append((name, .impossibleDate, "a day that has not come yet"))
                return
            }
            days.append(date.daysSince1970)
        }
        guard days.count == 2 else { return }
        let between = days[0] - days[1]
        guard isAge else {
            outcome.values = [.number(source.attribute.number("\(between)", in: "days") ?? Double(between))]
            return
        }
        guard between >= 0 else {
            outcome.problems.append((later.name, .impossibleDate, "a day before the birth of the patient"))
            return
        }
        switch ValueReader.age(Double(between) / 365.2425) {
        case .value(let value), .approximate(let value, _): outcome.values = [value]
        case .problem(let kind, let message): outcome.problems.append((later.name, kind, message))
        case .missing: return
        }
    }
}
