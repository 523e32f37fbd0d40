import Cohort

/// The attributes that a question can name, as a table for the terminal, with their usual values below.
enum AttributeList {
    static var text: String {
        var table = Table([("NAME", .left), ("OR SHORT", .left), ("KIND", .left), ("WHAT IT IS", .left)])
        for attribute in CohortModel.attributes {
            table.add([
                attribute.name, attribute.aliases.joined(separator: ", "),
                attribute.kindName + (attribute.unit.map { " (\($0))" } ?? ""), attribute.label,
            ])
        }
        let values = CohortModel.attributes.filter { !$0.knownValues.isEmpty }.map { attribute in
            "  \(attribute.name)\n" + lines(attribute.knownValues.map { "\($0.code) (\($0.label))" })
        }
        return """
            \(table.text)

            Usual values:
            \(values.joined(separator: "\n"))

            A condition: modality = MR and (age >= 50 or not exists age) and sliceThickness <= 2 mm
            Operations: =, !=, in (A, B), <, <=, >, >=, between A and B, contains, exists; and, or, not, parentheses
            """
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
