import Cohort

/// The attributes that a question can name, as tables for the terminal, one for each kind of record, with their usual
/// values below.
enum AttributeList {
    /// So many values of an attribute are named; `docs/vocabulary.md` has all of them.
    private static let mostValues = 24

    static var text: String {
        let groups = CohortEntity.allCases.map { entity in "\(entity.label)\n\(table(of: entity))" }
        let values = CohortModel.attributes.compactMap(\.valueSet).reduce(into: [ValueSet]()) { sets, set in
            if !sets.contains(where: { $0.name == set.name }) { sets.append(set) }
        }
        return """
            \(groups.joined(separator: "\n\n"))

            Usual values (codes and labels; a question takes labels in English, Spanish and Catalan, and codes of other
            systems, as in diagnosis = SNOMED:254837009):
            \(values.map(lines).joined(separator: "\n"))

            A condition: modality = MR and (age >= 50 or not exists age) and sliceThickness <= 2 mm
            Of clinical records: diagnosis = "breast cancer" and stage = III and has treatment (type = surgery)
            Operations: =, !=, in (A, B), <, <=, >, >=, between A and B, contains, exists; and, or, not, parentheses
            """
    }

    private static func table(of entity: CohortEntity) -> String {
        var table = Table([("NAME", .left), ("OR SHORT", .left), ("KIND", .left), ("WHAT IT IS", .left)])
        for attribute in entity.attributes {
            let kind = attribute.valueSet.map { "\(attribute.kindName) \($0.name)" } ?? attribute.kindName
            table.add([
                attribute.name, attribute.aliases.joined(separator: ", "),
                kind + (attribute.unit.map { " (\($0))" } ?? ""), attribute.label,
            ])
        }
        return table.text
    }

    private static func lines(_ set: ValueSet) -> String {
        var values = set.concepts.prefix(mostValues).map { concept in
            concept.label == concept.code ? concept.code : "\(concept.code) (\(concept.label))"
        }
        let rest = set.concepts.count - values.count
        if rest > 0 { values.append("and \(rest) more") }
        return "  \(set.name)\n" + lines(values)
    }

    /// Values with commas between them, in lines of the terminal's usual width.
    private static func lines(_ values: [String]) -> String {
        var lines = [""]
        for (place, value) in values.enumerated() {
            let piece = value + (place == values.count - 1 ? "" : ",")
            if let last = lines.last, !last.isEmpty, last.count + piece.count > 92 { lines.append("") }
            lines[lines.count - 1] += (lines[lines.count - 1].isEmpty ? "" : " ") + piece
        }
        return lines.map { "      " + $0 }.joined(separator: "\n")
    }
}
