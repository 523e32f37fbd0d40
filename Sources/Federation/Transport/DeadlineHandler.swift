import NIOCore
import NIOHTTPTypes

/// The shell of ``ConnectionDeadlines`` in a connection's pipeline: keeps one timer for the next deadline and closes
/// the connection when it comes.
final class DeadlineHandler: ChannelDuplexHandler, RemovableChannelHandler {
    typealias InboundIn = HTTPRequestPart
    typealias InboundOut = HTTPRequestPart
    typealias OutboundIn = HTTPResponsePart
    typealias OutboundOut = HTTPResponsePart

    private var deadlines: ConnectionDeadlines
    private var timer: Scheduled<Void>?
    private var timerAt: Double = .infinity

    init(limits: ConnectionLimits) {
        deadlines = ConnectionDeadlines(limits: limits, openedAt: Self.now)
    }

    private static var now: Double { Double(NIODeadline.now().uptimeNanoseconds) / 1e9 }

    func handlerAdded(context: ChannelHandlerContext) { setTimer(context) }

    func handlerRemoved(context: ChannelHandlerContext) { timer?.cancel() }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        switch unwrapInboundIn(data) {
        case .head: note(.head, context)
        case .body(let buffer): note(.body(bytes: buffer.readableBytes), context)
        case .end: note(.end, context)
        }
        context.fireChannelRead(data)
    }

    func write(context: ChannelHandlerContext, data: NIOAny, promise: EventLoopPromise<Void>?) {
        if case .end = unwrapOutboundIn(data) { note(.responseEnd, context) }
        context.write(data, promise: promise)
    }

    func channelWritabilityChanged(context: ChannelHandlerContext) {
        note(context.channel.isWritable ? .flowing : .stalled, context)
        context.fireChannelWritabilityChanged()
    }

    private func note(_ event: ConnectionDeadlines.Event, _ context: ChannelHandlerContext) {
        deadlines.handle(event, at: Self.now)
        setTimer(context)
    }

    /// A timer that is set too early only looks again; so a later deadline costs nothing.
    private func setTimer(_ context: ChannelHandlerContext) {
        guard let deadline = deadlines.deadline, deadline < timerAt else { return }
        timer?.cancel()
        timerAt = deadline
        let nanoseconds = UInt64(max(0, deadline) * 1e9)
        let bound = NIOLoopBound((handler: self, context: context), eventLoop: context.eventLoop)
        timer = context.eventLoop.scheduleTask(deadline: .uptimeNanoseconds(nanoseconds)) {
            bound.value.handler.look(bound.value.context)
        }
    }

    private func look(_ context: ChannelHandlerContext) {
        timer = nil
        timerAt = .infinity
        if let deadline = deadlines.deadline, deadline <= Self.now + 0.001 {
            context.close(promise: nil)
        } else {
            setTimer(context)
        }
    }
}
