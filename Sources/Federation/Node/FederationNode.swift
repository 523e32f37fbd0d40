public import Logging
public import Runtime
public import ServiceLifecycle

/// A site's party in a federation: dials out to the hub, receives tasks, answers each exactly once.
public final class FederationNode: Service {
    public typealias Handler = @Sendable (IncomingMessage) async throws -> [UInt8]?

    public let folder: String
    public let site: SiteID

    init(folder: String, site: SiteID) {
        self.folder = folder
        self.site = site
    }

    /// Joins the federation that invites: makes this site's keys in `folder`, proves to the hub that it holds the
    /// invitation, and stores the membership. Running it again with the same invitation continues where it stopped.
    public static func join(
        invitation: Invitation, folder: String, name: String, country: String,
        files: any FileSystem = PosixFileSystem(), clock: WallClock = .system, random: RandomSource = .system,
        audit: any AuditSink = NoAudit(), options: NodeOptions = NodeOptions(),
        logger: Logger = Logger(label: "atles.federation")
    ) async throws(FederationError) -> JoinState { throw .unusable("not built yet") }

    /// Opens the membership in a folder.
    ///
    /// - Parameter handlers: per kind of message, what to do with it; what a handler returns is the answer, nil none.
    public static func open(
        folder: String, handlers: [String: Handler], files: any FileSystem = PosixFileSystem(),
        clock: WallClock = .system, random: RandomSource = .system, audit: any AuditSink = NoAudit(),
        options: NodeOptions = NodeOptions(), logger: Logger = Logger(label: "atles.federation")
    ) throws(FederationError) -> FederationNode { throw .unusable("not built yet") }

    /// Until cancelled or shut down: keeps a long poll open, works on tasks, sends answers, renews the certificate.
    public func run() async throws {}

    /// Sends a message to the hub; it is stored durably before this returns and sent as soon as the hub is reached.
    @discardableResult
    public func send(
        kind: String, payload: [UInt8], lifetime: Duration = .seconds(7 * 86_400)
    ) async throws(FederationError) -> MessageID { throw .unusable("not built yet") }

    /// How the node in `folder` stands, also while another process runs it; nil where it has not joined.
    public static func status(
        folder: String, files: any FileSystem = PosixFileSystem()
    ) throws(FederationError) -> NodeStatus? { nil }
}

/// What a site can set.
public struct NodeOptions: Sendable {
    /// Certificates (PEM) trusted besides the federation's authority: those of a proxy that inspects TLS.
    public var additionalTrust: [UInt8]?
    /// How many tasks are worked on at the same time.
    public var tasksAtOnce = 8

    public init() {}
}
