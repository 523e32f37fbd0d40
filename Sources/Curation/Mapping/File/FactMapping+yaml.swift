import Yams

extension FactMapping {
    /// Bytes of a mapping that are read.
    public static let largestFile = 4 << 20

    /// From the text of a mapping file. Whatever it says that is not known here is an error with its line: a rule that is
    /// silently ignored would lose facts.
    public init(yaml: String) throws(MappingError) {
        do {
            try self.init(checking: yaml)
        } catch {
            throw MappingError(error)
        }
    }

    private init(checking yaml: String) throws(TableError) {
        guard yaml.utf8.count <= Self.largestFile else {
            throw TableError(.specification, "the mapping is larger than \(Self.largestFile >> 20) MiB")
        }
        let node: Node?
        do {
            node = try Yams.compose(yaml: yaml)
        } catch {
            throw TableError(.specification, "the mapping is not YAML: \(error)")
        }
        guard let node else { throw TableError(.specification, "the mapping is empty") }
        var root = try SpecSection(node, "the mapping")
        guard let name = try root.text("mapping"), Self.isName(name) else {
            throw root.error(
                "`mapping` should be its name: letters, digits, - and _, 64 at most; the next load under the same name replaces this one"
            )
        }
        self.name = name
        version = try root.text("version") ?? ""
        about = try root.text("about") ?? ""
        var patient = try root.section("patient")
        issuer = try patient?.text("issuer") ?? ""
        ids = IDNormalisation(
            zeroPad: try patient?.number("zero_pad", in: 1...64), dropsZeros: try patient?.flag("drop_zeros") ?? false,
            uppercases: try patient?.flag("uppercase") ?? false)
        try patient?.finish()
        missing = ClinicalTableSpec.usualMissing.union(try root.list("missing")?.map { $0.lowercased() } ?? [])
        dates = try MappingYAML.pattern("dates", &root)
        hasDecimalComma = try MappingYAML.decimals(&root)
        concepts = [:]
        if let node = root.node("concepts") {
            for (id, code) in try MappingYAML.texts(node, "`concepts`") { concepts[id] = code }
        }
        sources = []
        for (name, node) in try root.entries("sources") {
            sources.append(try SourceYAML.source(name, node, dates: dates, hasDecimalComma: hasDecimalComma))
        }
        try root.finish()
        guard sources.contains(where: { !$0.records.isEmpty }) else {
            throw root.error("no source has `records`: it would map nothing")
        }
    }

    private static func isName(_ text: String) -> Bool {
        (1...64).contains(text.utf8.count)
            && text.unicodeScalars.allSatisfy {
                ("a"..."z").contains($0) || ("A"..."Z").contains($0) || ("0"..."9").contains($0) || $0 == "-"
                    || $0 == "_"
            }
    }
}

/// Values that several places of a mapping may have.
enum MappingYAML {
    static func pattern(_ key: String, _ section: inout SpecSection) throws(TableError) -> DatePattern? {
        guard let text = try section.text(key) else { return nil }
        guard let pattern = DatePattern(text) else {
            throw section.error(
                "`\(key)` should be like dd/mm/yyyy, yyyy-mm-dd, dd-mmm-yyyy, yyyy, or excel for the numbers of spreadsheets"
            )
        }
        return pattern
    }

    static func decimals(_ section: inout SpecSection) throws(TableError) -> Bool? {
        try section.choice("decimals", ["comma": true, "point": false])
    }

    /// Names and texts, such as the values of a map; `~` stands for nothing.
    static func optionalTexts(_ node: Node, _ name: String) throws(TableError) -> [(String, String?)] {
        guard let mapping = node.mapping else {
            throw TableError(.specification, "\(name)\(line(node)) should consist of `this: that` lines")
        }
        var all: [(String, String?)] = []
        for (key, value) in mapping {
            guard let key = key.scalar?.string, let text = value.scalar else {
                throw TableError(.specification, "\(name)\(line(node)) should consist of `this: that` lines")
            }
            let isNothing = value.null != nil || text.string.isEmpty
            all.append((key, isNothing ? nil : text.string))
        }
        return all
    }

    static func texts(_ node: Node, _ name: String) throws(TableError) -> [(String, String)] {
        try optionalTexts(node, name).compactMap { key, value in value.map { (key, $0) } }
    }

    /// One text, or a list of them.
    static func list(_ key: String, _ section: inout SpecSection) throws(TableError) -> [String]? {
        guard let node = section.node(key) else { return nil }
        if let text = node.scalar?.string { return [text] }
        let texts = node.sequence?.compactMap { $0.scalar?.string } ?? []
        guard !texts.isEmpty, texts.count == node.sequence?.count else {
            throw section.error("`\(key)` should be a text or a list of texts")
        }
        return texts
    }

    static func line(_ node: Node) -> String { node.mark.map { " in line \($0.line)" } ?? "" }
}
