import Catalogue
import Cohort
import Federation
import FoundationEssentials
import Logging
import Runtime
import ServiceLifecycle

/// Tells the hub what the data set holds: at the start, and whenever it has changed.
///
/// The card is computed from the index and protected like any answer; nobody types it.
struct CardPublisher: Service {
    let index: Index
    let link: FederationNode
    let task: CountTask
    let clock: WallClock
    let logger: Logger

    /// How often the index is asked whether it has changed (an intake runs in its own process).
    private static let interval = Duration.seconds(2)
    /// While it keeps changing, as during a long intake, the card is sent this often.
    private static let whileChanging = Duration.seconds(60)

    func run() async throws {
        await cancelWhenGracefulShutdown {
            var published: Int64?
            var seen: Int64?
            var lastSent: ContinuousClock.Instant?
            while !Task.isCancelled {
                do {
                    let token = try index.changeToken()
                    let isSettled = token == seen || lastSent.map { $0.duration(to: .now) > Self.whileChanging } ?? true
                    seen = token
                    if token != published, isSettled {
                        try await publish()
                        published = token
                        lastSent = .now
                    }
                } catch is CancellationError {
                    return
                } catch {
                    logger.warning("the data set's card could not be sent, and will be again: \(error)")
                }
                try? await Task.sleep(for: Self.interval)
            }
        }
    }

    private func publish() async throws {
        let card = try await task.card()
        try await link.send(
            kind: CohortMessage.card, payload: [UInt8](try JSONEncoder().encode(card)), replacingUnsent: true)
        logger.info("the data set's card is on its way to the hub")
    }
}
