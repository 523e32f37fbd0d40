/// Counts what happens to rows and cells.
struct TableAccount {
    enum Reason: CaseIterable {
        case noPatient, oddPatient

        var sentence: String {
            switch self {
            case .noPatient: "there is no patient in the row: fill in the number, or delete the row"
            case .oddPatient: "the patient's number is longer than 64 characters or has control characters in it"
            }
        }
    }

    var rows = 0
    private(set) var written = 0
    var cells: [Int]
    var missing: [Int]
    var leftOut: [TableReport.RowList]
    private var refused: [Reason: TableReport.RowList] = [:]
    private var patients: Set<Int> = []

    private static let mostPatients = 2_000_000

    init(columns: Int) {
        cells = Array(repeating: 0, count: columns)
        missing = cells
        leftOut = Array(repeating: TableReport.RowList(), count: columns)
    }

    mutating func refuse(_ reason: Reason, _ row: Int) {
        refused[reason, default: TableReport.RowList()].add(row)
    }

    mutating func write(_ pseudonym: String) {
        written += 1
        if patients.count <= Self.mostPatients { patients.insert(pseudonym.hashValue) }
    }

    func report(columns: TableColumns, plans: [ColumnPlan], form: TableForm, links: ImageLinks?) -> TableReport {
        var report = TableReport(separator: form.separator, encoding: form.encoding)
        report.rows = rows
        report.written = written
        report.patients = patients.count > Self.mostPatients ? nil : patients.count
        for (index, plan) in plans.enumerated() {
            let (outcome, explanation) = plan.account
            var column = TableReport.Column(
                name: columns.names[index], role: columns.roles[index]?.name, outcome: outcome, explanation: explanation
            )
            (column.cells, column.missing) = (cells[index], missing[index])
            column.leftOut = leftOut[index]
            report.columns.append(column)
        }
        report.refusedRows = Reason.allCases.compactMap { reason in
            refused[reason].map { TableReport.RefusedRows(reason: reason.sentence, rows: $0) }
        }
        report.images = links?.finished
        return report
    }
}

extension ColumnPlan {
    /// What a report says of it.
    var account: (TableReport.Outcome, String) {
        switch self {
        case .patient: (.changed, "replaced by the pseudonym of the patient's images")
        case .identifier: (.changed, "replaced by a keyed pseudonym")
        case .date(let pattern, _): (.changed, "moved by the patient's shift, written as before (\(pattern.name))")
        case .age: (.kept, "ages above 89 are 90")
        case .birth(_, .age(let at)): (.changed, "replaced by the age in years on the day of “\(at)”")
        case .birth(_, .year(let at)): (.changed, "replaced by the year of the moved day; nobody above 89 in “\(at)”")
        case .birth(_, .nothing), .drop: (.dropped, "left out as asked")
        case .sex: (.kept, "words for a sex stay")
        case .number: (.kept, "numbers stay")
        case .values(let values): (.kept, "\(values.count) values stay")
        case .area(let rule, let large):
            (
                .changed,
                "the first \(rule.keep) characters; \(large.count) areas have \(rule.fewest) patients or more, others are “other”"
            )
        case .text: (.changed, "cleaned: identifiers out, dates moved")
        case .uid: (.changed, "replaced as in images")
        case .refuse(let reason): (.refused, reason)
        }
    }
}
