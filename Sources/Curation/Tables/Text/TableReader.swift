public import DICOM

/// Reads the rows of a table one after the other, with memory for one row: RFC 4180, and what spreadsheets make of it.
///
/// Fields in quotes may hold separators, line ends and doubled quotes. The first row holds the names of the columns. Empty
/// lines are passed over. A row with too few or too many fields is an error, as nobody knows which field is missing.
public struct TableReader {
    /// How the text is written, as found or as asked for.
    public let form: TableForm
    /// The names of the columns, without the space around them.
    public let columns: [String]
    /// The number of the row that ``next()`` gave last, the names being row 1. Empty lines do not count.
    public private(set) var row = 1

    private var parser: TableParser

    /// - Parameters:
    ///   - separator: what stands between fields; nil: what the first line has most of.
    ///   - encoding: nil: what the byte order mark says, or UTF-8.
    public init(
        _ source: any ByteSource, separator: TableForm.Separator? = nil, encoding: TableForm.Encoding? = nil,
        limits: TableLimits = TableLimits()
    ) throws(TableError) {
        let head = try TableByteReader.read(source, at: 0, count: TableForm.sample)
        let (form, start) = try TableForm.detect(head, separator: separator, encoding: encoding)
        self.form = form
        let bytes = TableByteReader(source, encoding: form.encoding, from: start)
        parser = TableParser(bytes, separator: form.separator.byte, limits: limits)
        guard let names = try parser.next(row: 1) else {
            throw TableError(.header, "there is no row in the file; export it again, with the names of the columns")
        }
        columns = names.map { $0.trimmed }
        try TableHeader.check(columns)
    }

    /// The fields of the next row, as many as there are columns; nil after the last row.
    public mutating func next() throws(TableError) -> [String]? {
        guard let fields = try parser.next(row: row + 1) else { return nil }
        row += 1
        guard fields.count == columns.count else {
            throw TableError(
                .form, row: row,
                // A table without names has a patient's values in their place.
                column: fields.count < columns.count && !TableHeader.looksLikeData(columns)
                    ? columns[fields.count] : nil,
                "there are \(fields.count) fields and \(columns.count) columns; look for a separator (\(form.separator == .tab ? "tab" : form.separator.rawValue)) or a line end inside a field without quotes"
            )
        }
        return fields
    }
}

/// What the first row must be.
enum TableHeader {
    static func check(_ names: [String]) throws(TableError) {
        var seen: [String: Int] = [:]
        for (index, name) in names.enumerated() {
            guard !name.isEmpty else {
                throw TableError(
                    .header, row: 1,
                    "column \(index + 1) has no name; the first row must name every column, each once")
            }
            if let before = seen.updateValue(index + 1, forKey: name) {
                throw TableError(
                    .header, row: 1,
                    "columns \(before) and \(index + 1) have the same name; rename one of them in the table")
            }
        }
    }

    /// Whether a first row holds data: somebody exported without names, and the "names" are a patient's.
    static func looksLikeData(_ names: [String]) -> Bool {
        names.contains { name in
            let digits = name.utf8.count { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }
            return digits > 0 && !name.contains(where: \.isLetter)
        }
    }
}
