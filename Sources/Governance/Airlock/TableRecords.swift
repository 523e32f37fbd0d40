/// The table that a computation ran on, as far as the search for copies of it in what leaves needs it.
public protocol TableRecords: Sendable {
    /// Identifiers that must not leave: pseudonyms, UIDs, accession numbers.
    var identifiers: [String] { get }
    /// Columns of numbers, one value for each record.
    var columns: [[Double]] { get }
}
