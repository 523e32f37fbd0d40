extension ProfileListing {
    /// The whole listing as text: what the profile is, what is to be known of it, and each rule on a line.
    public var text: String {
        var lines = ["Profile \(name), on PS3.15 table E.1-1, edition of \(edition)", ""]
        lines += ["Options"] + (options.isEmpty ? ["  none: the basic profile"] : options.map { "  \($0)" })
        lines += ["", "Objects claim (0012,0064)"] + (codes.isEmpty ? ["  nothing"] : codes.map { "  \($0)" })
        lines += ["", "Dates (0028,0303)  \(dates)", "Pixels             \(pixels)"]
        if !characteristics.isEmpty { lines.append("Characteristics    \(characteristics.joined(separator: ", "))") }
        lines += notesText
        let changed = rules.filter { $0.reason != nil }
        if !changed.isEmpty {
            lines += ["", "Exceptions of this profile"]
            for rule in changed { lines += ["  \(rule.tag) \(rule.name): \(rule.done)", "      \(rule.reason ?? "")"] }
        }
        lines += ["", "Rules (the standard's action, then what is done)"]
        let width = rules.map(\.name.count).max() ?? 0
        lines += rules.map { "  \(padded($0.tag, 11)) \(padded($0.name, width)) \(padded($0.basic, 6)) \($0.done)" }
        lines += [
            "", "Attributes that the table does not name",
            "  names of persons are emptied, network addresses removed, UIDs of objects replaced unless they are kept;",
            "  dates are treated as the options say of others; what is in no dictionary is removed; the rest stays.",
        ]
        if !safePrivate.isEmpty {
            lines += ["", "Safe private elements, by their creator"]
            lines += safePrivate.map { "  \(padded($0.creator, 26)) \($0.element) \($0.vr) \($0.meaning)" }
        }
        return lines.joined(separator: "\n")
    }

    /// What `profile check` prints of a profile that can be used.
    public var checkText: String {
        let exceptions = rules.filter { $0.reason != nil }.count
        let summary =
            "Profile \(name) can be used: \(options.count) options, \(exceptions) exceptions, \(safePrivate.count) safe private elements."
        return ([summary] + notesText).joined(separator: "\n")
    }

    private var notesText: [String] {
        notes.isEmpty
            ? [] : [""] + notes.map { "\($0.kind.prefix(1).uppercased() + $0.kind.dropFirst()): \($0.message)" }
    }

    private func padded(_ text: String, _ width: Int) -> String {
        text + String(repeating: " ", count: max(width - text.count, 0))
    }
}
