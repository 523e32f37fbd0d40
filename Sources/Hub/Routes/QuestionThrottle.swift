import Synchronization

/// How many questions one visitor may ask: each starts work at every hospital.
///
/// A bucket a visitor: sixty at once, then one a second. Programs on the hub's own machine are not held back.
final class QuestionThrottle: Sendable {
    static let refusal =
        "You have asked many questions in a short time; each is work at every hospital. Wait a few seconds."

    private struct Bucket {
        var tokens: Double
        var filled: ContinuousClock.Instant
    }

    private let burst: Double
    private let perSecond: Double
    private let buckets = Mutex<[String: Bucket]>([:])

    /// More visitors than this are not told apart: the fullest buckets are forgotten first, which costs nobody anything.
    private static let most = 10_000

    init(burst: Double = 60, perSecond: Double = 1) {
        self.burst = burst
        self.perSecond = perSecond
    }

    /// Whether the visitor may ask one more question now; nil is this machine itself.
    func allows(_ visitor: String?, at now: ContinuousClock.Instant = .now) -> Bool {
        guard let visitor else { return true }
        return buckets.withLock { buckets in
            if buckets.count >= Self.most {
                buckets = buckets.filter { filled($0.value, at: now) < burst }
                if buckets.count >= Self.most { buckets.removeAll() }
            }
            var tokens = buckets[visitor].map { filled($0, at: now) } ?? burst
            let isAllowed = tokens >= 1
            if isAllowed { tokens -= 1 }
            buckets[visitor] = Bucket(tokens: tokens, filled: now)
            return isAllowed
        }
    }

    private func filled(_ bucket: Bucket, at now: ContinuousClock.Instant) -> Double {
        min(burst, bucket.tokens + bucket.filled.duration(to: now) / .seconds(1) * perSecond)
    }
}
