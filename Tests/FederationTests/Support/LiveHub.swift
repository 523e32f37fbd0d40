import FoundationEssentials
import Hummingbird
import Logging
import NIOCore
import NIOPosix
import Runtime
import ServiceLifecycle
import TestSupport

@testable import Federation

/// A hub served over real TLS on a real socket of the loopback.
struct LiveHub: Sendable {
    let hub: FederationHub
    let port: Int
    private let task: Task<Void, any Error>
    private let group: ServiceGroup

    /// A port that was free a moment ago.
    static func freePort() async throws -> Int {
        let channel = try await ServerBootstrap(group: MultiThreadedEventLoopGroup.singleton)
            .bind(host: "127.0.0.1", port: 0).get()
        let port = channel.localAddress?.port ?? 0
        try await channel.close()
        return port
    }

    static func create(in folder: String) async throws -> Int {
        let port = try await freePort()
        try FederationHub.create(
            folder: folder, name: "Testland", address: "https://localhost:\(port)", hostNames: ["127.0.0.1"])
        return port
    }

    /// Serves the hub in `folder` until ``stop()``.
    static func start(
        folder: String, port: Int, audit: any AuditSink = NoAudit(), limits: ConnectionLimits = ConnectionLimits(),
        clock: WallClock = .system, options: HubOptions = HubOptions()
    ) async throws -> LiveHub {
        let hub = try FederationHub.open(folder: folder, audit: audit, clock: clock, options: options, logger: .quiet)
        let router = Router()
        hub.addRoutes(to: router)
        let (ready, isReady) = AsyncStream.makeStream(of: Void.self)
        let app = Application(
            router: router, server: try hub.serverBuilder(limits: limits),
            configuration: .init(address: .hostname("127.0.0.1", port: port)), services: [Maintenance(hub: hub)],
            onServerRunning: { _ in isReady.finish() }, logger: .quiet)
        let group = ServiceGroup(services: [app], logger: .quiet)
        let task = Task {
            defer { isReady.finish() }
            try await group.run()
        }
        for await _ in ready {}
        return LiveHub(hub: hub, port: port, task: task, group: group)
    }

    /// Ends like a killed process: nothing is finished in an orderly way.
    func stop() async {
        task.cancel()
        _ = try? await task.value
    }

    /// Ends as on SIGTERM.
    func stopInGoodOrder() async throws {
        await group.triggerGracefulShutdown()
        try await task.value
    }
}

struct Maintenance: Service {
    let hub: FederationHub
    func run() async throws { await hub.maintain() }
}
