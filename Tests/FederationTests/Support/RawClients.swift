import FoundationEssentials
import NIOCore
import NIOPosix
import NIOSSL
import NIOTLS
import Synchronization

/// The certificate that a server shows.
enum ServedCertificate {
    static func fetch(port: Int, authority: [UInt8]) async throws -> [UInt8] {
        let holder = Holder()
        var configuration = TLSConfiguration.makeClientConfiguration()
        configuration.trustRoots = .certificates([try NIOSSLCertificate(bytes: authority, format: .der)])
        let context = try NIOSSLContext(configuration: configuration)
        let channel = try await ClientBootstrap(group: MultiThreadedEventLoopGroup.singleton)
            .channelInitializer { channel in
                channel.eventLoop.makeCompletedFuture {
                    let handler = try NIOSSLClientHandler(
                        context: context, serverHostname: "localhost",
                        customVerificationCallback: { chain, promise in
                            holder.set((try? chain.first?.toDERBytes()) ?? [])
                            promise.succeed(.certificateVerified)
                        })
                    try channel.pipeline.syncOperations.addHandlers([handler, HandshakeWaiter(holder: holder)])
                }
            }
            .connect(host: "127.0.0.1", port: port).get()
        let bytes = await holder.value()
        try? await channel.close()
        return bytes
    }

    private final class Holder: Sendable {
        private let state = Mutex<[UInt8]>([])
        private let done = AsyncStream<Void>.makeStream()
        func set(_ bytes: [UInt8]) { state.withLock { $0 = bytes } }
        func finish() { done.continuation.finish() }
        func value() async -> [UInt8] {
            for await _ in done.stream {}
            return state.withLock { $0 }
        }
    }

    private final class HandshakeWaiter: ChannelInboundHandler {
        typealias InboundIn = ByteBuffer
        let holder: Holder
        init(holder: Holder) { self.holder = holder }
        func userInboundEventTriggered(context: ChannelHandlerContext, event: Any) {
            if let event = event as? TLSUserEvent, case .handshakeCompleted = event { holder.finish() }
            context.fireUserInboundEventTriggered(event)
        }
        func channelInactive(context: ChannelHandlerContext) { holder.finish() }
    }
}

/// A client that keeps a connection busy with as little as it can.
enum SlowClient {
    enum Stage: CaseIterable { case handshake, headers, body }

    /// Sends a byte every few milliseconds until the server closes the connection.
    static func dripUntilClosed(port: Int, authority: [UInt8], stage: Stage) async throws {
        var configuration = TLSConfiguration.makeClientConfiguration()
        configuration.trustRoots = .certificates([try NIOSSLCertificate(bytes: authority, format: .der)])
        let context = try NIOSSLContext(configuration: configuration)
        let channel = try await ClientBootstrap(group: MultiThreadedEventLoopGroup.singleton)
            .channelInitializer { channel in
                channel.eventLoop.makeCompletedFuture {
                    guard stage != .handshake else { return }
                    try channel.pipeline.syncOperations.addHandler(
                        try NIOSSLClientHandler(context: context, serverHostname: "localhost"))
                }
            }
            .connect(host: "127.0.0.1", port: port).get()
        switch stage {
        case .handshake:
            // The beginning of a TLS record that never ends.
            try? await channel.writeAndFlush(ByteBuffer(bytes: [22, 3, 1, 2, 0, 1, 0, 1, 252]))
        case .headers:
            try? await channel.writeAndFlush(ByteBuffer(string: "POST /federation/v1/poll HTTP/1.1\r\n"))
        case .body:
            try? await channel.writeAndFlush(
                ByteBuffer(string: "POST /federation/v1/poll HTTP/1.1\r\nhost: h\r\ncontent-length: 10000\r\n\r\n"))
        }
        while channel.isActive {
            do { try await channel.writeAndFlush(ByteBuffer(string: "x")) } catch { break }
            try await Task.sleep(for: .milliseconds(20))
        }
        try? await channel.close()
    }
}
