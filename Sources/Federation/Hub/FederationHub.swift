public import FoundationEssentials
public import Logging
public import Runtime
import Synchronization

/// The central party of a federation: admits sites, keeps their mailboxes, asks on behalf of the people at it.
///
/// It can carry messages between others without reading them, and what it asks itself it signs with its own key; a
/// node believes that signature only through the federation's authority.
public final class FederationHub: Sendable {
    public let folder: String
    /// The federation's name.
    public let name: String
    /// Where nodes dial.
    public let address: String

    let clock: WallClock
    let random: RandomSource
    let audit: any AuditSink
    let options: HubOptions
    let logger: Logger
    let authority: CertificateAuthority
    let anchor: TrustAnchor
    let keys: PartyKeys
    let certificates: HubCertificates
    let store: HubStore

    let room = WaitingRoom()
    let streams = ReplyStreams()
    let presence = Mutex(Presence())
    let nonces = Mutex(NonceWindow())
    let refusals = Mutex(RefusalThrottle())
    let incoming = IncomingPump()
    let bodies = BodyBudget(limit: MessageLimits.bodies)
    /// The standing of each site as the log last told it.
    let noticed = Mutex<[SiteID: SiteRecord.State]>([:])
    private let serving = Mutex(false)

    private init(
        folder: String, files: any FileSystem, clock: WallClock, random: RandomSource, audit: any AuditSink,
        options: HubOptions, logger: Logger
    ) throws(FederationError) {
        let description = try HubFolder.readDescription(folder, files)
        guard let address = HubAddress(description.address) else {
            throw .damaged(path: FilePath.join(folder, HubFolder.description))
        }
        self.folder = folder
        self.clock = clock
        self.random = random
        self.audit = audit
        self.options = options
        self.logger = logger
        self.address = address.text
        name = description.name
        authority = try CertificateAuthority.read(from: folder, in: files, random: random)
        keys = try PartyKeys.read(from: folder, in: files)
        do {
            anchor = try TrustAnchor(authority: authority.encoded)
        } catch {
            throw .certificate(error)
        }
        certificates = try HubCertificates(
            folder: folder, files: files, authority: authority,
            names: [address.host] + description.hostNames.compactMap { HostName($0) }, keys: keys.publicKeys,
            lifetime: options.certificateLifetime, now: clock.now)
        store = try HubStore(path: FilePath.join(folder, HubFolder.database))
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
    ) throws(FederationError) {
        guard PersonalName.isValid(name) else {
            throw .unusable("a federation's name has 1 to 200 characters and no control characters")
        }
        guard let place = HubAddress(address) else {
            throw .unusable("\(address) is not an address of the form https://hub.example.org:8443")
        }
        for host in hostNames where HostName(host) == nil {
            throw .unusable("\(host) is neither a host name nor an IP address")
        }
        do {
            guard try !files.exists(FilePath.join(folder, HubFolder.description)) else {
                throw FederationError.alreadySetUp(folder: folder, role: .hub)
            }
            try files.createDirectory(folder, mode: 0o700)
            let authority = try CertificateAuthority.create(federation: name, now: clock.now, random: random)
            try authority.write(to: folder, in: files)
            _ = try PartyKeys.readOrCreate(in: folder, files: files, random: random)
            // The description comes last: with it there is a hub, without it init can be run again.
            let description = HubDescription(name: name, address: place.text, hostNames: hostNames)
            try files.writeAtomically(
                try WireJSON.encode(description), to: FilePath.join(folder, HubFolder.description), mode: 0o644)
            try audit.record(AuditEvent(.hubCreated))
        } catch let error as FederationError {
            throw error
        } catch let error as FileError {
            throw .file(error)
        } catch {
            throw .audit("\(error)")
        }
    }

    /// Opens the hub in a folder. Several processes may have it open; one of them serves.
    public static func open(
        folder: String, audit: any AuditSink = NoAudit(), files: any FileSystem = PosixFileSystem(),
        clock: WallClock = .system, random: RandomSource = .system, options: HubOptions = HubOptions(),
        logger: Logger = Logger(label: "atles.federation")
    ) throws(FederationError) -> FederationHub {
        try FederationHub(
            folder: folder, files: files, clock: clock, random: random, audit: audit, options: options, logger: logger)
    }

    /// The end of the hub's own certificates; they are renewed on their own while ``maintain()`` runs.
    public var certificateExpires: Date { certificates.current.expires }

    /// SHA-256 of the authority's certificate, which names this federation among all.
    public var federation: String { anchor.federation }

    var now: Moment { Moment(clock.now) }

    /// Whether this process is the one that the nodes talk to.
    var isServing: Bool {
        get { serving.withLock { $0 } }
        set { serving.withLock { $0 = newValue } }
    }

    /// Writes an entry, and fails where it cannot be written: nothing is decided that leaves no trace.
    func record(_ event: AuditEvent) throws(FederationError) {
        do { try audit.record(event) } catch { throw .audit("\(error)") }
    }
}
