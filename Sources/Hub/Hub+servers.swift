import Federation
import Hummingbird
import Logging
import NIOCore
import Runtime
import ServiceLifecycle

extension Hub {
    /// What people and programs reach: the page and the programming interface, in plain HTTP.
    func pageServer(explorer: Explorer, runs: RunOffice, cards: CardRegistry) throws -> some Service {
        Application(
            router: try pageRouter(explorer: explorer, runs: runs, cards: cards),
            server: GuardedServer.http(limits: Self.pageLimits),
            configuration: .init(
                address: .hostname(configuration.page.address, port: configuration.page.port),
                serverName: "atles"),
            onServerRunning: { [logger, configuration] _ in
                logger.notice("page on http://\(configuration.page.address):\(configuration.page.port)")
            },
            logger: quiet)
    }

    /// Every route that people and programs reach, behind the guard that knows who may use it.
    func pageRouter(
        explorer: Explorer, runs: RunOffice, cards: CardRegistry, table: RouteTable = .all,
        transport: any ProviderTransport = HTTPProviderTransport.shared
    ) throws -> Router<VisitorContext> {
        let api = API(hub: self, explorer: explorer, cards: cards, throttle: QuestionThrottle())
        let pages = PageRoutes(api: api, explorer: explorer, pages: try Pages(), name: configuration.name)
        let router = Router(context: VisitorContext.self, options: [.autoGenerateHeadEndpoints])
        router.middlewares.add(FaultsMiddleware(pages: pages, logger: logger))
        router.middlewares.add(IdentityMiddleware(identities: identities))
        router.middlewares.add(GuardMiddleware(table: table, identities: identities))
        api.addRoutes(to: router.group("api/v1"))
        RunRoutes(office: runs, throttle: api.throttle).addRoutes(to: router.group("api/v1"))
        RunPages(office: runs, pages: pages.pages, federation: configuration.name, throttle: api.throttle)
            .addRoutes(to: router)
        pages.addRoutes(to: router)
        LensRoutes(
            explorer: explorer, cards: cards, sites: { try api.overview().sites }, throttle: api.throttle,
            origin: configuration.lensOrigin
        ).addRoutes(to: router)
        router.get(RouterPath(VisaIssuer.keysPath)) { [visas] _, _ in try JSONResponse.make(visas.keySet) }
        try addPeople(to: router, pages: pages.pages, transport: transport)
        RequestRoutes(
            desk: requests, pages: pages.pages,
            sites: {
                try api.overview().sites.map {
                    SiteOverview(id: $0.id, name: $0.name, country: $0.country, isOnline: $0.isOnline, card: $0.card)
                }
            }
        ).addRoutes(to: router)
        RequestAPI(desk: requests).addRoutes(to: router.group("api/v1"))
        return router
    }

    /// Signing in, and what is a person's own.
    private func addPeople(
        to router: Router<VisitorContext>, pages: Pages, transport: any ProviderTransport
    ) throws {
        let provider = try configuration.provider.map { settings in
            ProviderSignIn(
                provider: Provider(settings: settings, transport: transport, clock: identities.clock),
                identities: identities, secret: try clientSecret(settings))
        }
        let signIn = SignInRoutes(
            identities: identities, pages: pages, provider: provider, hasAccounts: configuration.hasLocalAccounts)
        signIn.addRoutes(to: router)
        SecondFactorRoutes(identities: identities, pages: pages, signIn: signIn).addRoutes(to: router)
        AccountRoutes(identities: identities, pages: pages).addRoutes(to: router)
        TokenRoutes(identities: identities, pages: pages).addRoutes(to: router)
        DeviceRoutes(identities: identities, pages: pages).addRoutes(to: router)
        PeopleRoutes(identities: identities, pages: pages).addRoutes(to: router)
        guard let provider else { return }
        let passports = PassportReader(
            trusted: configuration.trustedVisas, transport: transport, clock: identities.clock, logger: logger)
        ProviderRoutes(
            identities: identities, signIn: provider, pages: pages, routes: signIn, passports: passports, logger: logger
        ).addRoutes(to: router)
    }

    private func clientSecret(_ settings: ProviderSettings) throws -> String? {
        guard let name = settings.secretFile else { return nil }
        let bytes = try SecretFile.read(name.hasPrefix("/") ? name : FilePath.join(folder.path, name), in: files)
        let lines = String(decoding: bytes, as: UTF8.self).split(whereSeparator: \.isNewline)
        return lines.first.map(String.init)
    }

    /// People come through the web server in front of the hub: all of them from its one address.
    private static let pageLimits: ConnectionLimits = {
        var limits = ConnectionLimits()
        limits.connectionsPerAddress = limits.connections
        return limits
    }()

    /// What nodes reach: the federation's messages, over TLS with a certificate of the federation's own authority.
    func federationServer() throws -> some Service {
        let router = Router(context: BasicRequestContext.self)
        federation.addRoutes(to: router)
        var limits = ConnectionLimits()
        limits.connectionsPerAddress = configuration.connectionsPerAddress
        return Application(
            router: router,
            server: try federation.serverBuilder(limits: limits),
            configuration: .init(
                address: .hostname(configuration.federation.address, port: configuration.federation.port),
                serverName: "atles"),
            onServerRunning: { [logger, configuration] _ in
                logger.notice("nodes on https://\(configuration.federation.address):\(configuration.federation.port)")
            },
            logger: quiet)
    }

    /// The servers' own logging: only what went wrong.
    private var quiet: Logger {
        var logger = logger
        logger.logLevel = max(logger.logLevel, Logger.Level.warning)
        return logger
    }
}
