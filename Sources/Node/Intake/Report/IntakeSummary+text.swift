extension IntakeSummary {
    /// The summary for a hospital's data manager.
    public var text: String {
        var lines = stopped.map { ["Stopped: \($0)", ""] } ?? []
        lines.append(row(accepted, "taken in: de-identified, stored and indexed"))
        lines.append(row(alreadyThere, "there already, unchanged"))
        lines.append(row(quarantined.count, "set aside" + (quarantined.count == 0 ? "" : ", because they are")))
        for reason in QuarantineReason.allCases {
            if let count = quarantined.reasons[reason.rawValue] { lines.append("    " + row(count, reason.label)) }
        }
        if pixels.coveredObjects > 0 {
            lines.append(row(pixels.coveredObjects, "of those taken in had text in their pixels, which is covered"))
        }
        if review.waiting > 0 {
            lines.append(row(review.waiting, "waiting for a person to look at them, because of"))
            for (kind, count) in review.kinds.sorted(by: { $0.key < $1.key }) {
                lines.append("    " + row(count, kind))
            }
        }
        if review.rejected > 0 { lines.append(row(review.rejected, "rejected by a person")) }
        lines.append(row(notDICOM.count, "not DICOM, left alone"))
        if skipped.count > 0 { lines.append(row(skipped.count, "passed by")) }
        if seconds > 0 {
            lines.append("")
            lines.append(
                "\(Quantity.bytes(bytes)) in \(seconds < 10 ? "\(Quantity.oneDecimal(seconds)) s" : Quantity.duration(seconds)) (\(Quantity.bytes(Int(Double(bytes) / seconds)))/s)"
            )
        }
        lines += details
        return lines.joined(separator: "\n")
    }

    private func row(_ count: Int, _ what: String) -> String {
        let number = Quantity.count(count)
        return String(repeating: " ", count: max(10 - number.count, 0)) + number + "  " + what
    }

    /// The first files of each kind; `--json` has them all.
    private var details: [String] {
        let most = 20
        var lines: [String] = []
        func list(_ title: String, _ count: Int, _ entries: [String]) {
            guard count > 0 else { return }
            lines += ["", title] + entries.prefix(most).map { "  " + Self.printable($0) }
            if count > most { lines.append("  … and \(Quantity.count(count - most)) more (--json lists them)") }
        }
        list(
            "Set aside:", quarantined.count,
            quarantined.files.map { file in
                "\(file.path)\n    \(file.explanation)" + (file.withoutCopy.map { "\n    no copy kept: \($0)" } ?? "")
            })
        list(
            "Waiting for a person:", review.waiting,
            review.files.map { "\($0.path)\n    " + $0.findings.prefix(3).joined(separator: "\n    ") })
        list("Not DICOM:", notDICOM.count, notDICOM.files)
        list("Passed by:", skipped.count, skipped.files.map { "\($0.path): \($0.reason)" })
        return lines
    }

    /// A path may hold anything; what could steer a terminal is shown as a question mark.
    private static func printable(_ text: String) -> String {
        String(
            String.UnicodeScalarView(
                text.unicodeScalars.map { scalar in
                    scalar == "\n" || scalar.properties.generalCategory != .control ? scalar : "?"
                }))
    }
}
