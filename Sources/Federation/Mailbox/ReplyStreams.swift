import Synchronization

/// Who waits for answers at the hub.
final class ReplyStreams: Sendable {
    private struct Subscriber {
        let continuation: AsyncStream<Reply>.Continuation
        var heard: Set<SiteID> = []
        /// Sites still to answer; nil until the stored state was read.
        var open: Set<SiteID>?
    }

    private struct State {
        var next: UInt64 = 1
        var subscribers: [MessageID: [UInt64: Subscriber]] = [:]
    }

    private let state = Mutex(State())

    /// Registers; answers that come from now on reach the stream, whatever else is still being read.
    func subscribe(to question: MessageID, _ continuation: AsyncStream<Reply>.Continuation) -> UInt64 {
        state.withLock { state in
            let number = state.next
            state.next &+= 1
            state.subscribers[question, default: [:]][number] = Subscriber(continuation: continuation)
            return number
        }
    }

    func unsubscribe(_ number: UInt64, from question: MessageID) {
        state.withLock { state in
            state.subscribers[question]?[number] = nil
            if state.subscribers[question]?.isEmpty == true { state.subscribers[question] = nil }
        }
    }

    /// Gives one subscriber what was stored before it came, and tells it who is still to answer.
    func load(_ number: UInt64, of question: MessageID, stored: [Reply], open: Set<SiteID>) {
        state.withLock { state in
            guard var subscriber = state.subscribers[question]?[number] else { return }
            subscriber.open = open.subtracting(subscriber.heard)
            for reply in stored { Self.give(reply, &subscriber) }
            Self.keep(subscriber, number, question, &state)
        }
    }

    /// An answer has come.
    func deliver(_ reply: Reply, to question: MessageID) {
        state.withLock { state in
            for (number, subscriber) in state.subscribers[question] ?? [:] {
                var subscriber = subscriber
                Self.give(reply, &subscriber)
                Self.keep(subscriber, number, question, &state)
            }
        }
    }

    /// The time of these questions is over.
    func finish(_ questions: [MessageID]) {
        let ended = state.withLock { state in
            questions.flatMap { (state.subscribers.removeValue(forKey: $0) ?? [:]).values.map(\.continuation) }
        }
        for continuation in ended { continuation.finish() }
    }

    private static func give(_ reply: Reply, _ subscriber: inout Subscriber) {
        guard subscriber.heard.insert(reply.site).inserted else { return }
        subscriber.open?.remove(reply.site)
        subscriber.continuation.yield(reply)
    }

    private static func keep(_ subscriber: Subscriber, _ number: UInt64, _ question: MessageID, _ state: inout State) {
        if subscriber.open?.isEmpty == true {
            state.subscribers[question]?[number] = nil
            subscriber.continuation.finish()
        } else {
            state.subscribers[question]?[number] = subscriber
        }
    }
}
