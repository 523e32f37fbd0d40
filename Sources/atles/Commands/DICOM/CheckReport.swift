import DICOM

/// Prints what a check finds, file by file, and sums it up.
struct CheckReport {
    private let json: Bool
    private let quiet: Bool
    private var counts: [Inspection.Verdict: Int] = [:]

    init(json: Bool, quiet: Bool) {
        self.json = json
        self.quiet = quiet
    }

    /// Whether a DICOM file, or a path, could not be read.
    var hasFailures: Bool { counts[.damaged, default: 0] + counts[.unreadable, default: 0] > 0 }

    mutating func add(_ path: String, _ inspection: Inspection) {
        counts[inspection.verdict, default: 0] += 1
        if quiet, inspection.verdict == .ok || inspection.verdict == .notDICOM { return }
        if json { return printJSON(path, inspection) }
        switch inspection.verdict {
        case .ok: Output.line("OK        \(path)")
        case .warnings: Output.line("WARNINGS  \(path)")
        case .damaged: Output.line("DAMAGED   \(path)")
        case .notDICOM: Output.line("NOT DICOM \(path)")
        case .unreadable: Output.line("UNREADABLE \(path)")
        }
        if let error = inspection.error { Output.line("            \(error.message)") }
        for warning in inspection.warnings { Output.line("            \(warning.message)") }
        let more = inspection.warningCount - inspection.warnings.count
        if more > 0 { Output.line("            \(more) more warnings") }
    }

    func close() {
        let total = counts.values.reduce(0, +)
        if json {
            let fields = ([.ok, .warnings, .damaged, .notDICOM, .unreadable] as [Inspection.Verdict])
                .map { "\"\($0.rawValue)\":\(counts[$0, default: 0])" }
            return Output.line("{\"files\":\(total)," + fields.joined(separator: ",") + "}")
        }
        Output.line(
            "\(total) files: \(counts[.ok, default: 0]) in order, \(counts[.warnings, default: 0]) with warnings, "
                + "\(counts[.damaged, default: 0]) damaged, \(counts[.notDICOM, default: 0]) not DICOM, "
                + "\(counts[.unreadable, default: 0]) unreadable")
    }

    private func printJSON(_ path: String, _ inspection: Inspection) {
        let findings = ([inspection.error].compactMap(\.self) + inspection.warnings).map(object).joined(separator: ",")
        let syntax = inspection.transferSyntax.map { ",\"transferSyntax\":\(JSONText.quoted($0.uid))" } ?? ""
        Output.line(
            "{\"path\":\(JSONText.quoted(path)),\"verdict\":\"\(inspection.verdict.rawValue)\"\(syntax),\"findings\":[\(findings)]}"
        )
    }

    private func object(_ finding: DICOMError) -> String {
        var fields = ["\"code\":\(JSONText.quoted(finding.code.description))"]
        if let offset = finding.offset { fields.append("\"offset\":\(offset)") }
        if let tag = finding.tag { fields.append("\"tag\":\"\(tag.hex)\"") }
        fields.append("\"message\":\(JSONText.quoted(finding.message))")
        return "{" + fields.joined(separator: ",") + "}"
    }
}

/// Text as a JSON string.
enum JSONText {
    static func quoted(_ text: String) -> String {
        var result = "\""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "\"": result += "\\\""
            case "\\": result += "\\\\"
            case "\u{00}"..."\u{1F}":
                let digits = String(scalar.value, radix: 16)
                result += "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
            default: result.unicodeScalars.append(scalar)
            }
        }
        return result + "\""
    }
}
