/// What the columns of a clinical table hold: written once, by those who know the table, and checked against every row.
///
/// Denies by default: a column that is not named here is left out, and so is one whose values are not what its role says.
public struct ClinicalTableSpec: Sendable, Equatable {
    /// A column and its role.
    public struct Column: Sendable, Equatable {
        public var name: String
        public var role: ColumnRole

        public init(_ name: String, _ role: ColumnRole) {
            self.name = name
            self.role = role
        }
    }

    /// In the order of the specification.
    public var columns: [Column]
    /// The assigner of the patients' numbers: (0010,0021) of the images; empty where they have none.
    public var issuer: String
    public var ids: IDNormalisation
    /// Texts that mean that nothing is known; they stay as they are. Letters' case does not matter.
    public var missing: Set<String>
    /// nil: found.
    public var separator: TableForm.Separator?
    /// nil: the byte order mark's, or UTF-8.
    public var encoding: TableForm.Encoding?

    public init(
        columns: [Column], issuer: String = "", ids: IDNormalisation = IDNormalisation(),
        missing: Set<String> = ClinicalTableSpec.usualMissing
    ) {
        self.columns = columns
        self.issuer = issuer
        self.ids = ids
        self.missing = missing
    }

    /// What tables write where nothing is known. "9999" and the like are not among them: say so where a table has them.
    public static let usualMissing: Set<String> = [
        "na", "n/a", "#n/a", "nan", "null", "none", "nil", "-", ".", "?", "unknown", "unk", "not available",
        "not known",
        "not reported", "missing", "unbekannt", "desconocido", "inconnu", "sconosciuto", "onbekend",
    ]

    /// The role of a column; nil where it has none.
    public func role(of name: String) -> ColumnRole? {
        columns.first { $0.name == name }?.role
    }

    /// The name of the column of patients.
    public var idColumn: String? {
        columns.first { $0.role == .id }?.name
    }

    func isMissing(_ value: String) -> Bool {
        value.isEmpty || value.utf8.count <= 32 && missing.contains(value.lowercased())
    }

    /// What a specification must have to be one.
    func check() throws(TableError) {
        let ids = columns.filter { $0.role == .id }
        guard ids.count == 1 else {
            throw TableError(
                .specification,
                ids.isEmpty
                    ? "no column has the role `id`; say which one holds the patient"
                    : "\(ids.count) columns have the role `id`; the patient is one, others are `identifier`")
        }
        for column in columns {
            guard case .birthDate(_, let use) = column.role else { continue }
            let other: String? =
                switch use {
                case .nothing: nil
                case .age(let at), .year(let at): at
                }
            guard let other else { continue }
            switch role(of: other) {
            case .date, .dateTime: continue
            default:
                throw TableError(
                    .specification, column: column.name,
                    "`at` names “\(other)”, which has not the role `date` or `datetime`")
            }
        }
    }
}

/// How the patients' numbers of a table are brought into the form that the images have. Space around them never counts.
public struct IDNormalisation: Sendable, Equatable {
    /// Digits that numbers are filled up to with leading zeros, which spreadsheets lose.
    public var zeroPad: Int?
    /// Whether leading zeros go.
    public var dropsZeros: Bool
    public var uppercases: Bool

    public init(zeroPad: Int? = nil, dropsZeros: Bool = false, uppercases: Bool = false) {
        self.zeroPad = zeroPad
        self.dropsZeros = dropsZeros
        self.uppercases = uppercases
    }

    func normalised(_ cell: String) -> String {
        var id = cell.cellTrimmed
        if uppercases { id = id.uppercased() }
        if dropsZeros { id = id.withoutLeadingZeros }
        if let zeroPad { id = id.zeroPadded(to: zeroPad) }
        return id
    }
}

extension String {
    /// Without white space of any kind around it, no-break spaces of spreadsheets included.
    var cellTrimmed: String {
        guard let first = utf8.first, let last = utf8.last else { return self }
        // Most cells are plain and have nothing to take off.
        if first > 0x20, first < 0x7F, last > 0x20, last < 0x7F { return self }
        func isSpace(_ scalar: Unicode.Scalar) -> Bool {
            scalar.properties.isWhitespace || scalar == "\u{FEFF}" || scalar == "\u{200B}" || scalar == "\0"
        }
        guard let start = unicodeScalars.firstIndex(where: { !isSpace($0) }),
            let end = unicodeScalars.lastIndex(where: { !isSpace($0) })
        else { return "" }
        return String(self[start...end])
    }

    var withoutLeadingZeros: String {
        let rest = drop { $0 == "0" }
        return rest.isEmpty && !isEmpty ? "0" : String(rest)
    }

    func zeroPadded(to width: Int) -> String {
        guard utf8.count < width, !isEmpty, utf8.allSatisfy({ (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) })
        else { return self }
        return String(repeating: "0", count: width - utf8.count) + self
    }
}
