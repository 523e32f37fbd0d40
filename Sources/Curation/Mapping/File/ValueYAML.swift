import Cohort
import Yams

/// One entry of `values`: an attribute and where its value comes from.
enum ValueYAML {
    static func source(
        _ name: String, _ node: Node, _ entity: CohortEntity, dates: DatePattern?, hasDecimalComma: Bool?
    ) throws(TableError) -> ValueSource {
        let attribute = try self.attribute(name, entity, node)
        var value = ValueSource(attribute, .columns([]), format: dates, hasDecimalComma: hasDecimalComma)
        value.line = node.mark?.line
        // `condition.topography: icd_code` is short for {column: icd_code}.
        if let column = node.scalar?.string {
            value.origin = .columns([column])
            return value
        }
        var section = try SpecSection(node, "`\(name)`")
        if let map = section.node("map") {
            for (text, code) in try MappingYAML.optionalTexts(map, "`map`") { value.map[text.lowercased()] = code }
        }
        value.unit = try section.text("unit")
        value.unitColumn = try section.text("unit_column")
        value.format = try MappingYAML.pattern("format", &section) ?? dates
        value.hasDecimalComma = try MappingYAML.decimals(&section) ?? hasDecimalComma
        if let split = try section.text("split") {
            guard let character = split.first, split.count == 1 else {
                throw section.error("`split` should be one character")
            }
            value.split = character
        }
        value.strip = try section.text("strip")
        value.before = try section.text("before")
        value.after = try section.text("after")
        value.isConcept = try section.flag("concept") ?? false
        value.isMany = try section.flag("many") ?? value.isMany
        if let year = try section.text("year_of") {
            (value.origin, value.isYear) = (.columns([year]), true)
        } else {
            value.origin = try origin(&section)
        }
        value.cover = try section.choice("cover", ["uid": .uid, "pseudonym": .pseudonym])
        try section.finish()
        try check(value, section)
        return value
    }

    private static func attribute(
        _ name: String, _ entity: CohortEntity, _ node: Node
    ) throws(TableError) -> CohortAttribute {
        guard let found = CohortModel.find(name, within: entity), found.entity == entity else {
            let near = CohortModel.attributes.filter { $0.entity == entity }.map(\.name)
            let suggestions = CohortModel.suggestions(for: name.contains(".") ? name : "\(entity.rawValue).\(name)")
                .filter(near.contains)
            throw TableError(
                .specification,
                "mapping\(MappingYAML.line(node)): \(entity.rawValue) has no attribute `\(name)`; \(suggestions.isEmpty ? "it has \(near.joined(separator: ", "))" : "did you mean \(suggestions.joined(separator: " or "))?")"
            )
        }
        return found
    }

    private static func origin(_ section: inout SpecSection) throws(TableError) -> ValueSource.Origin {
        let columns = try MappingYAML.list("column", &section)
        let constant = try section.text("constant")
        let prefix = try section.text("one_hot")
        let born = try section.text("born")
        let since = try section.text("days_since")
        switch (columns, constant, prefix) {
        case (let columns?, nil, nil):
            guard let first = columns.first, born != nil || since != nil else { return .columns(columns) }
            guard columns.count == 1, born == nil || since == nil else {
                throw section.error("`born` and `days_since` go with one `column` each")
            }
            if let born { return .age(at: first, born: born) }
            return .days(from: since ?? "", to: first)
        case (nil, let constant?, nil) where born == nil && since == nil: return .constant(constant)
        case (nil, nil, let prefix?) where born == nil && since == nil: return .oneHot(prefix: prefix)
        default:
            throw section.error("it should have one of `column`, `constant`, `one_hot` and `year_of`")
        }
    }

    /// What would be found out from the first row at the latest.
    private static func check(_ value: ValueSource, _ section: SpecSection) throws(TableError) {
        switch (value.origin, value.attribute.kind) {
        case (.age, .age), (.days, .number): break
        case (.age, _): throw section.error("`born` makes an age, and \(value.attribute.name) is none")
        case (.days, _): throw section.error("`days_since` makes a number, and \(value.attribute.name) is none")
        case (.constant(let text), _):
            guard case .value = ValueReader(value).read(text, unit: nil, context: .constant) else {
                throw section.error(
                    "“\(text)” is no value of \(value.attribute.name)\(ValueReader(value).suggestion(for: text))")
            }
        default: break
        }
        for code in Set(value.map.values.compactMap { $0 }).sorted() {
            guard case .value = ValueReader(value).resolved(code) else {
                throw section.error(
                    "`map`: “\(code)” is no value of \(value.attribute.name)\(ValueReader(value).suggestion(for: code))"
                )
            }
        }
    }
}
