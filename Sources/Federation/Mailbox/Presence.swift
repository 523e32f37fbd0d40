/// When each site was last heard. Pure.
struct Presence: Sendable {
    private var heard: [SiteID: Moment] = [:]
    private var written: [SiteID: Moment] = [:]

    /// How long a site counts as there after its last word, while no poll is open: the gap between two polls.
    static let grace: Double = 5
    /// How stale the stored time may become; a poll lasts longer than this.
    static let writeEvery: Double = 15
    /// For a process that only reads the database: a node polls more often than this.
    static let storedGrace: Double = 45

    /// Notes that `site` was heard; true where the stored time should be brought up to date.
    mutating func hear(_ site: SiteID, at now: Moment) -> Bool {
        heard[site] = now
        if let last = written[site], now.seconds(since: last) < Self.writeEvery, now >= last { return false }
        written[site] = now
        return true
    }

    /// A poll of the site ended in good order; the next is on its way.
    mutating func linger(_ site: SiteID, at now: Moment) {
        heard[site] = now
    }

    /// The sites that count as there although no poll of theirs may be open.
    func fresh(at now: Moment) -> [SiteID] {
        heard.keys.filter { isFresh($0, at: now) }
    }

    /// The site's connection closed.
    mutating func lose(_ site: SiteID) {
        heard[site] = nil
    }

    func lastHeard(_ site: SiteID) -> Moment? { heard[site] }

    func isFresh(_ site: SiteID, at now: Moment) -> Bool {
        guard let last = heard[site] else { return false }
        return abs(now.seconds(since: last)) <= Self.grace
    }
}
