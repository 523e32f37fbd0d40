import HummingbirdCore
import Logging
import NIOCore
import Synchronization

/// A server's child channel that is counted, that is closed when the client has gone, and that request handlers can
/// ask about: a long poll must not go on, nor a site look as if it were there, after its connection has ended.
struct GuardedChannel<Base: ServerChildChannel>: ServerChildChannel {
    let base: Base
    let census: ConnectionCensus

    func setup(channel: any Channel, logger: Logger) -> EventLoopFuture<Base.Value> {
        let address = channel.remoteAddress?.ipAddress ?? "local"
        guard census.enter(address) else {
            // Nobody else closes it: the server lets clients close their half, so that not even the client's end would.
            channel.close(promise: nil)
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

final class NIOConnection: ClientConnection {
    private struct State {
        var isClosed = false
        var next: UInt64 = 1
        var actions: [UInt64: @Sendable () -> Void] = [:]
    }

    private let state = Mutex(State())

    init(channel: any Channel) {
        channel.closeFuture.whenComplete { [weak self] _ in self?.close() }
    }

    func onClose(_ action: @escaping @Sendable () -> Void) -> UInt64 {
        let registration: UInt64? = state.withLock { state in
            if state.isClosed { return nil }
            defer { state.next &+= 1 }
            state.actions[state.next] = action
            return state.next
        }
        if registration == nil { action() }
        return registration ?? 0
    }

    func forget(_ registration: UInt64) {
        state.withLock { _ = $0.actions.removeValue(forKey: registration) }
    }

    private func close() {
        let actions = state.withLock { state in
            state.isClosed = true
            defer { state.actions = [:] }
            return state.actions.values.map { $0 }
        }
        for action in actions { action() }
    }
}
