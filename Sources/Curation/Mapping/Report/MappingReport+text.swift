import Cohort

extension MappingReport {
    /// Problems that are printed for people; all are in the form for programs.
    private static let printed = 60

    /// The report for a person at a terminal.
    public var text: String {
        var lines: [String] = []
        let rows = files.reduce(0) { $0 + $1.rows }
        lines.append(
            "\(mapping): \(Self.number(rows, "row")) of \(Self.number(files.count, "file")) → \(Self.number(recordCount, "record")) of \(Self.number(patients, "patient"))"
        )
        for count in records { lines.append("  \(count.entity.label): \(count.records)") }
        if let images {
            lines.append(
                "  \(images.withImages) patients with images here, \(images.withoutImages) without; \(images.imagesWithoutRow) with images and no row"
            )
            if images.withImages == 0, images.imagesWithoutRow > 0 {
                lines.append(
                    "  No patient of the tables is one of the images. Is the patient's column the number that the images bear? Where tables of series name data sets, the mapping needs a line `patient: {issuer: NAME-OF-THE-DATA-SET}`."
                )
            }
        }
        let left = problems.filter { $0.kind.severity == .leftOut }
        lines += section("Left out:", left)
        lines += section("To know:", problems.filter { $0.kind.severity == .note })
        for (kind, count) in further.sorted(by: { $0.key < $1.key }) {
            lines.append("  … and \(count) further times \(kind), not listed")
        }
        if isComplete { lines.append("Everything that the mapping asks for was understood.") }
        return lines.joined(separator: "\n")
    }

    private func section(_ title: String, _ problems: [MappingProblem]) -> [String] {
        guard !problems.isEmpty else { return [] }
        var lines = ["", title]
        for problem in problems.prefix(Self.printed) { lines.append("  " + problem.text) }
        if problems.count > Self.printed {
            lines.append("  … and \(problems.count - Self.printed) more; --json lists them")
        }
        return lines
    }

    static func number(_ count: Int, _ noun: String) -> String { "\(count) \(noun)\(count == 1 ? "" : "s")" }
}

extension MappingProblem {
    /// One line: where, what, how often.
    public var text: String {
        var place = [file, column.map { "“\($0)”" }].compactMap { $0 }.joined(separator: ", column ")
        if place.isEmpty, let column { place = "column “\(column)”" }
        if let attribute { place += place.isEmpty ? attribute : " → \(attribute)" }
        var text = place.isEmpty ? message : "\(place): \(message)"
        if rows.count > 0 {
            let first = rows.first.prefix(5).map(String.init).joined(separator: ", ")
            text += " (\(rows.count == 1 ? "row" : "\(rows.count) rows:") \(first)\(rows.count > 5 ? ", …" : ""))"
        }
        return text
    }
}
