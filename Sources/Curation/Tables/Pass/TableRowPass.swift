/// Makes the rows of the new table, one by one, and keeps the account of them.
struct TableRowPass {
    let columns: TableColumns
    private let plans: [ColumnPlan]
    private let spec: ClinicalTableSpec
    private let pseudonyms: Pseudonymizer
    private let cleaner: TextCleaner
    private let known: (_ id: String) -> KnownIdentifiers
    private let keepsText: Bool
    private let written: [Int]
    private var patients: TablePatients
    private var account: TableAccount

    /// Characters of a patient's number; more is another column's text.
    private static let longestID = 64

    init(
        columns: TableColumns, plans: [ColumnPlan], spec: ClinicalTableSpec, pseudonyms: Pseudonymizer,
        cleaner: TextCleaner, known: @escaping (_ id: String) -> KnownIdentifiers
    ) {
        self.columns = columns
        self.plans = plans
        self.spec = spec
        self.pseudonyms = pseudonyms
        self.cleaner = cleaner
        self.known = known
        keepsText = plans.contains(.text)
        written = plans.indices.filter { plans[$0].isWritten }
        patients = TablePatients(pseudonyms, issuer: spec.issuer)
        account = TableAccount(columns: plans.count)
    }

    /// The names of the columns that are written.
    var names: [String] { written.map { columns.names[$0] } }

    /// The new row; nil where it cannot be given to a patient.
    mutating func row(_ fields: [String], number: Int, _ links: inout ImageLinks?) -> [String]? {
        let cells = fields.map(\.cellTrimmed)
        guard cells.indices.contains(columns.id), !cells.allSatisfy(\.isEmpty) else { return nil }
        account.rows += 1
        let id = spec.ids.normalised(cells[columns.id])
        if spec.isMissing(id) {
            account.refuse(.noPatient, number)
            return nil
        }
        guard id.utf8.count <= Self.longestID, id.unicodeScalars.allSatisfy({ $0.value >= 0x20 && $0 != "\\" }) else {
            account.refuse(.oddPatient, number)
            return nil
        }
        let patient = patients.patient(id)
        links?.observe(cells[columns.id], id: id, pseudonym: patient.pseudonym, row: number, patients)
        account.write(patient.pseudonym)

        var row = TableRow(cells: cells, id: id, patient: patient)
        if keepsText { row.known = identifiers(cells, id) }
        return written.map { index in
            let value = cells[index]
            if spec.isMissing(value) {
                account.missing[index] += 1
                return value
            }
            guard let new = cell(value, plans[index], row, columns.names[index]) else {
                account.leftOut[index].add(number)
                return ""
            }
            account.cells[index] += 1
            return new
        }
    }

    func report(form: TableForm, _ links: ImageLinks?) -> TableReport {
        account.report(columns: columns, plans: plans, form: form, links: links)
    }

    // MARK: Cells

    private func cell(_ value: String, _ plan: ColumnPlan, _ row: TableRow, _ name: String) -> String? {
        switch plan {
        case .patient: return row.patient.pseudonym
        case .identifier(let attribute):
            return attribute.map { pseudonyms.identifier(value, tag: $0) }
                ?? pseudonyms.identifier(value, column: name)
        case .date(let pattern, let keepsTime):
            return DateCell.shifted(value, pattern, by: row.patient.shift, keepsTime: keepsTime)
        case .age(let unit): return AgeCell(value, unit: unit)?.text
        case .birth(let pattern, let use): return born(value, pattern, use, row)
        case .sex: return SexCell.isSex(value) ? value : nil
        case .number: return NumberCell.isHarmless(value) ? value : nil
        case .values(let values): return values.contains(value) ? value : nil
        case .area(let rule, let large):
            let area = AreaCounts.area(value, rule)
            return large.contains(area) ? area : "other"
        case .text:
            let text = cleaner.clean(value, known: row.known, shift: row.patient.shift)?.text
            // What begins like this, a spreadsheet would run.
            return text.map { String($0.drop { "=@+".contains($0) }) }
        case .uid: return UIDCell.isUID(value) ? pseudonyms.uid(value) : nil
        case .drop, .refuse: return nil
        }
    }

    private func born(_ value: String, _ pattern: DatePattern, _ use: BirthDateUse, _ row: TableRow) -> String? {
        let at: String
        switch use {
        case .nothing: return nil
        case .age(let name), .year(let name): at = name
        }
        guard let place = columns.place(at), row.cells.indices.contains(place), plans.indices.contains(place),
            case .date(let other, _) = plans[place], let birth = DateCell.day(value, pattern),
            let day = DateCell.day(row.cells[place], other)
        else { return nil }
        let age = Double(day.daysSince1970 - birth.daysSince1970) / 365.25
        guard (0...130).contains(age) else { return nil }
        if case .age = use {
            if age > AgeUnit.years.most.kept { return AgeUnit.years.most.above }
            return "\((age * 10).rounded(.down) / 10)"
        }
        return age > AgeUnit.years.most.kept ? nil : row.patient.shift.shifted(birth).map { "\($0.year)" }
    }

    /// What the row itself says of its patient.
    private func identifiers(_ cells: [String], _ id: String) -> KnownIdentifiers {
        var all = known(id)
        all.insert(.patientID, id)
        for (index, role) in columns.roles.enumerated() where cells.indices.contains(index) {
            let value = cells[index]
            guard let role, !spec.isMissing(value), value.utf8.count <= 512 else { continue }
            switch role {
            case .identifier: all.insert(.patientID, value)
            case .birthDate:
                all.insert(.birthDate, value)
            case .drop(let kind?): all.insert(words: value, kind)
            default: continue
            }
        }
        return all
    }
}

/// A row on its way.
struct TableRow {
    let cells: [String]
    let id: String
    let patient: TablePatients.Patient
    var known = KnownIdentifiers()
}

extension KnownIdentifiers {
    /// The whole, and the parts of a name each by itself.
    fileprivate mutating func insert(words value: String, _ kind: Kind) {
        insert(kind, value)
        guard kind == .patientName || kind == .staffName else { return }
        for word in value.split(whereSeparator: { " ,.;/()^".contains($0) }) { insert(kind, String(word)) }
    }
}

extension DateCell {
    /// The day that a cell names; nil where it names none, or more than a day.
    static func day(_ text: String, _ pattern: DatePattern) -> CivilDate? {
        guard pattern.hasDay else { return nil }
        return DateCell(text, pattern: pattern).flatMap { pattern.read($0.day) }?.date
    }
}

extension Pseudonymizer {
    /// The pseudonym of an identifier that no attribute of DICOM has: the same in all tables whose column has that name.
    func identifier(_ value: String, column: String) -> String {
        base32(digest(.identifier(tag: 0), ["column", column.lowercased(), value]), characters: 16)
    }
}
