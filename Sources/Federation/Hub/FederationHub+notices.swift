import Logging
import Synchronization

extension FederationHub {
    /// Tells the log which sites an operator has approved or suspended since it last looked, here or by a command in
    /// another process.
    func noticeStandings() throws(FederationError) {
        for site in try store.sites() {
            let before = noticed.withLock { $0.updateValue(site.state, forKey: site.id) }
            guard let before, before != site.state else { continue }
            switch site.state {
            case .admitted: logger.notice("\(site.name) (\(site.id)) was approved")
            case .suspended: logger.notice("\(site.name) (\(site.id)) was suspended")
            case .waiting: logger.notice("\(site.name) (\(site.id)) waits for approval")
            }
        }
    }

    /// Tells the log which sites have come or gone since `before`; returns those that are here now.
    func noticePresence(_ before: Set<SiteID>) throws(FederationError) -> Set<SiteID> {
        let now = self.now
        let here = Set(room.sites).union(presence.withLock { $0.fresh(at: now) })
        for id in here.symmetricDifference(before).sorted() {
            let name = try store.site(id)?.name ?? id.text
            logger.notice("\(name) (\(id)) is \(here.contains(id) ? "on line" : "off line")")
        }
        return here
    }
}
