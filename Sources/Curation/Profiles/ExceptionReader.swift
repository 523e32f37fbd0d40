import DICOM

/// Reads the exceptions of a profile file: `- attribute: …`, `reason: …`, and for `replace:` a `with: …`.
struct ExceptionReader {
    /// Whether the profile moves dates.
    let isDated: Bool

    func read(
        _ entry: ProfileNode, _ word: String, into profile: inout ConfidentialityProfile
    ) throws(ProfileError) {
        let known = word == "replace" ? ["attribute", "with", "reason"] : ["attribute", "reason"]
        let fields = try Fields(entry, word, known: known, needs: "attribute")
        let tag = try AttributeName.tag(fields.needed)
        let vrs = DataDictionary.standard[tag]?.vrs ?? []
        let line = entry.line
        if profile.exceptions[tag] != nil {
            throw ProfileError(
                .contradiction, line: line, "\(tag.keyword ?? "\(tag)") is there twice; leave one of the lines out")
        }

        let treatment: ProfileException.Treatment
        switch word {
        case "keep":
            try mayStay(tag, vrs, "kept", line)
            if vrs.contains(where: { $0 == .da || $0 == .dt }), !profile.has(.retainFullDates) {
                throw ProfileError(
                    .forbidden, line: line,
                    "\(tag.keyword ?? "\(tag)") cannot be kept: one true date gives away by how much the others were moved; put it under `clean:`, which moves it with them"
                )
            }
            treatment = .keep
        case "clean":
            try mayStay(tag, vrs, "cleaned", line)
            try hasSomethingToClean(tag, vrs, line)
            treatment = .clean
        case "remove", "empty":
            try mayGo(tag, word == "remove" ? "removed" : "emptied", line)
            treatment = word == "remove" ? .remove : .empty
        default:
            try mayGo(tag, "replaced", line)
            treatment = .replace(try FixedValue.read(fields.value("with"), for: tag, vrs, line: line))
        }
        profile.exceptions[tag] = ProfileException(treatment, reason: fields.reason)
    }

    private func mayStay(_ tag: Tag, _ vrs: [VR], _ done: String, _ line: Int?) throws(ProfileError) {
        if let objection = ProtectedAttributes.objection(to: tag, vrs) {
            throw ProfileError(.forbidden, line: line, "\(tag.keyword ?? "\(tag)") cannot be \(done): \(objection)")
        }
    }

    private func mayGo(_ tag: Tag, _ done: String, _ line: Int?) throws(ProfileError) {
        if let necessity = ProtectedAttributes.necessity(of: tag) {
            throw ProfileError(.forbidden, line: line, "\(tag.keyword ?? "\(tag)") cannot be \(done): \(necessity)")
        }
    }

    private func hasSomethingToClean(_ tag: Tag, _ vrs: [VR], _ line: Int?) throws(ProfileError) {
        if vrs.contains(where: { [.da, .dt].contains($0) }) {
            guard isDated else {
                throw ProfileError(
                    .contradiction, line: line,
                    "a date is cleaned by moving it, which this profile does with none; take `retain-modified-dates` into the options"
                )
            }
            return
        }
        guard vrs.contains(where: { [.lo, .sh, .lt, .st, .ut, .uc, .sq].contains($0) }) else {
            throw ProfileError(
                .badValue, line: line,
                "\(tag.keyword ?? "\(tag)") holds no text and no date, so there is nothing to clean; put it under `keep:`, `empty:` or `remove:`"
            )
        }
    }
}

/// The `name: value` lines of one entry of a list.
struct Fields {
    let reason: String
    /// The line without which the entry means nothing.
    let needed: ProfileNode
    private let fields: [(name: String, value: ProfileNode)]

    init(_ entry: ProfileNode, _ word: String, known: [String], needs: String) throws(ProfileError) {
        guard let fields = entry.fields else {
            throw ProfileError(
                .badForm, line: entry.line,
                "an entry of `\(word):` has the lines \(known.map { "`\($0):`" }.joined(separator: ", "))")
        }
        if let other = fields.first(where: { !known.contains($0.name) }) {
            throw ProfileError(
                .unknownWord, line: other.value.line,
                "`\(ProfileReader.shown(other.name))` is no line of an entry of `\(word):`; there are \(known.map { "`\($0):`" }.joined(separator: ", "))"
            )
        }
        guard let needed = fields.first(where: { $0.name == needs })?.value else {
            throw ProfileError(.badForm, line: entry.line, "an entry of `\(word):` needs a line `\(needs):`")
        }
        let reason = fields.first { $0.name == "reason" }?.value.text?.split { $0.isWhitespace }.joined(separator: " ")
        guard let reason, !reason.isEmpty else {
            throw ProfileError(
                .missingReason, line: entry.line,
                "say why, for whoever reads this in five years: add a line `reason:`")
        }
        self.reason = String(reason.prefix(400))
        self.needed = needed
        self.fields = fields
    }

    func value(_ name: String) -> ProfileNode? { fields.first { $0.name == name }?.value }
}
