/// The rules about time, in one place. Pure: all clocks are arguments.
enum Freshness {
    /// How far two machines' clocks may differ, in seconds.
    static let skew: Double = 120
    /// The longest life of a message, in seconds.
    static let longestLife: Double = 30 * 86_400

    /// Judges a request that is answered at once: it must have been made within the skew.
    static func check(request issued: Moment, now: Moment) throws(Refusal) {
        guard abs(now.seconds(since: issued)) <= skew else {
            throw Refusal(.clockSkew, theirClock: now.milliseconds, ourClock: issued.milliseconds)
        }
    }

    /// Judges a message that may have waited on the way: not from the future, not past its life, not for ever.
    static func check(message header: EnvelopeHeader, now: Moment) throws(Refusal) {
        guard header.issued.seconds(since: now) <= skew else {
            throw Refusal(.clockSkew, theirClock: now.milliseconds, ourClock: header.issued.milliseconds)
        }
        let life = header.expires.seconds(since: header.issued)
        guard life > 0, life <= longestLife else { throw Refusal(.lifetimeTooLong) }
        guard header.expires > now else { throw Refusal(.expired) }
    }

    /// Until when a message's identifier is remembered: no copy of it can pass ``check(message:now:)`` afterwards,
    /// even at a machine whose clock then jumps back within the skew.
    static func remember(until expires: Moment) -> Moment {
        expires.advanced(by: .seconds(2 * skew))
    }
}
