import FoundationEssentials
import Logging
import Runtime
import Synchronization
import TestSupport
import Testing

@testable import Federation

/// A hub and nodes in temporary folders (which go with this object), on a clock that the test moves, with the bytes handed over in memory.
final class TestFederation: Sendable {
    let clock: ManualClock
    let hubFolder = TemporaryFolder("hub")
    let audit = AuditRecorder()
    private let opened: Mutex<FederationHub>

    var hub: FederationHub { opened.withLock { $0 } }

    init(name: String = "Testland", clock: ManualClock = ManualClock()) throws {
        self.clock = clock
        try FederationHub.create(
            folder: hubFolder.file("hub"), name: name, address: "https://hub.test:8443", clock: clock.wallClock)
        opened = Mutex(try Self.open(hubFolder, clock, audit))
    }

    private static func open(
        _ folder: TemporaryFolder, _ clock: ManualClock, _ audit: AuditRecorder
    ) throws -> FederationHub {
        try FederationHub.open(
            folder: folder.file("hub"), audit: audit, clock: clock.wallClock, logger: .quiet)
    }

    /// The hub's process ends, however, and another one begins on the same folder.
    @discardableResult
    func restartHub() throws -> FederationHub {
        let fresh = try Self.open(hubFolder, clock, audit)
        opened.withLock { $0 = fresh }
        return fresh
    }

    /// A way to whichever hub is running at the time.
    var way: DirectWay { DirectWay { self.hub } }

    /// A site that has joined and was admitted.
    func admit(_ name: String, clock: ManualClock? = nil) async throws -> TestSite {
        let site = TestSite(clock: clock ?? self.clock)
        let invitation = try hub.invite(name: name, country: "ES", approval: .automatic)
        try await site.join(invitation, through: way)
        return site
    }
}

/// The folder of a node, and what a test does with it.
final class TestSite: Sendable {
    let folder = TemporaryFolder("node")
    let clock: ManualClock
    let audit = AuditRecorder()

    init(clock: ManualClock) { self.clock = clock }

    var path: String { folder.file("node") }

    @discardableResult
    func join(_ invitation: Invitation, through way: any HubTransport) async throws -> JoinState {
        try await FederationNode.join(
            invitation: invitation, folder: path, name: "Hospital \(invitation.site)", country: "ES",
            files: PosixFileSystem(), clock: clock.wallClock, random: .system, audit: audit, transport: way)
    }

    func open(
        through way: any HubTransport, handlers: [String: FederationNode.Handler] = [:]
    ) throws -> FederationNode {
        try FederationNode(
            folder: path, handlers: handlers, files: PosixFileSystem(), clock: clock.wallClock, random: .system,
            audit: audit, options: NodeOptions(), logger: .quiet, transport: way)
    }

    /// The parts that a test needs to make requests and envelopes by hand.
    func party() async throws -> TestParty {
        let node = try open(through: DirectWay { nil })
        let certificate = try #require(node.certificate)
        return TestParty(
            site: node.site, keys: node.keys, certificate: certificate.encoded, anchor: node.anchor,
            hubKeys: try await node.hubCertificate().keys, clock: clock)
    }
}

/// Signs like a node, but lets a test say what.
struct TestParty: Sendable {
    let site: SiteID
    let keys: PartyKeys
    let certificate: [UInt8]
    let anchor: TrustAnchor
    let hubKeys: PublicKeys
    let clock: ManualClock

    func header(
        kind: String = "note", answers: MessageID? = nil, lifetime: Duration = .seconds(600),
        change: (inout EnvelopeHeader) -> Void = { _ in }
    ) -> EnvelopeHeader {
        let now = Moment(clock.now)
        var header = EnvelopeHeader(
            version: 1, federation: anchor.federation, id: MessageID(random: .system), kind: kind, sender: site,
            recipient: .hub, issued: now, expires: now.advanced(by: lifetime), answers: answers, failed: false)
        change(&header)
        return header
    }

    func envelope(_ header: EnvelopeHeader, _ content: String = "content") throws -> Envelope {
        try Envelope(
            header: header, content: Array(content.utf8), recipient: hubKeys, sender: keys, certificate: certificate)
    }

    func request(
        _ action: SignedRequest.Action, _ body: some Encodable, issued: Date? = nil, federation: String? = nil,
        site: SiteID? = nil
    ) throws -> [UInt8] {
        try WireJSON.encode(
            try SignedRequest(
                federation: federation ?? anchor.federation, site: site ?? self.site, action: action,
                issued: Moment(issued ?? clock.now), nonce: MessageID(random: .system),
                body: try WireJSON.encode(body), keys: keys))
    }
}

/// Hands requests to a hub in this process. A hub that is nil is one that cannot be reached.
struct DirectWay: HubTransport {
    let hub: @Sendable () -> FederationHub?

    init(_ hub: @escaping @Sendable () -> FederationHub?) { self.hub = hub }

    func post(
        _ action: SignedRequest.Action, _ bytes: [UInt8], patience: Duration
    ) async throws(FederationError) -> [UInt8] {
        guard let hub = hub() else { throw .unreachable(hub: "https://hub.test:8443", why: "switched off by the test") }
        return await hub.answer(action, bytes).bytes
    }
}

/// Keeps what was recorded.
final class AuditRecorder: AuditSink {
    private let recorded = Mutex<[AuditEvent]>([])

    var events: [AuditEvent] { recorded.withLock { $0 } }
    var refusals: [RefusalReason] { events.compactMap(\.refusal) }

    func record(_ event: AuditEvent) throws { recorded.withLock { $0.append(event) } }
}

extension Logger {
    static var quiet: Logger { Logger(label: "test") { _ in SwiftLogNoOpLogHandler() } }
}
