/// A table that rows of another are joined with, held in memory: the columns that somebody asks for, by key.
struct JoinTable {
    let columns: [String]
    private var rows: [String: [String]] = [:]
    /// Bytes of text that are held.
    private var bytes = 0

    /// A table of a million people and a few columns fits; the events of all of them do not.
    private static let most = 512 << 20

    /// - Parameter columns: those that are kept; those that the table has not are left out.
    init(
        _ input: MappingInput, key: String, columns wanted: [String], _ source: FactSource
    ) throws(TableError) {
        var reader = try TableReader(input.source, separator: source.separator, encoding: source.encoding)
        guard let keyPlace = reader.columns.place(of: key) else {
            throw TableError(
                .specification, row: 1, column: key, "the table has no such column, and the mapping joins by it")
        }
        let places = wanted.compactMap { name in reader.columns.place(of: name).map { (name, $0) } }
        columns = places.map(\.0)
        while let fields = try reader.next() {
            guard fields.indices.contains(keyPlace) else { continue }
            let key = JoinTable.normalised(fields[keyPlace])
            if key.isEmpty || rows[key] != nil { continue }
            let kept = places.map { fields.indices.contains($0.1) ? fields[$0.1].cellTrimmed : "" }
            bytes += 96 + key.utf8.count + kept.reduce(0) { $0 + 16 + $1.utf8.count }
            guard bytes <= Self.most else {
                throw TableError(
                    .tooLarge, row: reader.row,
                    "the joined table takes more than \(Self.most >> 20) MiB of memory; make the source the table of many rows, and join the one of few"
                )
            }
            rows[key] = kept
        }
    }

    func row(_ key: String) -> [String]? { rows[Self.normalised(key)] }

    /// Numbers of databases that went through a spreadsheet: "12.0" is 12.
    static func normalised(_ key: String) -> String {
        let key = key.cellTrimmed
        return key.hasSuffix(".0") && NumberCell.digits(String(key.dropLast(2))) > 0 ? String(key.dropLast(2)) : key
    }
}

extension [String] {
    /// Where a column is: by its exact name, or else by one that differs in the case of letters alone.
    func place(of name: String) -> Int? {
        if let exact = firstIndex(of: name) { return exact }
        let folded = name.lowercased()
        let others = indices.filter { self[$0].lowercased() == folded }
        return others.count == 1 ? others.first : nil
    }
}
