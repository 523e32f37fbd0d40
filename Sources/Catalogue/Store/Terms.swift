import GRDB

/// Words and their numbers in `term`, within one transaction.
struct Terms {
    private let db: Database
    /// By the word as it was written, so that a spelling is put in order once.
    private var numbers: [String: Int64?] = [:]

    private static let remembered = 65_536

    init(_ db: Database) { self.db = db }

    /// The number of a word, which is made where it is new; nil for nothing.
    mutating func number(_ text: String?) throws -> Int64? {
        guard let text else { return nil }
        if let number = numbers[text] { return number }
        let number = try Term.normalised(text).map { try stored($0) }
        if numbers.count >= Self.remembered { numbers.removeAll(keepingCapacity: true) }
        numbers[text] = .some(number)
        return number
    }

    private func stored(_ word: String) throws -> Int64 {
        let known = try Int64.fetchOne(
            db.cachedStatement(sql: "SELECT id FROM term WHERE text = ?"), arguments: [word])
        if let known { return known }
        try db.cachedStatement(sql: "INSERT INTO term (text) VALUES (?)").execute(arguments: [word])
        return db.lastInsertedRowID
    }
}
