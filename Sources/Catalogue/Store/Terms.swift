import GRDB

/// Words and their numbers in `term`, within one transaction.
struct Terms {
    private let db: Database
    private var numbers: [String: Int64] = [:]

    init(_ db: Database) { self.db = db }

    /// The number of a word, which is made where it is new; nil for nothing.
    mutating func number(_ text: String?) throws -> Int64? {
        guard let text = text.flatMap(Term.normalised) else { return nil }
        if let number = numbers[text] { return number }
        let known = try Int64.fetchOne(
            db.cachedStatement(sql: "SELECT id FROM term WHERE text = ?"), arguments: [text])
        let number: Int64
        if let known {
            number = known
        } else {
            try db.cachedStatement(sql: "INSERT INTO term (text) VALUES (?)").execute(arguments: [text])
            number = db.lastInsertedRowID
        }
        numbers[text] = number
        return number
    }
}
