import FoundationEssentials
public import Logging
public import Runtime
import Synchronization

/// A site's party in a federation: dials out to the hub, receives tasks, answers each exactly once.
///
/// A task is on this node's disk before it is acknowledged and worked on, and its answer is there before it is sent;
/// each message goes out until the hub has taken it, always the same bytes. So the process may end at any moment: a task
/// that was being worked on is worked on again, and the asker still gets one answer.
public final class FederationNode: Sendable {
    /// What to do with a message of one kind. What it returns is the answer; nil means that there is none.
    ///
    /// It may be called again for the same task after a crash. An error is answered to the asker as well: the reason of
    /// a ``TaskFailure``, and of any other error only that the site could not answer.
    public typealias Handler = @Sendable (IncomingMessage) async throws -> [UInt8]?

    public let folder: String
    public let site: SiteID

    let files: any FileSystem
    let clock: WallClock
    let random: RandomSource
    let audit: any AuditSink
    let options: NodeOptions
    let logger: Logger
    let handlers: [String: Handler]
    let keys: PartyKeys
    let anchor: TrustAnchor
    let store: NodeStore
    let status: StatusFile
    let membership: Mutex<Membership>
    /// Messages that are being sent right now, so that two sweeps do not send one twice.
    let inFlight = Mutex<Set<MessageID>>([])
    let bell = Bell()
    let refusals = Mutex(RefusalThrottle())
    private let transport: (any HubTransport)?

    init(
        folder: String, handlers: [String: Handler], files: any FileSystem, clock: WallClock, random: RandomSource,
        audit: any AuditSink, options: NodeOptions, logger: Logger, transport: (any HubTransport)?
    ) throws(FederationError) {
        guard let membership = try Membership.read(folder, files) else {
            throw .notSetUp(folder: folder, role: .node)
        }
        self.folder = folder
        self.files = files
        self.clock = clock
        self.random = random
        self.audit = audit
        self.options = options
        self.logger = logger
        self.handlers = handlers
        self.transport = transport
        self.membership = Mutex(membership)
        site = membership.site
        keys = try PartyKeys.read(from: folder, in: files)
        do {
            anchor = try TrustAnchor(authority: [UInt8](membership.authority))
        } catch {
            throw .certificate(error)
        }
        store = try NodeStore(path: FilePath.join(folder, Self.database))
        status = StatusFile(Self.status(of: membership, keys), folder: folder, files: files)
    }

    static let database = "federation.sqlite"

    /// Opens the membership in a folder.
    ///
    /// - Parameter handlers: per kind of message, what to do with it.
    public static func open(
        folder: String, handlers: [String: Handler], files: any FileSystem = PosixFileSystem(),
        clock: WallClock = .system, random: RandomSource = .system, audit: any AuditSink = NoAudit(),
        options: NodeOptions = NodeOptions(), logger: Logger = Logger(label: "atles.federation")
    ) throws(FederationError) -> FederationNode {
        try FederationNode(
            folder: folder, handlers: handlers, files: files, clock: clock, random: random, audit: audit,
            options: options, logger: logger, transport: nil)
    }

    /// How the node in `folder` stands, also while another process runs it; nil where it has not joined.
    public static func status(
        folder: String, files: any FileSystem = PosixFileSystem()
    ) throws(FederationError) -> NodeStatus? {
        guard let membership = try Membership.read(folder, files) else { return nil }
        let keys = try PartyKeys.read(from: folder, in: files)
        var status = try StatusFile.read(folder, files) ?? status(of: membership, keys)
        let path = FilePath.join(folder, database)
        do {
            guard try files.exists(path) else { return status }
        } catch {
            throw .file(error)
        }
        (status.openTasks, status.outgoing) = try NodeStore(path: path).counts()
        return status
    }

    private static func status(of membership: Membership, _ keys: PartyKeys) -> NodeStatus {
        let certificate = membership.certificate.flatMap { try? PartyCertificate(encoded: [UInt8]($0)) }
        return NodeStatus(
            site: membership.site, federation: membership.federation, hub: membership.hub,
            fingerprint: keys.publicKeys.fingerprint, state: certificate == nil ? .waiting : .admitted,
            certificateExpires: certificate?.expires)
    }

    var now: Moment { Moment(clock.now) }

    /// Runs `body` with a client for the hub, over HTTPS unless a test gave another way.
    func withClient(_ body: (HubClient) async throws -> Void) async throws {
        let address = membership.withLock { $0.hub }
        if let transport { return try await body(client(address, transport)) }
        let https = try HTTPSTransport(
            hub: address, authority: [UInt8](membership.withLock { $0.authority }), options: options)
        do {
            try await body(client(address, https))
        } catch {
            await https.close()
            throw error
        }
        await https.close()
    }

    private func client(_ address: String, _ transport: any HubTransport) -> HubClient {
        HubClient(
            site: site, hub: address, anchor: anchor, keys: keys, clock: clock, random: random, transport: transport)
    }

    func record(_ event: AuditEvent) throws(FederationError) {
        do { try audit.record(event) } catch { throw .audit("\(error)") }
    }
}
