import FoundationEssentials
import Governance
import Synchronization

/// How long sites take, as it was last worked out. Over many requests that takes a while, so it is done again only when a
/// hundred times as long has passed: at most a hundredth of the hub's time goes there.
final class PaceBoard: Sendable {
    private struct Last {
        var pace: [SitePace]
        var until: ContinuousClock.Instant
    }

    private let last = Mutex<Last?>(nil)

    func pace(_ store: RequestStore, at now: Date) throws(RequestError) -> [SitePace] {
        let begun = ContinuousClock.now
        if let last = last.withLock({ $0 }), last.until > begun { return last.pace }
        let pace = try store.pace(at: now)
        let took = begun.duration(to: .now)
        last.withLock { $0 = Last(pace: pace, until: .now + took * 100) }
        return pace
    }
}
