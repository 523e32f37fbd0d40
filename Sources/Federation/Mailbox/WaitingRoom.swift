import Synchronization

/// The shell around ``PollBoard``: suspends a poll until there is news for it.
///
/// News travels in memory, so that a waiting node has its task as soon as the task is on the disk.
final class WaitingRoom: Sendable {
    /// Why a wait ended.
    enum Outcome: Sendable { case news, dismissed, timeOut, gone }

    private struct State {
        var board = PollBoard()
        var next: PollBoard.Poll = 1
        var signals: [PollBoard.Poll: AsyncStream<Outcome>.Continuation] = [:]
        /// Seats per site. The board forgets a poll when it wakes it; its site is there all the same.
        var seats: [SiteID: Int] = [:]

        mutating func take(_ seat: Seat) -> AsyncStream<Outcome>.Continuation? {
            guard let signal = signals.removeValue(forKey: seat.poll) else { return nil }
            let rest = seats[seat.site, default: 1] - 1
            seats[seat.site] = rest > 0 ? rest : nil
            return signal
        }
    }

    private let state = Mutex(State())

    /// A poll that is registered. News that comes between registering and waiting is not lost.
    struct Seat: Sendable {
        let site: SiteID
        let poll: PollBoard.Poll
        fileprivate let signals: AsyncStream<Outcome>
    }

    func open(_ site: SiteID) -> Seat {
        let (stream, continuation) = AsyncStream.makeStream(of: Outcome.self, bufferingPolicy: .bufferingOldest(1))
        let poll = state.withLock { state in
            let poll = state.next
            state.next &+= 1
            state.signals[poll] = continuation
            state.seats[site, default: 0] += 1
            Self.handle(.opened(site, poll), &state)
            return poll
        }
        return Seat(site: site, poll: poll, signals: stream)
    }

    /// Until there is news, another poll of the site takes over, the connection closes, or the time is up.
    func wait(_ seat: Seat, atMost limit: Duration) async -> Outcome {
        await withTaskGroup(of: Outcome.self) { group in
            group.addTask {
                for await signal in seat.signals { return signal }
                return .gone
            }
            group.addTask {
                try? await Task.sleep(for: limit)
                return .timeOut
            }
            let outcome = await group.next() ?? .timeOut
            group.cancelAll()
            return outcome
        }
    }

    func close(_ seat: Seat) {
        state.withLock { state in
            Self.handle(.ended(seat.site, seat.poll), &state)
            state.take(seat)?.finish()
        }
    }

    /// The connection that the poll came by is closed.
    func leave(_ seat: Seat) {
        state.withLock { state in
            Self.handle(.ended(seat.site, seat.poll), &state)
            state.take(seat)?.yield(.gone)
        }
    }

    func news(for site: SiteID) {
        state.withLock { Self.handle(.news(site), &$0) }
    }

    func newsForAll() {
        state.withLock { Self.handle(.newsForAll, &$0) }
    }

    /// Ends every wait, and each one that begins until ``start()``.
    func stop() {
        state.withLock { Self.handle(.stopping, &$0) }
    }

    func start() {
        state.withLock { Self.handle(.started, &$0) }
    }

    func isOpen(_ site: SiteID) -> Bool {
        state.withLock { $0.seats[site] != nil }
    }

    /// The sites with a poll open.
    var sites: [SiteID] {
        state.withLock { Array($0.seats.keys) }
    }

    private static func handle(_ event: PollBoard.Event, _ state: inout State) {
        for action in state.board.handle(event) {
            switch action {
            case .wake(let poll): state.signals[poll]?.yield(.news)
            case .dismiss(let poll): state.signals[poll]?.yield(.dismissed)
            }
        }
    }
}
