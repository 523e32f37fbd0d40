import Cohort

/// One run over the tables of a mapping.
struct MappingPass {
    let mapping: FactMapping
    let mapper: FactMapper
    let inputs: [MappingInput]
    var collector: RecordCollector
    var book = ProblemBook()
    var account = MappingAccount()
    private var patients: TablePatients
    private var links: ImageLinks?
    private var context: ReadContext
    /// The own column of each join: what is read of the partner is read of it.
    private var aliases: [String: String] = [:]

    init(_ mapper: FactMapper, _ inputs: [MappingInput], _ sink: @escaping ([ClinicalRecord]) throws -> Void) {
        self.mapper = mapper
        self.inputs = inputs
        mapping = mapper.mapping
        collector = RecordCollector(to: sink)
        patients = TablePatients(mapper.pseudonyms, issuer: mapper.mapping.issuer)
        links = mapper.imaged.map { ImageLinks($0) }
        context = ReadContext(
            shift: DateShift(days: 0), today: mapper.today, harmless: HarmlessText(mapper.cleaner),
            pseudonyms: mapper.pseudonyms)
    }

    /// Reads one table.
    mutating func table(_ source: FactSource, _ input: MappingInput) throws(MappingError) {
        let concepts = try concepts(source, input)
        var rows = try TableRows(source, input, inputs)
        let patient = try rows.place(source.patient, line: nil)
        var rules: [CompiledRule] = []
        for rule in source.records {
            rules.append(
                try CompiledRule(rule, columns: rows.columns, file: input.name) { name, line throws(MappingError) in
                    try rows.place(name, line: line)
                })
        }
        noteUnread(rows, rules, source, patient)
        aliases = Dictionary(source.joins.map { ($0.name, $0.own) }) { first, _ in first }
        account.begin(input.name, joined: source.joins.flatMap(\.files))
        var lost: [String] = []
        while let row = try rows.next(lost: { lost.append($0) }) {
            for join in lost {
                book.add(
                    .missingReference, file: input.name, row: row.number,
                    column: source.joins.first { $0.name == join }?.own,
                    "the row's partner in \(join) is not there; export both tables at the same time")
            }
            lost.removeAll(keepingCapacity: true)
            account.row()
            guard let id = row.cell(patient).first.map(mapping.ids.normalised), !mapping.isMissing(id) else {
                book.add(
                    .noPatient, file: input.name, row: row.number, column: source.patient,
                    "the row says not whose it is; it is left out")
                continue
            }
            try make(row, of: id, &rules, concepts, file: input.name)
        }
        account.end(rules)
        noteEmpty(rules, file: input.name)
    }

    mutating func forgetAliases() { aliases = [:] }

    /// Makes the records of one row or resource.
    mutating func make(
        _ row: MappedRow, of id: String, _ rules: inout [CompiledRule], _ concepts: ConceptBook, file: String
    ) throws(MappingError) {
        let patient = patients.patient(id)
        context.shift = patient.shift
        links?.observe("", id: id, pseudonym: patient.pseudonym, row: row.number, patients)
        account.patient(patient.pseudonym)
        var found = RowProblems()
        for index in rules.indices
        where rules[index].rule.resource == row.resource?.type && rules[index].holds(row, mapping) {
            rules[index].rows += 1
            var record = ClinicalRecord(
                entity: rules[index].rule.entity, patient: patient.pseudonym, key: "")
            var hasContent = false
            var problems: [RowProblems.Problem] = []
            var understood: Set<String> = []
            for place in rules[index].values.indices {
                let outcome = rules[index].values[place].read(row, mapping, concepts, context)
                let name = rules[index].values[place].source.attribute.name
                problems += outcome.problems.map {
                    .init(column: $0.column, attribute: name, kind: $0.kind, $0.message)
                }
                guard !outcome.values.isEmpty else { continue }
                record.values[name] = outcome.values
                if outcome.isConstant { continue }
                hasContent = true
                understood.formUnion(rules[index].values[place].source.columns)
            }
            let needs = rules[index].rule.needs
            let isWanted = needs.isEmpty || needs.contains { record.values[$0] != nil }
            // What is constant says something of every patient, and of every row that a condition chose.
            let isConstant =
                rules[index].rule.identity == .patient || rules[index].values.allSatisfy { $0.source.isConstant }
            guard isWanted, hasContent || isConstant, !record.values.isEmpty else {
                found.addUnmade(problems, needs: isWanted ? nil : needs)
                continue
            }
            understood.formUnion(rules[index].rule.conditions.map(\.column))
            understood = Set(understood.map { aliases[$0.prefix { $0 != "." }.description] ?? $0.withoutQuestionMark })
            found.addMade(problems + NamedTests.complete(&record), understood: understood)
            if try keep(record, rules[index], row, file: file) {
                rules[index].records += 1
                account.filled(patient.pseudonym, record)
            }
        }
        for problem in found.lasting {
            book.add(
                problem.kind, file: file, row: row.number, column: problem.column, attribute: problem.attribute,
                problem.message)
        }
    }

    private mutating func keep(
        _ record: ClinicalRecord, _ compiled: CompiledRule, _ row: MappedRow, file: String
    ) throws(MappingError) -> Bool {
        let cells = compiled.identity.map { row.cell($0).first?.cellTrimmed ?? "" }
        let isKeyless = !cells.isEmpty && cells.allSatisfy { mapping.isMissing($0) }
        let parts: [String] =
            switch compiled.rule.identity {
            case .patient: ["once"]
            case .key where !isKeyless, .row where !isKeyless: ["key"] + cells.map { JoinTable.normalised($0) }
            case .content, .key, .row: ["content"] + record.contentParts
            }
        let digest = mapper.pseudonyms.digest(
            .identifier(tag: 0), ["fact", record.entity.rawValue, record.patient] + parts)
        let record = ClinicalRecord(
            entity: record.entity, patient: record.patient, key: mapper.pseudonyms.base32(digest, characters: 16),
            values: record.values)
        switch compiled.rule.identity {
        case .content:
            return try collector.pass(record, digest: digest)
        case .row:
            let isNew = try collector.pass(record, digest: digest)
            if !isNew {
                book.add(
                    .duplicate, file: file, row: row.number,
                    "an earlier row has the same identity (`row`); the later one is left out")
            }
            return isNew
        case .key, .patient:
            let names = Set(compiled.values.filter { !$0.source.isMany }.map(\.source.attribute.name))
            switch try collector.add(record, single: { names.contains($0) }) {
            case .new, .same: return true
            case .contradiction(let attributes):
                for name in attributes {
                    book.add(
                        .contradiction, file: file, row: row.number, attribute: name,
                        "it says something else than an earlier row of the same record; neither is taken until one is corrected"
                    )
                }
                return true
            }
        }
    }

    mutating func finished() throws(MappingError) -> MappingReport {
        try collector.finish()
        noteUnreadFiles()
        if collector.isSeenFull {
            book.add(.approximated, "there are too many rows to look for ones that come twice among all of them")
        }
        return account.report(mapping, collector, book, images: links?.finished)
    }
}

extension ClinicalRecord {
    /// What it says, in one order.
    var contentParts: [String] {
        values.keys.sorted().flatMap { name in
            [name]
                + (values[name] ?? []).map {
                    switch $0 {
                    case .text(let text): "t" + text
                    case .number(let number): "n\(number)"
                    }
                }
        }
    }
}
