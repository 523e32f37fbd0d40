/// Who waits for news at the hub: at most one long poll per site. Pure.
struct PollBoard: Sendable {
    typealias Poll = UInt64

    enum Event: Equatable, Sendable {
        case opened(SiteID, Poll)
        /// Something was stored for the site, or its standing changed.
        case news(SiteID)
        case newsForAll
        /// The hub stops: nobody is kept waiting.
        case stopping
        case started
        /// The poll was answered, ran out, or its connection closed.
        case ended(SiteID, Poll)
    }

    enum Action: Equatable, Sendable {
        /// Look into the mailbox and answer.
        case wake(Poll)
        /// Answer with nothing: the same site has opened a newer poll, so that nobody reads this one any more.
        case dismiss(Poll)
    }

    private var open: [SiteID: Poll] = [:]
    private var isStopping = false

    mutating func handle(_ event: Event) -> [Action] {
        switch event {
        case .opened(_, let poll) where isStopping:
            return [.dismiss(poll)]
        case .opened(let site, let poll):
            let earlier = open.updateValue(poll, forKey: site)
            return earlier.map { [.dismiss($0)] } ?? []
        case .news(let site):
            return open.removeValue(forKey: site).map { [.wake($0)] } ?? []
        case .newsForAll:
            defer { open = [:] }
            return open.values.sorted().map { .wake($0) }
        case .stopping:
            isStopping = true
            defer { open = [:] }
            return open.values.sorted().map { .dismiss($0) }
        case .started:
            isStopping = false
            return []
        case .ended(let site, let poll):
            if open[site] == poll { open[site] = nil }
            return []
        }
    }

    func isOpen(_ site: SiteID) -> Bool { open[site] != nil }
}
