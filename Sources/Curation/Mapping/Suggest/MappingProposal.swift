import Cohort

/// A first mapping of a site's tables, drafted from the names of columns and what stands in them. A person must read it: what
/// a column means is known to those who fill it.
///
/// Holds names of columns, codes and shares, and no cell that may be a patient's.
public struct MappingProposal: Sendable {
    /// The draft as a mapping file, with what it understands as comments.
    public let yaml: String

    /// - Parameters:
    ///   - name: the name of the mapping.
    ///   - inputs: CSV or TSV tables, the tables of an OMOP database, or FHIR.
    public init(name: String, _ inputs: [MappingInput], today: CivilDate?) throws(MappingError) {
        var text = """
            # A draft. Read every line: what a column means is known to you, not to the program. `atles node map check` says
            # what it would make of the tables.
            mapping: \(name)
            version: "1"

            """
        let tables = inputs.filter { !$0.isJSON }
        let omop = OMOPDraft.tables(tables)
        if !omop.isEmpty { text += OMOPDraft.concepts }
        text += "sources:\n"
        if inputs.contains(where: \.isJSON) {
            text += FHIRDraft.source
        }
        text += OMOPDraft.sources(omop)
        for input in tables
        where !omop.contains(input.tableName) && !ConceptBook.fileNames.contains(input.name.lowercased()) {
            do {
                text += try TableDraft(input, sourceName: input.tableName).yaml
            } catch {
                throw MappingError(file: input.name, error)
            }
        }
        yaml = text + Self.comments(text, inputs, today: today)
    }

    /// What the draft makes of the tables, as comments behind it.
    private static func comments(_ yaml: String, _ inputs: [MappingInput], today: CivilDate?) -> String {
        let report: MappingReport
        do {
            // The pseudonyms of a draft are nobody's.
            let key = try PseudonymKey([UInt8](repeating: 0, count: PseudonymKey.length))
            report = try FactMapper(FactMapping(yaml: yaml), pseudonyms: Pseudonymizer(key: key), today: today)
                .check(inputs)
        } catch {
            return "\n# The draft cannot be used as it is: \(line("\(error)"))\n"
        }
        var lines = ["", "# What this draft understands:"]
        for attribute in report.attributes where attribute.taken + attribute.leftOut > 0 {
            let all = attribute.taken + attribute.leftOut
            lines.append("#   \(attribute.name): \(attribute.taken * 100 / all) % of \(all) values")
        }
        let unknown = report.problems.filter { $0.kind.severity == .leftOut }
        if !unknown.isEmpty { lines.append("# What it does not understand; most needs a line under `map`:") }
        for problem in unknown.prefix(40) { lines.append("#   " + line(problem.text)) }
        if unknown.count > 40 { lines.append("#   … and \(unknown.count - 40) more") }
        let left = report.problems.filter { $0.kind == .unmapped }
        if !left.isEmpty { lines.append("# What no rule reads; list under `ignore` what is not wanted:") }
        for file in Set(left.compactMap(\.file)).sorted() {
            let mine = left.filter { $0.file == file }
            let columns = mine.filter { $0.rows.count == 0 }.compactMap(\.column)
            if !columns.isEmpty { lines.append("#   \(line("\(file): \(columns.joined(separator: ", "))"))") }
            for problem in mine where problem.rows.count > 0 || problem.column == nil {
                lines.append("#   " + line(problem.text))
            }
        }
        return lines.joined(separator: "\n") + "\n"
    }

    private static func line(_ text: String) -> String {
        String(text.map { $0.isNewline ? " " : $0 })
    }
}

extension MappingInput {
    var isJSON: Bool {
        let lower = name.lowercased()
        return lower.hasSuffix(".json") || lower.hasSuffix(".ndjson") || lower.hasSuffix(".jsonl")
    }

    /// The file's name without its ending.
    var tableName: String {
        guard let dot = name.lastIndex(of: "."), dot > name.startIndex else { return name.lowercased() }
        return name[..<dot].lowercased()
    }
}
