/// Rows of CSV or TSV (RFC 4180): fields in quotes may hold separators, line ends and doubled quotes.
enum DelimitedText {
    /// The separator is the one of comma, semicolon and tab that the first line has most of.
    static func rows(_ text: String) -> [[String]] {
        let first = text.prefix { !$0.isNewline }
        let separators: [Character] = [",", ";", "\t"]
        let separator = separators.max { a, b in first.count { $0 == a } < first.count { $0 == b } } ?? ","
        var rows: [[String]] = []
        var (row, field): ([String], String) = ([], "")
        var isQuoted = false
        var before: Character = " "
        for character in text {
            switch character {
            case "\"" where isQuoted: isQuoted = false
            case "\"":
                // Two quotes inside quotes are one.
                if before == "\"" { field.append("\"") }
                isQuoted = true
            case separator where !isQuoted:
                row.append(field)
                field = ""
            case _ where character.isNewline && !isQuoted:
                row.append(field)
                if row != [""] { rows.append(row) }
                (row, field) = ([], "")
            default: field.append(character)
            }
            before = character
        }
        row.append(field)
        if row != [""] { rows.append(row) }
        return rows
    }
}

extension ClinicalFacts {
    /// From the text of a de-identified table, its first row the names of columns. Nil where there is no column of patients.
    public init?(text: String, patientColumn: String? = nil) {
        let text = text.hasPrefix("\u{FEFF}") ? String(text.dropFirst()) : text
        let rows = DelimitedText.rows(text)
        guard let header = rows.first else { return nil }
        self.init(header: header, rows: rows.dropFirst(), patientColumn: patientColumn)
    }
}
