public import Logging
public import Runtime

/// The central party of a federation.
public final class FederationHub: Sendable {
    public let folder: String
    public let name: String
    public let address: String

    init(folder: String, name: String, address: String) {
        self.folder = folder
        self.name = name
        self.address = address
    }

    /// Makes a hub: its authority, its keys and its database, in a folder that holds none yet.
    ///
    /// - Parameters:
    ///   - address: where nodes dial, `https://hub.example.org:8443`; its host goes into the TLS certificate.
    ///   - hostNames: further names and IP addresses for that certificate.
    public static func create(
        folder: String, name: String, address: String, hostNames: [String] = [],
        files: any FileSystem = PosixFileSystem(), clock: WallClock = .system, random: RandomSource = .system,
        audit: any AuditSink = NoAudit()
    ) throws(FederationError) { throw .unusable("not built yet") }

    /// Opens the hub in a folder. Several processes may have it open; one of them serves.
    public static func open(
        folder: String, audit: any AuditSink = NoAudit(), files: any FileSystem = PosixFileSystem(),
        clock: WallClock = .system, random: RandomSource = .system, options: HubOptions = HubOptions(),
        logger: Logger = Logger(label: "atles.federation")
    ) throws(FederationError) -> FederationHub { throw .unusable("not built yet") }

    // MARK: Sites

    /// Makes an invitation for one site, valid once and until `lifetime` is over.
    public func invite(
        site: SiteID? = nil, name: String, country: String, lifetime: Duration = .seconds(7 * 86_400),
        approval: Approval = .manual
    ) throws(FederationError) -> Invitation { throw .unusable("not built yet") }

    public func sites() throws(FederationError) -> [SiteRecord] { throw .unusable("not built yet") }

    public func site(_ id: SiteID) throws(FederationError) -> SiteRecord? { throw .unusable("not built yet") }

    /// Admits a site that waits, or takes a suspended one back.
    public func approve(_ site: SiteID) throws(FederationError) { throw .unusable("not built yet") }

    public func suspend(_ site: SiteID) throws(FederationError) { throw .unusable("not built yet") }

    // MARK: Messages

    /// Signs and seals a message to each site and stores it durably before returning.
    public func send(
        kind: String, payload: [UInt8], to sites: [SiteID], lifetime: Duration
    ) async throws(FederationError) -> MessageID { throw .unusable("not built yet") }

    /// The answers to a message: those stored already, then each as it comes; ends when every site has answered or
    /// the message expires. Also for a message sent before a restart.
    public func replies(to message: MessageID) -> AsyncStream<Reply> { AsyncStream { $0.finish() } }

    /// Handles messages that sites send on their own. A message is delivered again after a restart until its handler
    /// has returned without an error.
    public func onMessage(kind: String, _ handler: @escaping @Sendable (IncomingMessage) async throws -> Void) {}

    /// Until cancelled or shut down: expires messages, renews certificates, warns, notices what other processes did.
    public func maintain() async {}
}

/// What an operator can set.
public struct HubOptions: Sendable {
    /// How long a poll stays open without news. Proxies on the way must allow it.
    public var pollWait: Duration = .seconds(25)
    /// The life of a site's certificate, and of the hub's own.
    public var certificateLifetime: Duration = .seconds(90 * 86_400)

    public init() {}
}
