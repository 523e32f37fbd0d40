/// The rows that took part in a survival analysis, and why others did not.
public struct Exclusions: Sendable, Equatable, Codable {
    public let rows: Int
    public let events: Int
    /// Rows without a time, an event, a group or a covariate.
    public let missing: Int
    /// Rows left out because their time is zero or below.
    public let nonPositive: Int

    public init(rows: Int, events: Int, missing: Int, nonPositive: Int) {
        self.rows = rows
        self.events = events
        self.missing = missing
        self.nonPositive = nonPositive
    }
}
