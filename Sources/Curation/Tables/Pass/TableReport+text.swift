extension TableReport {
    /// The report for a terminal.
    public var text: String {
        var lines = [
            "rows        \(PageText.number(rows)) read, \(PageText.number(written)) written, \(patients.map { PageText.count($0, "patient") } ?? "more than 2,000,000 patients")"
        ]
        if let images { lines += text(of: images) }
        for refused in refusedRows { lines.append("not written \(text(of: refused.rows)): \(refused.reason)") }
        for outcome in [Outcome.refused, .changed, .kept, .dropped] {
            for column in columns where column.outcome == outcome {
                let role = column.role.map { " (\($0))" } ?? ""
                lines.append("\(Self.padded(outcome.rawValue)) “\(column.name)”\(role): \(column.explanation)")
                if column.leftOut.count > 0 {
                    lines.append("            left empty for what it held: \(text(of: column.leftOut))")
                }
            }
        }
        return lines.joined(separator: "\n")
    }

    private func text(of images: ImageLink) -> [String] {
        var lines = [
            "images      \(PageText.count(images.withImages, "patient")) with, \(PageText.number(images.withoutImages)) without; \(PageText.number(images.imagesWithoutRow)) with images and no row"
        ]
        if images.withImages == 0, images.withoutImages > 0, images.imagesWithoutRow > 0, images.remedies.isEmpty {
            lines.append(
                "            nobody in the table has images: look whether the key, the issuer and the patient's column are the right ones"
            )
        }
        if images.withoutImages > 0 { lines.append("            without images: \(text(of: images.rows))") }
        for (remedy, count) in images.remedies.sorted(by: { ($1.value, $0.key) < ($0.value, $1.key) }) {
            lines.append(
                "            `\(remedy)` under `patient` in the specification would bring \(PageText.count(count, "patient")) together with images"
            )
        }
        return lines
    }

    private func text(of rows: RowList) -> String {
        let first = rows.first.map { "\($0)" }.joined(separator: ", ")
        return rows.count == rows.first.count
            ? "\(PageText.count(rows.count, "row")) (\(first))"
            : "\(PageText.count(rows.count, "row")) (first \(first))"
    }

    private static func padded(_ word: String) -> String {
        word + String(repeating: " ", count: max(11 - word.utf8.count, 0))
    }
}
