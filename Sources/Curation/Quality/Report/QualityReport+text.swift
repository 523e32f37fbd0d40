extension QualityReport {
    /// The report for a terminal.
    public var text: String {
        var lines = [title, ""]
        lines.append(
            "checked      \(PageText.count(checked.patients, "patient")), \(checked.studies == 1 ? "1 study" : "\(PageText.number(checked.studies)) studies"), \(PageText.number(checked.series)) series, \(PageText.count(checked.objects, "object")); \(PageText.number(checked.framesDecoded)) of \(PageText.count(checked.frames, "frame")) decoded"
        )
        lines.append(
            "found        \(PageText.count(errors, "error")), \(PageText.count(warnings, "warning")), \(PageText.count(notices, "notice"))"
        )
        if completeness.imagingSeries > 0 {
            lines.append("tier         \(completeness.tier) of 3")
            for sentence in completeness.missing {
                lines.append("             missing for tier \(completeness.tier + 1): \(sentence)")
            }
        }
        for share in completeness.clinical where share.patients < completeness.clinicalPatients {
            lines.append(
                "clinical     \(share.attribute.rawValue): "
                    + (share.hasColumn
                        ? "\(PageText.number(share.patients)) of \(PageText.number(completeness.clinicalPatients)) patients"
                        : "no column"))
        }
        for result in rules { lines += text(of: result) }
        for limitation in limitations { lines += ["", limitation] }
        return lines.joined(separator: "\n")
    }

    /// Places shown of a rule.
    private static let shown = 5

    private func text(of result: RuleResult) -> [String] {
        let rule = result.rule
        var lines = ["", "\(rule.severity.rawValue)  \(rule.title)  [\(rule.id)]", "    \(rule.remedy)"]
        for finding in result.listed.prefix(Self.shown) {
            lines.append("  - \(finding.detail)")
            for place in finding.places where place != QualityPlace() { lines.append("    \(Self.text(of: place))") }
        }
        let rest = result.findings - min(result.listed.count, Self.shown)
        if rest > 0 { lines.append("  … and \(PageText.number(rest)) more (--json lists them)") }
        return lines
    }

    private static func text(of place: QualityPlace) -> String {
        let parts: [(String, String?)] = [
            ("patient", place.patient), ("series", place.series), ("object", place.instance),
            ("frame", place.frame.map { "\($0)" }), ("attribute", place.attribute),
        ]
        return parts.compactMap { name, value in value.map { "\(name) \($0)" } }.joined(separator: "  ")
    }
}

extension QualityRule {
    /// All rules for a terminal.
    public static func text(width: Int) -> String {
        all.map { rule in
            "\(rule.id)  (\(rule.severity.rawValue), \(rule.level.rawValue))\n"
                + [rule.title + ".", rule.explanation, "What to do: \(rule.remedy)"].flatMap { wrapped($0, width - 4) }
                .map { "    \($0)" }.joined(separator: "\n")
        }
        .joined(separator: "\n\n")
    }

    private static func wrapped(_ text: String, _ width: Int) -> [String] {
        var lines: [String] = []
        for word in text.split(separator: " ") {
            if let last = lines.last, last.count + 1 + word.count <= width {
                lines[lines.count - 1] = last + " " + word
            } else {
                lines.append(String(word))
            }
        }
        return lines
    }
}
