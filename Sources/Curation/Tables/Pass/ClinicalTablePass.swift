public import DICOM

/// De-identifies a clinical table: the same pseudonyms and date shifts as the images, columns by their roles, two passes
/// over the file with memory that does not grow with its rows.
///
/// The first pass finds out what columns hold: how days are written, whether a category is one, how many patients live in
/// an area. What it cannot stand for is left out and reported. The second pass writes.
public struct ClinicalTablePass: Sendable {
    private let spec: ClinicalTableSpec
    private let pseudonyms: Pseudonymizer
    private let cleaner: TextCleaner
    private let limits: TableLimits
    private let imaged: Set<String>?
    private let known: @Sendable (_ id: String) -> KnownIdentifiers

    /// - Parameters:
    ///   - imaged: the pseudonyms of patients whose images are known, to report who has none; nil: not known.
    ///   - known: what is known of a patient from images, to be taken out of free text. What other columns of the row hold
    ///     is known anyway.
    public init(
        spec: ClinicalTableSpec, pseudonyms: Pseudonymizer, cleaner: TextCleaner = TextCleaner(),
        imaged: Set<String>? = nil, limits: TableLimits = TableLimits(),
        known: @escaping @Sendable (_ id: String) -> KnownIdentifiers = { _ in KnownIdentifiers() }
    ) {
        self.spec = spec
        self.pseudonyms = pseudonyms
        self.cleaner = cleaner
        self.imaged = imaged
        self.limits = limits
        self.known = known
    }

    /// Reads the table twice and writes it once.
    ///
    /// - Parameter sink: takes the bytes of the new table (UTF-8), in order. Nothing is given to it when the table or the
    ///   specification is in error, except where the file changes between the passes.
    /// - Returns: what was done and what was left out; look at ``TableReport/isComplete``.
    public func run(
        _ source: some ByteSource, to sink: @escaping (ArraySlice<UInt8>) throws -> Void
    ) throws(TableError) -> TableReport {
        try spec.check()
        var reader = try self.reader(source)
        let columns = try TableColumns(reader.columns, spec)
        var scans = columns.roles.map { ColumnScan($0 ?? .drop(holds: nil)) }
        let rows = try scan(&reader, columns, &scans)

        var plans = zip(columns.roles, scans).map { role, scan in
            role == nil ? ColumnPlan.unclassified : ColumnPlan(scan, cleaner: cleaner)
        }
        columns.settleBirthDates(&plans)
        var row = TableRowPass(
            columns: columns, plans: plans, spec: spec, pseudonyms: pseudonyms, cleaner: cleaner, known: known)
        return try write(source, rows: rows, &row, sink)
    }

    private func reader(_ source: some ByteSource) throws(TableError) -> TableReader {
        try TableReader(source, separator: spec.separator, encoding: spec.encoding, limits: limits)
    }

    private func scan(
        _ reader: inout TableReader, _ columns: TableColumns, _ scans: inout [ColumnScan]
    ) throws(TableError) -> Int {
        while let fields = try reader.next() {
            guard fields.indices.contains(columns.id) else { continue }
            let id = spec.ids.normalised(fields[columns.id])
            if spec.isMissing(id) { continue }
            let hash = id.hashValue
            for (index, field) in fields.enumerated() where columns.isScanned(index) {
                let value = field.cellTrimmed
                if spec.isMissing(value) { continue }
                scans[index].observe(value, row: reader.row, patient: id, hash: hash)
            }
        }
        return reader.row
    }

    private func write(
        _ source: some ByteSource, rows: Int, _ pass: inout TableRowPass,
        _ sink: @escaping (ArraySlice<UInt8>) throws -> Void
    ) throws(TableError) -> TableReport {
        var reader = try self.reader(source)
        guard reader.columns == pass.columns.names else { throw Self.changed }
        var links = imaged.map { ImageLinks($0) }
        var writer = TableWriter(form: reader.form, to: sink)
        try writer.write(pass.names)
        while let fields = try reader.next() {
            guard reader.row <= rows else { throw Self.changed }
            guard let written = pass.row(fields, number: reader.row, &links) else { continue }
            try writer.write(written)
        }
        guard reader.row == rows else { throw Self.changed }
        try writer.finish()
        return pass.report(form: reader.form, links)
    }

    private static let changed = TableError(
        .changed, "the table changed while it was read; wait until nobody writes it, remove the output and start again")
}

extension ColumnPlan {
    static let unclassified = ColumnPlan.refuse(
        "nobody has said what it holds; give it a role under `columns`, or `drop`")
}

/// The columns of a table and the roles that a specification gives them.
struct TableColumns {
    let names: [String]
    let roles: [ColumnRole?]
    /// The place of the patient's column.
    let id: Int

    init(_ names: [String], _ spec: ClinicalTableSpec) throws(TableError) {
        self.names = names
        var places: [String: Int] = [:]
        for (index, name) in names.enumerated() { places[name] = index }
        for column in spec.columns where places[column.name] == nil {
            let similar = names.first { $0.lowercased() == column.name.lowercased() }
            throw TableError(
                .specification, row: 1, column: column.name,
                similar == nil
                    ? "the table has no such column; its first row must name the columns, and the separator must be right"
                    : "the table has no such column, but one whose letters differ in case")
        }
        let roles = Dictionary(spec.columns.map { ($0.name, $0.role) }) { first, _ in first }
        self.roles = names.map { roles[$0] }
        guard roles.count == spec.columns.count else {
            throw TableError(.specification, "a column is named twice in the specification")
        }
        guard let id = spec.idColumn.flatMap({ places[$0] }) else {
            throw TableError(.specification, "no column has the role `id`; say which one holds the patient")
        }
        self.id = id
    }

    /// Whether the values of a column have to be known before it is written.
    func isScanned(_ index: Int) -> Bool {
        guard roles.indices.contains(index) else { return false }
        return switch roles[index] {
        case nil, .id, .identifier, .sex, .text, .drop, .birthDate(_, .nothing): false
        default: true
        }
    }

    func place(_ name: String) -> Int? { names.firstIndex(of: name) }

    /// A birth date whose other column is refused becomes nothing.
    func settleBirthDates(_ plans: inout [ColumnPlan]) {
        for index in plans.indices {
            guard case .birth(_, let use) = plans[index] else { continue }
            switch use {
            case .nothing: plans[index] = .drop
            case .age(let at), .year(let at):
                guard let other = place(at), plans.indices.contains(other), case .date = plans[other] else {
                    plans[index] = .refuse("the days of “\(at)”, on which its age is counted, are left out")
                    continue
                }
            }
        }
    }
}
