import Hummingbird
import NIOCore
import NIOPosix
import Synchronization
import Testing

@testable import Federation

@Suite("A guarded server in plain HTTP")
struct GuardedServerTests {
    /// Serves `router` while `body` runs, which is given the port.
    private func serve(
        _ router: Router<BasicRequestContext>, _ limits: ConnectionLimits, _ body: (Int) async throws -> Void
    ) async throws {
        let port = try await LiveHub.freePort()
        let (ready, isReady) = AsyncStream.makeStream(of: Void.self)
        let app = Application(
            router: router, server: GuardedServer.http(limits: limits),
            configuration: .init(address: .hostname("127.0.0.1", port: port)),
            onServerRunning: { _ in isReady.finish() }, logger: .quiet)
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask { try await app.runService(gracefulShutdownSignals: []) }
            for await _ in ready {}
            try await body(port)
            group.cancelAll()
        }
    }

    private func connect(_ port: Int, reads: Bool = true) async throws -> (any Channel, Received) {
        let received = Received()
        let channel = try await ClientBootstrap(group: MultiThreadedEventLoopGroup.singleton)
            .channelOption(.autoRead, value: reads)
            .channelInitializer { channel in
                channel.eventLoop.makeCompletedFuture {
                    try channel.pipeline.syncOperations.addHandler(Collector(received: received))
                }
            }
            .connect(host: "127.0.0.1", port: port).get()
        return (channel, received)
    }

    private func get(_ path: String, _ channel: any Channel) async throws {
        try await channel.writeAndFlush(ByteBuffer(string: "GET \(path) HTTP/1.1\r\nhost: h\r\n\r\n"))
    }

    @Test("a connection over the limit is closed by the server, and one that leaves makes room")
    func overTheLimit() async throws {
        var limits = ConnectionLimits()
        limits.connections = 2
        let router = Router()
        router.get("hello") { _, _ in "hello" }
        try await serve(router, limits) { port in
            let first = try await connect(port)
            let second = try await connect(port)
            for (channel, received) in [first, second] {
                try await get("/hello", channel)
                while !received.text.hasSuffix("hello") { try await Task.sleep(for: .milliseconds(1)) }
            }
            for _ in 0..<20 {
                let (channel, _) = try await connect(port)
                // Nothing is sent: the end comes from the server.
                try await channel.closeFuture.get()
            }
            try await first.0.close()
            while true {
                let (channel, received) = try await connect(port)
                try? await get("/hello", channel)
                while channel.isActive, received.text.isEmpty { try await Task.sleep(for: .milliseconds(1)) }
                if received.text.hasSuffix("hello") { break }
            }
        }
    }

    @Test("a response that goes on is not idle, however patient its reader has to be")
    func longResponse() async throws {
        var limits = ConnectionLimits()
        // The test's own request may take its time on a busy machine.
        limits.firstHead = 30
        limits.nextHead = 0.2
        limits.bodyGrace = 0.2
        limits.stall = 0.2
        let router = Router()
        router.get("events") { _, _ in
            Response(
                status: .ok,
                body: .init { writer in
                    for number in 0..<4 {
                        try await writer.write(ByteBuffer(string: "data: \(number)\n\n"))
                        try await Task.sleep(for: .milliseconds(300))
                    }
                    try await writer.finish(nil)
                })
        }
        try await serve(router, limits) { port in
            let (channel, received) = try await connect(port)
            try await get("/events", channel)
            // It is closed only once it is idle.
            try await channel.closeFuture.get()
            #expect(received.text.contains("data: 3\n") && received.text.hasSuffix("0\r\n\r\n"))
        }
    }

    @Test("a reader that stops reading is closed")
    func stalledReader() async throws {
        var limits = ConnectionLimits()
        limits.stall = 0.2
        let (ended, end) = AsyncStream.makeStream(of: Void.self)
        let router = Router()
        router.get("flood") { _, _ in
            Response(
                status: .ok,
                body: .init { writer in
                    defer { end.finish() }
                    let piece = ByteBuffer(repeating: 32, count: 1 << 20)
                    while true { try await writer.write(piece) }
                })
        }
        try await serve(router, limits) { port in
            let (channel, _) = try await connect(port, reads: false)
            try await get("/flood", channel)
            for await _ in ended {}
            try? await channel.close()
        }
    }
}

private final class Received: Sendable {
    private let bytes = Mutex<[UInt8]>([])
    var text: String { String(decoding: bytes.withLock { $0 }, as: UTF8.self) }
    func append(_ buffer: ByteBuffer) { bytes.withLock { $0 += buffer.readableBytesView } }
}

private final class Collector: ChannelInboundHandler {
    typealias InboundIn = ByteBuffer
    let received: Received
    init(received: Received) { self.received = received }
    func channelRead(context: ChannelHandlerContext, data: NIOAny) { received.append(unwrapInboundIn(data)) }
}
