import Federation
import Hummingbird
public import Logging
import Runtime
public import ServiceLifecycle
import UnixSignals

extension Node {
    /// The console: the web page on which the hospital's own people look at objects that wait for them.
    ///
    /// It listens on this machine only. Whoever signs in needs the token of the node's token file.
    public func console(at address: ConsoleAddress, logger: Logger) throws -> some Service {
        let token = try ConsoleAccess.token(at: folder.consoleToken, files: files, random: random)
        let routes = ConsoleRoutes(
            node: self, office: try reviewOffice(), index: try openIndex(),
            access: ConsoleAccess(token: token, clock: clock, random: random), pages: try ConsolePages(),
            tokenFile: folder.consoleToken, logger: logger)
        let router = Router(context: BasicRequestContext.self)
        let names: Set = [address.description, "localhost:\(address.port)"]
        router.middlewares.add(ConsoleGuard(routes: routes, names: names, logger: logger))
        routes.addRoutes(to: router)
        var quiet = logger
        quiet.logLevel = max(logger.logLevel, Logger.Level.warning)
        return Application(
            router: router, server: GuardedServer.http(),
            configuration: .init(address: .hostname(address.host, port: address.port), serverName: "atles"),
            onServerRunning: { [folder] _ in
                logger.notice("console on http://\(address); the token to sign in with is in \(folder.consoleToken)")
            },
            logger: quiet)
    }

    /// Runs the console alone, until the process is told to stop: for nodes that belong to no federation.
    public func serveConsole(at address: ConsoleAddress, logger: Logger) async throws {
        let group = ServiceGroup(
            configuration: .init(
                services: [.init(service: try console(at: address, logger: logger))],
                gracefulShutdownSignals: [.sigterm, .sigint], logger: logger))
        try await group.run()
    }
}
