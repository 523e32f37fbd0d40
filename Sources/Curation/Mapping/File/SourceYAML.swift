import Cohort
import Yams

/// One entry of `sources`.
enum SourceYAML {
    static func source(
        _ name: String, _ node: Node, dates: DatePattern?, hasDecimalComma: Bool?
    ) throws(TableError) -> FactSource {
        var section = try SpecSection(node, "source “\(name)”")
        let kind = try section.choice("kind", ["table": FactSource.Kind.table, "fhir": .fhir]) ?? .table
        let files = try MappingYAML.list("file", &section) ?? [kind == .fhir ? "*.json" : name + ".csv"]
        var source = FactSource(
            name: name, kind: kind, files: files, isOptional: try section.flag("optional") ?? false, patient: "",
            separator: try section.choice("separator", ClinicalTableSpec.separators),
            encoding: try section.choice("encoding", ClinicalTableSpec.encodings), joins: [], records: [],
            ignored: Set(try MappingYAML.list("ignore", &section) ?? []))
        if let patient = try section.text("patient") {
            source.patient = patient
        } else if kind == .table {
            throw section.error("it has no `patient`: the column that says whose a row is")
        }
        if let joins = section.node("joins") { source.joins = try self.joins(joins, of: name) }
        for node in try items("records", &section) {
            for expanded in try ForEach.expanded(node) {
                source.records.append(
                    try RecordYAML.rule(expanded, kind, dates: dates, hasDecimalComma: hasDecimalComma))
            }
        }
        try section.finish()
        return source
    }

    private static func items(_ key: String, _ section: inout SpecSection) throws(TableError) -> [Node] {
        guard let node = section.node(key), let items = node.sequence, !items.isEmpty else {
            throw section.error("it has no `\(key)`: a list, each item beginning with `- `")
        }
        return Array(items)
    }

    private static func joins(_ node: Node, of source: String) throws(TableError) -> [FactJoin] {
        var all: [FactJoin] = []
        var section = try SpecSection(node, "`joins` of source “\(source)”")
        for (name, node) in section.entries() {
            var join = try SpecSection(node, "join “\(name)”")
            guard let on = join.node("on"), let pair = try MappingYAML.texts(on, "`on`").first else {
                throw join.error("`on` should be {column here: column there}")
            }
            all.append(
                FactJoin(
                    name: name, files: try MappingYAML.list("file", &join) ?? [name + ".csv"],
                    isOptional: try join.flag("optional") ?? false, own: pair.0, other: pair.1))
            try join.finish()
        }
        return all
    }
}

/// One item of `records`.
enum RecordYAML {
    static func rule(
        _ node: Node, _ kind: FactSource.Kind, dates: DatePattern?, hasDecimalComma: Bool?
    ) throws(TableError) -> RecordRule {
        var section = try SpecSection(node, "record")
        guard let word = try section.text("entity"), let entity = CohortEntity.find(word) else {
            throw section.error(
                "`entity` should be one of \(CohortEntity.allCases.filter { !$0.isImaging }.map(\.rawValue).joined(separator: ", "))"
            )
        }
        guard !entity.isImaging else {
            throw section.error("\(entity.rawValue) comes from the images themselves, not from tables")
        }
        let resource = try section.text("from")
        guard (resource != nil) == (kind == .fhir) else {
            throw section.error(
                kind == .fhir
                    ? "it needs `from`: the type of resource, such as Condition"
                    : "`from` is for sources of kind fhir; the rows of a table are its source's own")
        }
        var rule = RecordRule(
            entity: entity, resource: resource, identity: try identity(&section, entity),
            conditions: try conditions(&section), values: [], needs: [], line: node.mark?.line)
        for (name, node) in try section.entries("values") {
            rule.values.append(
                try ValueYAML.source(name, node, entity, dates: dates, hasDecimalComma: hasDecimalComma))
        }
        for name in try MappingYAML.list("needs", &section) ?? [] {
            guard let value = rule.values.first(where: { $0.attribute == CohortModel.find(name, within: entity) })
            else {
                throw section.error("`needs` names `\(name)`, which its `values` do not give")
            }
            rule.needs.insert(value.attribute.name)
        }
        try section.finish()
        return rule
    }

    private static func identity(
        _ section: inout SpecSection, _ entity: CohortEntity
    ) throws(TableError) -> RecordRule.Identity {
        let key = try MappingYAML.list("key", &section)
        let row = try MappingYAML.list("row", &section)
        let once = try section.flag("once")
        guard [key != nil, row != nil, once == true].count(where: { $0 }) <= 1 else {
            throw section.error("only one of `once`, `key` and `row` can tell its records apart")
        }
        if let key { return .key(key) }
        if let row { return .row(row) }
        return once ?? (entity == .patient) ? .patient : .content
    }

    private static func conditions(_ section: inout SpecSection) throws(TableError) -> [RowCondition] {
        guard let node = section.node("when") else { return [] }
        let items = node.sequence.map { Array($0) } ?? [node]
        var all: [RowCondition] = []
        for item in items {
            var part = try SpecSection(item, "`when`")
            guard let column = try part.text("column") else { throw part.error("it has no `column`") }
            let texts = { (list: [String]) in list.map { $0.lowercased() } }
            if let list = try MappingYAML.list("is", &part) {
                all.append(RowCondition(column: column, test: .isOneOf(texts(list))))
            } else if let list = try MappingYAML.list("is_not", &part) {
                all.append(RowCondition(column: column, test: .isNoneOf(texts(list))))
            } else if let flag = try part.flag("filled") {
                all.append(RowCondition(column: column, test: .isFilled(flag)))
            } else {
                throw part.error("it should have `is`, `is_not` or `filled`")
            }
            try part.finish()
        }
        return all
    }
}
