/// What was done with a clinical table: for people as text, for programs as JSON. Names columns and rows, never a cell.
public struct TableReport: Sendable, Codable, Equatable {
    /// The form of the document.
    public var version = 1
    /// As found or asked for.
    public var separator: TableForm.Separator
    public var encoding: TableForm.Encoding
    /// Rows read, without the names of columns and empty rows.
    public var rows = 0
    public var written = 0
    /// Different patients; nil where there are more than two million.
    public var patients: Int?
    public var columns: [Column] = []
    /// Rows that were not written.
    public var refusedRows: [RefusedRows] = []
    /// nil where it was not known who has images.
    public var images: ImageLink?

    /// One column of the table.
    public struct Column: Sendable, Codable, Equatable {
        public var name: String
        /// nil where it has none.
        public var role: String?
        public var outcome: Outcome
        /// What was done, or why it was refused and what to do.
        public var explanation: String
        /// Cells that were written, those that said that nothing is known, and those left empty for what they held.
        public var cells = 0
        public var missing = 0
        public var leftOut = RowList()
    }

    public enum Outcome: String, Sendable, Codable {
        /// As it was, as far as its rule lets it pass.
        case kept
        /// Replaced or moved.
        case changed
        /// Left out as asked.
        case dropped
        /// Left out although nobody asked for it.
        case refused
    }

    /// Rows that were not written, by reason.
    public struct RefusedRows: Sendable, Codable, Equatable {
        public var reason: String
        public var rows = RowList()
    }

    /// How many rows, and the first of them.
    public struct RowList: Sendable, Codable, Equatable {
        public private(set) var count = 0
        public private(set) var first: [Int] = []

        static let listed = 20

        public init() {}

        mutating func add(_ row: Int) {
            count += 1
            if first.count < Self.listed { first.append(row) }
        }
    }

    /// Patients of the table and of the images.
    public struct ImageLink: Sendable, Codable, Equatable {
        public var withImages = 0
        public var withoutImages = 0
        public var imagesWithoutRow = 0
        /// The first rows of patients without images.
        public var rows = RowList()
        /// What, written under `patient` in the specification, would bring how many patients together with images.
        public var remedies: [String: Int] = [:]

        public init() {}
    }

    /// Whether everything went through that somebody wanted to go through.
    public var isComplete: Bool {
        refusedRows.isEmpty && columns.allSatisfy { $0.outcome != .refused && $0.leftOut.count == 0 }
    }
}
