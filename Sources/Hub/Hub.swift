import Cohort
public import Federation
import Glibc
import Governance
import HTTPTypes
import Hummingbird
import HummingbirdTLS
public import Logging
import NIOCore
public import Runtime
import ServiceLifecycle
import UnixSignals

/// The federation's central service: it admits sites, carries questions, gathers answers, and shows them.
///
/// The hub holds no image and no patient's record, and could not: it imports nothing that knows one.
public struct Hub: Sendable {
    public let folder: HubFolder
    public let configuration: HubConfiguration
    /// Sites, invitations, messages.
    public let federation: FederationHub
    /// Who may sign in, and who is signed in.
    let identities: Identities
    /// Writes visas for granted permits.
    public let visas: VisaIssuer
    /// Requests for access.
    let requests: RequestDesk
    let files: any FileSystem
    private let clock: WallClock
    private let random: RandomSource
    let logger: Logger

    /// Makes a new hub in a folder that holds none.
    public static func create(
        in folder: HubFolder, configuration: HubConfiguration, files: any FileSystem = PosixFileSystem(),
        clock: WallClock = .system, random: RandomSource = .system
    ) throws {
        guard try !files.exists(folder.configuration) else { throw HubError.alreadyThere(folder: folder.path) }
        // The template must read back as what it was made from: a name with odd characters shows here, not at the first start.
        _ = try HubConfiguration(yaml: configuration.template)
        try files.createDirectory(folder.path, mode: 0o700)
        try FederationHub.create(
            folder: folder.federation, name: configuration.name,
            address: "https://\(configuration.hosts.first ?? "localhost"):\(configuration.federation.port)",
            hostNames: configuration.hosts, files: files, clock: clock, random: random,
            audit: try AuditLog(path: folder.audit, files: files, clock: clock))
        // Opened once, so that its certificates are there before several commands look for them at the same time.
        _ = try FederationHub.open(folder: folder.federation, files: files, clock: clock, random: random)
        try files.writeAtomically(Array(configuration.template.utf8), to: folder.configuration, mode: 0o600)
    }

    /// Opens the hub in `folder`, for a command or for service. Several processes may have it open.
    public static func open(
        _ folder: HubFolder, files: any FileSystem = PosixFileSystem(), clock: WallClock = .system,
        random: RandomSource = .system, logger: Logger = Logger(label: "hub") { _ in SwiftLogNoOpLogHandler() }
    ) throws -> Hub {
        try open(folder, files: files, clock: clock, random: random, logger: logger, passwordCost: .standard)
    }

    /// As above; tests that are not about passwords hash them at less cost.
    static func open(
        _ folder: HubFolder, files: any FileSystem = PosixFileSystem(), clock: WallClock = .system,
        random: RandomSource = .system, logger: Logger = Logger(label: "hub") { _ in SwiftLogNoOpLogHandler() },
        passwordCost: PasswordHash.Cost
    ) throws -> Hub {
        guard try files.exists(folder.configuration) else { throw HubError.missing(folder: folder.path) }
        let text = String(decoding: try files.read(folder.configuration, limit: 65_536), as: UTF8.self)
        let configuration: HubConfiguration
        do {
            configuration = try HubConfiguration(yaml: text)
        } catch {
            throw HubError.configuration(error)
        }
        let audit = try AuditLog(path: folder.audit, files: files, clock: clock)
        let federation = try FederationHub.open(
            folder: folder.federation, audit: audit, files: files, clock: clock, random: random, logger: logger)
        let identities = Identities(
            store: try PeopleStore(path: folder.people, files: files), clock: clock, random: random,
            cost: passwordCost, configuration: configuration, audit: audit)
        let visas = try VisaIssuer(
            path: folder.visaKey, address: configuration.publicAddress, files: files, clock: clock, random: random)
        let requests = try RequestDesk.open(
            in: folder, configuration: configuration, identities: identities, files: files, logger: logger)
        return Hub(
            folder: folder, configuration: configuration, federation: federation, identities: identities,
            visas: visas, requests: requests, files: files, clock: clock, random: random, logger: logger)
    }

    /// Whether some process serves this hub at the moment.
    public func isServing() throws -> Bool {
        guard let lock = try ExclusiveLock.take(folder.serviceLock) else { return true }
        lock.release()
        return false
    }

    /// Serves nodes and people until the process is told to stop.
    public func serve() async throws {
        guard let lock = try ExclusiveLock.take(folder.serviceLock) else {
            throw HubError.alreadyServing(folder: folder.path)
        }
        defer { lock.release() }
        let cards = try CardRegistry(folder: folder.cards, files: files)
        let explorer = try Explorer(
            federation: federation, folder: folder.queries, files: files, clock: clock, random: random,
            patience: configuration.patience, logger: logger)
        let runs = try RunOffice(
            federation: federation, folder: folder.runs, files: files, clock: clock, random: random, logger: logger)
        receiveCards(into: cards)
        try await explorer.resume()
        try await runs.resume()
        let services: [any Service] = [
            try federationServer(), try pageServer(explorer: explorer, runs: runs, cards: cards),
            HubMaintenance(federation: federation, explorer: explorer, identities: identities, requests: requests),
        ]
        let group = ServiceGroup(
            configuration: .init(
                services: services.map { .init(service: $0, failureTerminationBehavior: .gracefullyShutdownGroup) },
                gracefulShutdownSignals: [.sigterm, .sigint], logger: logger))
        do {
            try await group.run()
        } catch let error as IOError where error.errnoCode == EADDRINUSE {
            throw HubError.portTaken(page: configuration.page.port, federation: configuration.federation.port)
        }
        logger.notice("stopped")
    }

    /// Housekeeping of the federation's messages and certificates, and of questions nobody will come back to.
    private struct HubMaintenance: Service {
        let federation: FederationHub
        let explorer: Explorer
        let identities: Identities
        let requests: RequestDesk

        /// Days after which a question's link ends.
        private static let questionDays = 30

        func run() async throws {
            await withDiscardingTaskGroup { group in
                group.addTask { await federation.maintain() }
                group.addTask {
                    await cancelWhenGracefulShutdown {
                        let carrier = MailCarrier(
                            room: requests.mail, clock: identities.clock, logger: requests.logger)
                        while !Task.isCancelled {
                            requests.tick()
                            await carrier.carry()
                            try? await Task.sleep(for: .seconds(10))
                        }
                    }
                }
                group.addTask {
                    await cancelWhenGracefulShutdown {
                        while !Task.isCancelled {
                            // What is over is refused anyway; this only makes room.
                            try? identities.store.forgetOver(at: identities.clock.now)
                            try? await Task.sleep(for: .seconds(600))
                        }
                    }
                }
                group.addTask {
                    await cancelWhenGracefulShutdown {
                        while !Task.isCancelled {
                            await explorer.forget(olderThan: Self.questionDays)
                            try? await Task.sleep(for: .seconds(86_400))
                        }
                    }
                }
            }
        }
    }

    private func receiveCards(into cards: CardRegistry) {
        let logger = logger
        federation.onMessage(kind: CohortMessage.card) { message in
            do {
                try cards.put(message.payload, of: message.sender.description)
                logger.info("\(message.sender): its data set's card has come")
            } catch {
                logger.warning("\(message.sender): its data set's card could not be kept: \(error)")
            }
        }
    }
}
