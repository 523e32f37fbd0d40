import DICOM
import Yams

extension ClinicalTableSpec {
    /// Bytes of a specification that are read.
    private static let mostBytes = 1 << 20

    /// From a specification file. Whatever it says that is not known here is an error with its line: a rule that is
    /// silently ignored would let through what it should stop.
    ///
    /// ```yaml
    /// patient: {issuer: Saint Elsewhere, zero_pad: 8}
    /// missing: ["9999", "not done"]        # beside the usual ones
    /// columns:
    ///   hospital_number: id
    ///   diagnosed: {role: date, format: dd/mm/yyyy}
    ///   born: {role: birth_date, becomes: age, at: diagnosed}
    ///   postcode: {role: area, keep: 2, fewest: 20}
    ///   stage: category
    ///   remarks: {role: text, allow_text: true}
    /// ```
    public init(yaml: String) throws(TableError) {
        guard yaml.utf8.count <= Self.mostBytes else {
            throw TableError(.specification, "the specification is larger than 1 MiB")
        }
        let node: Node?
        do {
            node = try Yams.compose(yaml: yaml)
        } catch {
            throw TableError(.specification, "the specification is not YAML: \(error)")
        }
        guard let node else { throw TableError(.specification, "the specification is empty") }
        var root = try SpecSection(node, "the specification")
        var patient = try root.section("patient")
        var columns: [Column] = []
        for (name, node) in try root.entries("columns") {
            columns.append(Column(name, try SpecColumn.role(name, node)))
        }
        self.init(columns: columns, issuer: try patient?.text("issuer") ?? "")
        ids.zeroPad = try patient?.number("zero_pad", in: 1...64)
        ids.dropsZeros = try patient?.flag("drop_zeros") ?? false
        ids.uppercases = try patient?.flag("uppercase") ?? false
        try patient?.finish()
        missing.formUnion(try root.list("missing")?.map { $0.lowercased() } ?? [])
        separator = try root.choice("separator", Self.separators)
        encoding = try root.choice("encoding", Self.encodings)
        try root.finish()
        try check()
    }

    static let separators: [String: TableForm.Separator] = [
        ",": .comma, "comma": .comma, ";": .semicolon, "semicolon": .semicolon, "tab": .tab, "\t": .tab, "|": .bar,
        "bar": .bar,
    ]

    static var encodings: [String: TableForm.Encoding] { TableForm.Encoding.names }
}

/// One entry of `columns`.
private enum SpecColumn {
    static func role(_ name: String, _ node: Node) throws(TableError) -> ColumnRole {
        if node.mapping == nil, let word = node.string {
            var empty = SpecSection(name: "column “\(name)”", line: node.mark?.line)
            return try role(word, &empty)
        }
        var section = try SpecSection(node, "column “\(name)”")
        guard let word = try section.text("role") else {
            throw section.error("it has no `role`; it can be one of \(ColumnRole.names.joined(separator: ", "))")
        }
        let found = try role(word, &section)
        try section.finish()
        return found
    }

    private static func role(_ word: String, _ section: inout SpecSection) throws(TableError) -> ColumnRole {
        switch word {
        case "id": return .id
        case "identifier": return .identifier(attribute: try attribute(&section))
        case "date": return .date(try format(&section))
        case "datetime": return .dateTime(try format(&section))
        case "age":
            let units = Dictionary(uniqueKeysWithValues: AgeUnit.allCases.map { ($0.rawValue, $0) })
            return .age(try section.choice("unit", units) ?? .years)
        case "birth_date": return try birthDate(&section)
        case "sex": return .sex
        case "number": return .number
        case "code": return .code(try values(&section))
        case "category": return .category(try values(&section))
        case "area":
            var rule = AreaRule()
            rule.keep = try section.number("keep", in: 0...12) ?? rule.keep
            rule.fewest = try section.number("fewest", in: 2...1_000) ?? rule.fewest
            rule.small = Set(try section.list("small") ?? [])
            return .area(rule)
        case "text": return .text(isAllowed: try section.flag("allow_text") ?? false)
        case "uid": return .uid
        case "drop":
            let kinds: [String: KnownIdentifiers.Kind] = [
                "name": .patientName, "id": .patientID, "address": .address, "phone": .phone, "staff": .staffName,
                "institution": .institution, "accession": .accession,
            ]
            return .drop(holds: try section.choice("holds", kinds))
        default:
            throw section.error(
                "`\(word)` is no role; it can be one of \(ColumnRole.names.joined(separator: ", "))")
        }
    }

    private static func format(_ section: inout SpecSection) throws(TableError) -> DatePattern? {
        guard let text = try section.text("format") else { return nil }
        guard let pattern = DatePattern(text) else {
            throw section.error(
                "`format` should be like dd/mm/yyyy, yyyy-mm-dd, dd-mmm-yyyy, yyyy, or excel for the numbers of spreadsheets"
            )
        }
        return pattern
    }

    private static func birthDate(_ section: inout SpecSection) throws(TableError) -> ColumnRole {
        let format = try format(&section)
        let use = try section.choice("becomes", ["nothing": 0, "age": 1, "year": 2]) ?? 0
        let at = try section.text("at")
        if use == 0 { return .birthDate(format, becomes: .nothing) }
        guard let at else {
            throw section.error("`becomes` needs `at`: the column of the day on which the age is counted")
        }
        return .birthDate(format, becomes: use == 1 ? .age(at: at) : .year(at: at))
    }

    private static func values(_ section: inout SpecSection) throws(TableError) -> ValueRule {
        let values = try section.list("values")
        return ValueRule(values: values.map { Set($0) }, most: try section.number("most", in: 1...100_000))
    }

    private static func attribute(_ section: inout SpecSection) throws(TableError) -> UInt32? {
        guard let text = try section.text("attribute") else { return nil }
        let digits = text.filter { $0 != "," && $0 != "(" && $0 != ")" }
        guard digits.utf8.count == 8, let packed = UInt32(digits, radix: 16) else {
            throw section.error("`attribute` should be a tag such as 0008,0050")
        }
        return packed
    }
}
