import Synchronization

/// Who waits for answers at the hub.
final class ReplyStreams: Sendable {
    private struct Subscriber {
        let continuation: AsyncStream<Reply>.Continuation
        var heard: Set<SiteID> = []
        /// Sites still to answer; nil until the stored state was read.
        var open: Set<SiteID>?

        mutating func give(_ reply: Reply) {
            guard heard.insert(reply.site).inserted else { return }
            open?.remove(reply.site)
            continuation.yield(reply)
        }
    }

    private struct State {
        var next: UInt64 = 1
        var subscribers: [MessageID: [UInt64: Subscriber]] = [:]

        mutating func remove(_ number: UInt64, from question: MessageID) -> Subscriber? {
            let removed = subscribers[question]?.removeValue(forKey: number)
            if subscribers[question]?.isEmpty == true { subscribers[question] = nil }
            return removed
        }

        /// Puts the subscriber back, or takes it out and returns it where everybody has answered.
        mutating func keep(_ subscriber: Subscriber, _ number: UInt64, _ question: MessageID) -> Subscriber? {
            guard subscriber.open?.isEmpty == true else {
                subscribers[question]?[number] = subscriber
                return nil
            }
            return remove(number, from: question)
        }
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
        // What is removed is let go outside the lock: its end calls back into this type.
        let removed = state.withLock { state in state.remove(number, from: question) }
        _ = removed
    }

    /// Gives one subscriber what was stored before it came, and tells it who is still to answer.
    func load(_ number: UInt64, of question: MessageID, stored: [Reply], open: Set<SiteID>) {
        let ended = state.withLock { state -> Subscriber? in
            guard var subscriber = state.subscribers[question]?[number] else { return nil }
            subscriber.open = open.subtracting(subscriber.heard)
            for reply in stored { subscriber.give(reply) }
            return state.keep(subscriber, number, question)
        }
        ended?.continuation.finish()
    }

    /// An answer has come.
    func deliver(_ reply: Reply, to question: MessageID) {
        let ended = state.withLock { state in
            (state.subscribers[question] ?? [:]).compactMap { number, subscriber in
                var subscriber = subscriber
                subscriber.give(reply)
                return state.keep(subscriber, number, question)
            }
        }
        for subscriber in ended { subscriber.continuation.finish() }
    }

    /// The time of these questions is over.
    func finish(_ questions: [MessageID]) {
        let ended = state.withLock { state in
            questions.flatMap { (state.subscribers.removeValue(forKey: $0) ?? [:]).values.map(\.continuation) }
        }
        for continuation in ended { continuation.finish() }
    }
}
