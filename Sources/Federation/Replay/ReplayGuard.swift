/// What was received already. Pure; the durable part is the table `seen`.
enum ReplayVerdict: Equatable, Sendable {
    case new
    /// The very same message again: a sender that did not hear our answer. Acknowledged, and not acted on.
    case again
    /// Another message under a known identifier: refused.
    case forged
}

enum ReplayGuard {
    /// Judges a message by the digest that is remembered under its sender and identifier, if any.
    static func judge(_ digest: [UInt8], remembered: [UInt8]?) -> ReplayVerdict {
        guard let remembered else { return .new }
        return remembered == digest ? .again : .forged
    }
}

/// The nonces of requests seen within the window in which one would be accepted. Kept in memory: after a restart an
/// old request that only looks (a poll) may be repeated within two minutes without any effect; requests that change
/// something are remembered on disk besides.
struct NonceWindow: Sendable {
    private var current: Set<String> = []
    private var previous: Set<String> = []
    private var turned: Moment?

    /// Whether `nonce` is new; it is remembered for at least twice the skew.
    mutating func admit(_ nonce: String, now: Moment) -> Bool {
        let span = 2 * Freshness.skew
        if let turned, now.seconds(since: turned) >= span || now < turned {
            // A clock that was set back keeps both halves: forgetting would let a request in twice.
            if now < turned {
                previous.formUnion(current)
            } else {
                previous = now.seconds(since: turned) >= 2 * span ? [] : current
            }
            current = []
            self.turned = now
        } else if turned == nil {
            turned = now
        }
        guard !previous.contains(nonce), !current.contains(nonce) else { return false }
        current.insert(nonce)
        return true
    }
}
