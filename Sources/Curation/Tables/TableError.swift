/// Why a table was not read, or not written. Says which row and column and what to do, never what stands in a cell.
public struct TableError: Error, Equatable, Sendable {
    public let code: Code
    /// The line of the file's table, the names of the columns being row 1; nil where the whole file is meant.
    public let row: Int?
    /// The name of the column, or "column 7" where its name might be a patient's.
    public let column: String?
    /// The sentence for a data manager: what was found and what to do.
    public let message: String

    public init(_ code: Code, row: Int? = nil, column: String? = nil, _ message: String) {
        self.code = code
        self.row = row
        self.column = column
        self.message = message
    }

    /// The kind of error, for programs. More may come.
    public enum Code: String, Sendable, Codable {
        /// The file is a workbook, or something else that is no text.
        case notText = "not-text"
        /// The bytes are not in the character encoding that was expected.
        case encoding
        /// Rows, fields and quotes do not fit together.
        case form
        /// A field, row or table is larger than it may be.
        case tooLarge = "too-large"
        /// The names of columns are missing, or there twice.
        case header
        /// The specification is not one, or does not fit the table.
        case specification
        /// What stands in a column is not what its role says.
        case content
        /// The file cannot be read, or what comes out cannot be written.
        case file
        /// The file was another one when it was read again.
        case changed
    }
}

extension TableError: CustomStringConvertible {
    public var description: String {
        let place = [row.map { "row \($0)" }, column.map { "column \u{201C}\($0)\u{201D}" }].compactMap { $0 }
        return place.isEmpty ? message : "\(place.joined(separator: ", ")): \(message)"
    }
}
