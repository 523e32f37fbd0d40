import NIOCore

/// Closes a connection whose client has sent its last byte.
///
/// Hummingbird lets a client close its sending half and reads the answer out; no HTTP client over TLS does that. What it
/// means here is that the node's process has ended or is ending. One of these stands below TLS, for the process that
/// was killed, and one above, for the one that says goodbye and waits up to five seconds for the reply.
final class GoneHandler: ChannelInboundHandler, RemovableChannelHandler {
    typealias InboundIn = Any

    func userInboundEventTriggered(context: ChannelHandlerContext, event: Any) {
        if case ChannelEvent.inputClosed = event {
            context.close(promise: nil)
        } else {
            context.fireUserInboundEventTriggered(event)
        }
    }
}
