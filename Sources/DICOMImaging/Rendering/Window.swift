/// The range of stored values that is shown from black to white.
public struct Window: Sendable, Equatable {
    public var low, high: Double

    /// nil unless `low` is less than `high` and both are finite.
    public init?(low: Double, high: Double) {
        guard low < high, low.isFinite, high.isFinite else { return nil }
        (self.low, self.high) = (low, high)
    }
}
