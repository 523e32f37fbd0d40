public import DICOM

/// A first specification of a table, drafted from the names of its columns and from what they hold. A person must read it:
/// what a column holds is known to those who fill it, and a draft only guesses.
///
/// Holds names of columns, roles and reasons, and no cell.
public struct TableProposal: Sendable, Equatable {
    public struct Column: Sendable, Equatable {
        public let name: String
        public let role: ColumnRole
        /// Why, and what is left to decide.
        public let reason: String
        /// Whether a person has to change something before the column can pass.
        public let isOpen: Bool
    }

    public let columns: [Column]
    public let separator: TableForm.Separator
    public let encoding: TableForm.Encoding
    /// Rows that were looked at.
    public let rows: Int

    /// - Parameter mostRows: rows that are looked at.
    public init(
        _ source: some ByteSource, separator: TableForm.Separator? = nil, encoding: TableForm.Encoding? = nil,
        mostRows: Int = 200_000
    ) throws(TableError) {
        var reader = try TableReader(source, separator: separator, encoding: encoding)
        guard !TableHeader.looksLikeData(reader.columns) else {
            throw TableError(
                .header, row: 1,
                "the first row looks like data, not like names of columns; add a row of names in front and try again")
        }
        var scans = reader.columns.map { ColumnImpression($0) }
        while reader.row <= mostRows, let row = try reader.next() {
            for (index, cell) in row.enumerated() {
                let value = cell.cellTrimmed
                if !value.isEmpty, !ClinicalTableSpec.usualMissing.contains(value.lowercased()) {
                    scans[index].observe(value)
                }
            }
        }
        let id =
            scans.indices.first { scans[$0].words.isPatientID }
            ?? scans.indices.first { scans[$0].words.isIdentifier && scans[$0].isNearlyUnique }
        columns = scans.indices.map { index in
            index == id
                ? Column(
                    name: scans[index].name, role: .id, reason: "the patient; must be the number that the images have",
                    isOpen: false)
                : scans[index].proposal
        }
        (self.separator, self.encoding) = (reader.form.separator, reader.form.encoding)
        rows = reader.row - 1
    }

    /// The draft as a specification file.
    public var yaml: String {
        var lines = [
            "# A draft from \(rows) rows. Read every line: what a column holds is known to you, not to the program.",
            "# Roles: \(ColumnRole.names.joined(separator: ", ")).",
        ]
        // UTF-8 needs no word; whoever reads the table with this specification has to know of any other.
        if encoding != .utf8 { lines.append("encoding: \(encoding.rawValue)") }
        lines += [
            "patient:",
            "  issuer: \"\"        # (0010,0021) Issuer of Patient ID of the images; empty where they have none",
            "columns:",
        ]
        let entries = columns.map { (entry: "  \(Self.quoted($0.name)): \(Self.entry($0.role))", reason: $0.reason) }
        let width = min(entries.map(\.entry.count).max() ?? 0, 60)
        for (entry, reason) in entries {
            lines.append(entry + String(repeating: " ", count: max(width - entry.count, 0)) + "  # \(reason)")
        }
        if !columns.contains(where: { $0.role == .id }) {
            lines.append("# No column looks like the patient's number: give one the role id.")
        }
        return lines.joined(separator: "\n") + "\n"
    }

    private static func entry(_ role: ColumnRole) -> String {
        switch role {
        case .date(let pattern?), .dateTime(let pattern?): "{role: \(role.name), format: \(pattern.name)}"
        case .text: "{role: text, allow_text: false}"
        case .area(let rule): "{role: area, keep: \(rule.keep), fewest: \(rule.fewest)}"
        case .drop(let kind?): "{role: drop, holds: \(holds(kind))}"
        default: role.name
        }
    }

    private static func holds(_ kind: KnownIdentifiers.Kind) -> String {
        switch kind {
        case .patientName: "name"
        case .address: "address"
        case .phone: "phone"
        case .staffName: "staff"
        case .institution: "institution"
        case .accession: "accession"
        default: "id"
        }
    }

    /// Names of columns are anybody's text: always in quotes, on one line.
    private static func quoted(_ text: String) -> String {
        var quoted = "\""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "\"": quoted += "\\\""
            case "\\": quoted += "\\\\"
            case "\n": quoted += "\\n"
            case "\r": quoted += "\\r"
            case "\t": quoted += "\\t"
            default: quoted.unicodeScalars.append(scalar)
            }
        }
        return quoted + "\""
    }
}
