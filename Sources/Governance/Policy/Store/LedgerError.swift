import GRDB

/// The ledger's database could not be read or written.
public struct LedgerError: Error, Equatable, Sendable, CustomStringConvertible {
    /// SQLite's words, never with the values of a statement.
    public let reason: String

    init(_ error: any Error) {
        if let error = error as? DatabaseError {
            reason = "\(error.message ?? "no reason given") (code \(error.extendedResultCode.rawValue))"
        } else {
            reason = "an unexpected error"
        }
    }

    public var description: String { "the ledger of privacy budgets: \(reason)" }
}
