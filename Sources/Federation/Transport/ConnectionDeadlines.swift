/// When a connection has to be closed for slowness. Pure: times are seconds on any clock that does not go back.
struct ConnectionDeadlines: Sendable {
    enum Event: Equatable, Sendable {
        /// A request's headers are complete.
        case head
        case body(bytes: Int)
        case end
        case responseEnd
        /// The client has stopped, or has gone on, reading what is sent.
        case stalled
        case flowing
    }

    private enum Phase: Equatable {
        case awaitingHead(since: Double, isFirst: Bool)
        case readingBody(since: Double, bytes: Double)
        /// The request is whole; how long the answer takes is the server's business.
        case answering
    }

    private let limits: ConnectionLimits
    private var phase: Phase
    private var unanswered = 0
    private var stalledSince: Double?

    init(limits: ConnectionLimits, openedAt now: Double) {
        self.limits = limits
        phase = .awaitingHead(since: now, isFirst: true)
    }

    mutating func handle(_ event: Event, at now: Double) {
        switch event {
        case .head:
            unanswered += 1
            phase = .readingBody(since: now, bytes: 0)
        case .body(let bytes):
            if case .readingBody(let since, let before) = phase {
                phase = .readingBody(since: since, bytes: before + Double(bytes))
            }
        case .end:
            // The answer may have come before the whole request was read.
            phase = unanswered > 0 ? .answering : .awaitingHead(since: now, isFirst: false)
        case .responseEnd:
            unanswered = max(0, unanswered - 1)
            if unanswered == 0, phase == .answering { phase = .awaitingHead(since: now, isFirst: false) }
        case .stalled:
            stalledSince = stalledSince ?? now
        case .flowing:
            stalledSince = nil
        }
    }

    /// When to close unless something happens before; nil for never.
    var deadline: Double? {
        let reading: Double? =
            switch phase {
            case .awaitingHead(let since, let isFirst): since + (isFirst ? limits.firstHead : limits.nextHead)
            case .readingBody(let since, let bytes):
                since + min(limits.bodyAtMost, limits.bodyGrace + bytes / max(limits.bodyRate, 1))
            case .answering: nil
            }
        let writing = stalledSince.map { $0 + limits.stall }
        switch (reading, writing) {
        case (let first?, let second?): return min(first, second)
        case (let first, let second): return first ?? second
        }
    }
}
