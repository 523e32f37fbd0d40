/// Keeps strangers from filling the audit log: refusals of unauthenticated requests are written one by one up to a
/// rate, and beyond it as a count. Pure.
struct RefusalThrottle: Sendable {
    private static let burst: Double = 50
    private static let perSecond: Double = 2

    private var tokens = burst
    private var last: Moment?
    private var suppressed = 0

    /// How many refusals the entry to be written now stands for; nil where none is to be written.
    mutating func admit(now: Moment) -> Int? {
        if let last {
            tokens = min(Self.burst, tokens + max(0, now.seconds(since: last)) * Self.perSecond)
        }
        last = now
        guard tokens >= 1 else {
            suppressed += 1
            return nil
        }
        tokens -= 1
        defer { suppressed = 0 }
        return suppressed + 1
    }
}
