/// How long to wait before trying again: twice as long after each failure, from a quarter of a second to half a minute,
/// with the lower half left to chance so that many nodes do not come back to a restarted hub at the same moment. Pure.
struct Backoff: Sendable, Equatable {
    static let first = 0.25
    static let longest = 30.0

    private(set) var failures = 0

    /// The next pause in seconds. `chance` is a number from 0 to 1.
    mutating func fail(chance: Double) -> Double {
        let full = min(Self.longest, Self.first * Double(1 << min(failures, 16)))
        failures += 1
        return full * (0.5 + 0.5 * min(max(chance, 0), 1))
    }

    mutating func succeed() {
        failures = 0
    }
}
