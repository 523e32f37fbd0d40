import HummingbirdCore
import Logging
import NIOCore

/// A server's child channel that is counted, that is closed when the client has gone, and that request handlers can
/// ask about: a long poll must not go on, nor a site look as if it were there, after its connection has ended.
struct GuardedChannel<Base: ServerChildChannel>: ServerChildChannel {
    let base: Base
    let census: ConnectionCensus

    func setup(channel: any Channel, logger: Logger) -> EventLoopFuture<Base.Value> {
        let address = channel.remoteAddress?.ipAddress ?? "local"
        guard census.enter(address) else {
            return channel.eventLoop.makeFailedFuture(TooManyConnections())
        }
        channel.closeFuture.whenComplete { [census] _ in census.leave(address) }
        return channel.eventLoop.makeCompletedFuture {
            try channel.pipeline.syncOperations.addHandler(GoneHandler())
        }.flatMap {
            base.setup(channel: channel, logger: logger)
        }
    }

    func handle(value: Base.Value, logger: Logger) async {
        await CurrentConnection.$value.withValue(NIOConnection(channel: value.channel)) {
            await base.handle(value: value, logger: logger)
        }
    }
}

struct TooManyConnections: Error {}

/// The connection that the current task serves; set around everything that a request handler does.
enum CurrentConnection {
    @TaskLocal static var value: NIOConnection?
}

struct NIOConnection: ClientConnection {
    let channel: any Channel

    func onClose(_ action: @escaping @Sendable () -> Void) {
        channel.closeFuture.whenComplete { _ in action() }
    }
}
