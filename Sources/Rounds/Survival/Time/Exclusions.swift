/// The rows that took part in a survival analysis, and why others did not.
public struct Exclusions: Sendable, Equatable, Codable {
    public let rows: Int
    public let events: Int
    /// Rows without a time, an event, a group or a covariate.
    public let missing: ProtectedCount
    /// Rows left out because their time is zero or below.
    public let nonPositive: ProtectedCount

    public init(rows: Int, events: Int, missing: ProtectedCount, nonPositive: ProtectedCount) {
        self.rows = rows
        self.events = events
        self.missing = missing
        self.nonPositive = nonPositive
    }
}

extension Contribution {
    /// Counts of people: what is negative or beyond all people is no count, whoever sent it.
    func people(_ name: String) throws(RoundsError) -> [Int64] {
        let values = try counts(name)
        guard values.allSatisfy({ $0 >= 0 && $0 < 1 << 36 }) else {
            throw .shape("\(name) holds what is no count of people")
        }
        return values
    }
}
