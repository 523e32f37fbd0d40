public import DICOM

extension RiskTableBuilder {
    /// A column of a table, and what it is in the risk table.
    public struct TableColumn: Sendable, Equatable {
        public var name: String
        public var kind: QuasiIdentifier.Kind
        public var isSensitive: Bool

        public init(_ name: String, _ kind: QuasiIdentifier.Kind, isSensitive: Bool = false) {
            self.name = name
            self.kind = kind
            self.isSensitive = isSensitive
        }
    }

    /// Adds the rows of a table whose patients are pseudonyms.
    ///
    /// A column of sexes is the same fact as the sex that images tell. What is not known (empty, NA, unknown …) is empty.
    ///
    /// - Parameters:
    ///   - patientColumn: holds the pseudonyms; nil: every row is a patient of its own ("row 2").
    ///   - isNew: whether patients that only the table has get a record, too.
    public mutating func add(
        table source: some ByteSource, patientColumn: String?, columns: [TableColumn],
        separator: TableForm.Separator? = nil, encoding: TableForm.Encoding? = nil, addsPatients isNew: Bool = true
    ) throws(TableError) {
        var reader = try TableReader(source, separator: separator, encoding: encoding)
        func place(_ name: String) throws(TableError) -> Int {
            guard let place = reader.columns.firstIndex(of: name) else {
                throw TableError(.specification, row: 1, column: name, "the table has no such column")
            }
            return place
        }
        let id: Int? = if let patientColumn { try place(patientColumn) } else { nil }
        var places: [(column: TableColumn, place: Int)] = []
        for column in columns {
            places.append((column, try place(column.name)))
            declare(
                QuasiIdentifier(Self.factName(column), column.kind), joining: Self.joining(column.kind),
                isSensitive: column.isSensitive)
        }
        while let row = try reader.next() {
            let patient = id.map { row[$0].cellTrimmed } ?? "row \(reader.row)"
            if patient.isEmpty || !isNew && !has(patient) { continue }
            add(patient: patient)
            for (column, place) in places {
                var value = row[place].cellTrimmed
                if ClinicalTableSpec.usualMissing.contains(value.lowercased()) { value = "" }
                if Self.factName(column) == Trait.sex { value = SexWord.letter(value) }
                add(value, of: Self.factName(column), patient: patient)
            }
        }
    }

    /// The column that tells patients apart, by its name; nil where none is named so.
    ///
    /// Rows of one patient are alike: taken for patients they would make classes look larger than they are.
    public static func patientColumn(among names: [String]) -> String? {
        names.first { ColumnWords($0).isPatientID } ?? names.first { $0.lowercased() == "id" }
    }

    /// What a column is by its name; a category where that says nothing.
    public static func likelyKind(_ name: String) -> QuasiIdentifier.Kind {
        let words = ColumnWords(name)
        return words.isAge ? .age : words.isArea ? .area : words.isDate ? .date : .category
    }

    /// The quasi-identifiers of a table that was written by a specification: what its roles make likely.
    public static func proposedColumns(_ spec: ClinicalTableSpec, in report: TableReport) -> [TableColumn] {
        let written = Set(report.columns.filter { $0.outcome == .kept || $0.outcome == .changed }.map(\.name))
        return spec.columns.compactMap { column in
            guard written.contains(column.name) else { return nil }
            return switch column.role {
            case .age: TableColumn(column.name, .age)
            case .birthDate: TableColumn(column.name, .age)
            case .sex, .category: TableColumn(column.name, .category)
            case .code: TableColumn(column.name, .code)
            case .area: TableColumn(column.name, .area)
            // Days are moved by a shift that nobody knows; numbers are measured by few.
            case .id, .identifier, .date, .dateTime, .number, .text, .uid, .drop: nil
            }
        }
    }

    private static func factName(_ column: TableColumn) -> String {
        ["sex", "gender"].contains(column.name.lowercased()) && !column.isSensitive ? Trait.sex : column.name
    }

    private static func joining(_ kind: QuasiIdentifier.Kind) -> Joining {
        switch kind {
        case .age, .number, .date: .least
        case .area, .code, .category: .all
        }
    }
}
