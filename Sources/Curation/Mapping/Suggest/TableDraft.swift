import Cohort

/// The draft of one table's source: which column is which attribute.
struct TableDraft {
    /// A column, or a group of columns of zeros and ones, and what it may be.
    private struct Choice {
        let attribute: CohortAttribute
        let entry: String
        let score: Double
        let columns: [String]
    }

    let yaml: String
    /// Whether some column holds the patient.
    let hasPatient: Bool

    private static let mostRows = 200_000
    /// What is recorded once for each patient where a row is a patient.
    private static let once: Set<CohortEntity> = [.condition, .followUp, .history]

    init(_ input: MappingInput, sourceName: String) throws(TableError) {
        var reader = try TableReader(input.source)
        guard !TableHeader.looksLikeData(reader.columns) else {
            throw TableError(
                .header, row: 1,
                "the first row looks like data, not like names of columns; add a row of names in front and try again")
        }
        var columns = reader.columns.map { SuggestedColumn($0) }
        while reader.row <= Self.mostRows, let row = try reader.next() {
            for (index, cell) in row.enumerated() where columns.indices.contains(index) {
                let value = cell.cellTrimmed
                if !value.isEmpty, !ClinicalTableSpec.usualMissing.contains(value.lowercased()) {
                    columns[index].observe(value)
                }
            }
        }
        let id =
            columns.firstIndex { Self.isPatient($0) }
            ?? columns.firstIndex { column in
                ColumnWords(column.name).isIdentifier && column.filled > 1
                    && column.values.count == min(column.filled, 400)
            }
        hasPatient = id != nil
        var choices: [Choice] = Self.groups(columns)
        let grouped = Set(choices.flatMap(\.columns))
        for (index, column) in columns.enumerated() where index != id && !grouped.contains(column.name) {
            if let choice = Self.choice(column) { choices.append(choice) }
        }
        yaml = Self.text(
            input.name, sourceName, id.map { columns[$0].name }, Self.best(choices), columns.map(\.name))
    }

    private static func isPatient(_ column: SuggestedColumn) -> Bool {
        let isDonor = !Set(column.words).isDisjoint(with: ["donor", "participant", "donante", "donant", "person"])
        return ColumnWords(column.name).isPatientID || isDonor && column.words.contains("id")
    }

    /// Of several columns for one attribute the best; the others are left for a person.
    private static func best(_ choices: [Choice]) -> [Choice] {
        var taken: [String: Choice] = [:]
        for choice in choices where choice.score > taken[choice.attribute.name]?.score ?? 0 {
            taken[choice.attribute.name] = choice
        }
        return choices.filter { taken[$0.attribute.name]?.entry == $0.entry }
    }

    private static let candidates = CohortModel.attributes.filter { !$0.entity.isImaging && $0.entity != .annotation }

    private static func choice(_ column: SuggestedColumn) -> Choice? {
        guard column.filled > 0 else { return nil }
        var best: Choice?
        for attribute in candidates {
            let (words, unit) = column.words(for: attribute)
            let named = AttributeNames.score(words, attribute)
            let isShape = column.values.count > 1 && shaped.contains(attribute.name)
            guard named >= 0.45 || isShape else { continue }
            let share = column.share(of: attribute)
            guard named >= 0.45 ? share >= 0.3 : share >= 0.95 else { continue }
            let score = named + share
            guard score > best?.score ?? 0 else { continue }
            best = Choice(
                attribute: attribute, entry: entry(column, attribute, unit: unit), score: score, columns: [column.name])
        }
        return best
    }

    /// Attributes whose codes are known by their shape, whatever the column is called.
    private static let shaped: Set<String> = [
        "condition.topography", "condition.morphology", "condition.icd10", "patient.sex", "condition.pathologicalStage",
    ]

    private static func entry(_ column: SuggestedColumn, _ attribute: CohortAttribute, unit: String?) -> String {
        var parts = ["column: \(YAMLText.quoted(column.name))"]
        if let unit { parts.append("unit: \(YAMLText.quoted(unit))") }
        if attribute.kind == .date {
            switch column.dates.outcome {
            case .pattern(let pattern): parts.append("format: \(pattern.name)")
            case .ambiguous(let one, let other):
                return "{\(parts[0]), format: \(one)}  # or \(other): both are possible"
            case .none, .empty: break
            }
        }
        return parts.count == 1 ? YAMLText.quoted(column.name) : "{\(parts.joined(separator: ", "))}"
    }

    // MARK: Groups of zeros and ones

    private static func groups(_ columns: [SuggestedColumn]) -> [Choice] {
        var prefixes: [String: [String]] = [:]
        for column in columns where column.isFlags && column.filled > 0 {
            for mark in column.name.indices where "_=: .".contains(column.name[mark]) {
                let end = column.name.index(after: mark)
                guard end < column.name.endIndex else { continue }
                prefixes[String(column.name[..<end]), default: []].append(String(column.name[end...]))
            }
        }
        var choices: [Choice] = []
        for (prefix, values) in prefixes.sorted(by: { $0.key < $1.key }) {
            let words = AttributeNames.words(prefix)
            var best: Choice?
            for attribute in candidates {
                guard case .code = attribute.kind else { continue }
                let named = AttributeNames.score(words, attribute)
                guard named >= 0.45 else { continue }
                let book = CodeBook(attribute)
                let understood = values.count { book.code($0.cellTrimmed) != nil }
                guard understood * 2 > values.count else { continue }
                let score = named + Double(understood) / Double(values.count)
                guard score > best?.score ?? 0 else { continue }
                best = Choice(
                    attribute: attribute, entry: "{one_hot: \(YAMLText.quoted(prefix))}", score: score,
                    columns: values.map { prefix + $0 })
            }
            if let best { choices.append(best) }
        }
        return choices
    }

    // MARK: Text

    private static func text(
        _ file: String, _ source: String, _ patient: String?, _ choices: [Choice], _ columns: [String]
    ) -> String {
        guard !choices.isEmpty else {
            return "  # No column of \(YAMLText.quoted(file)) looks like an attribute of the model.\n"
        }
        var lines = ["  \(YAMLText.quoted(source)):", "    file: \(YAMLText.quoted(file))"]
        if let patient {
            lines.append("    patient: \(YAMLText.quoted(patient))")
        } else {
            lines.append("    patient: \"?\"  # no column looks like the patient's number: name it here")
        }
        lines.append("    records:")
        for entity in CohortEntity.allCases {
            let mine = choices.filter { $0.attribute.entity == entity }
            guard !mine.isEmpty else { continue }
            lines.append("      - entity: \(entity.rawValue)")
            if once.contains(entity) { lines.append("        once: true") }
            lines.append("        values:")
            for choice in mine {
                let name = choice.attribute.name.split(separator: ".").last.map(String.init) ?? choice.attribute.name
                lines.append("          \(name): \(choice.entry)")
            }
        }
        return lines.joined(separator: "\n") + "\n"
    }
}

/// Texts of a site's tables in a YAML file: always in quotes, on one line.
enum YAMLText {
    static func quoted(_ text: String) -> String {
        var quoted = "\""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "\"": quoted += "\\\""
            case "\\": quoted += "\\\\"
            case "\n": quoted += "\\n"
            case "\r": quoted += "\\r"
            case "\t": quoted += "\\t"
            case "\0"..." " where scalar != " ": continue
            default: quoted.unicodeScalars.append(scalar)
            }
        }
        return quoted + "\""
    }
}
