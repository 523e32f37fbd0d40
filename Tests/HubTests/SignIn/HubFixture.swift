import Federation
import FoundationEssentials
import Governance
import HTTPTypes
import Hummingbird
import HummingbirdTesting
import NIOCore
import Runtime
import Synchronization
import TestSupport

@testable import Hub

/// A hub in a folder of its own with all its routes and nobody listening: requests go straight to the router.
final class HubFixture: Sendable {
    let folder = TemporaryFolder("people")
    let clock = ManualClock()
    let hub: Hub
    let explorer: Explorer
    private let cards: CardRegistry
    private let responder = Mutex<RouterResponder<VisitorContext>?>(nil)
    /// The sign-in provider that the hub is configured for.
    let provider: FakeProvider

    init(_ configure: (inout HubConfiguration) -> Void = { _ in }) throws {
        provider = FakeProvider(clock)
        var configuration = HubConfiguration(
            name: "Test", hosts: ["localhost"], federation: .init(address: "127.0.0.1", port: 8443),
            page: .init(address: "127.0.0.1", port: 8080))
        configure(&configuration)
        let place = HubFolder(folder.file("hub"))
        try Hub.create(in: place, configuration: configuration, clock: clock.wallClock)
        let settings = HubFixture.signIn + (configuration.pageURL.map { "page_url: \($0)\n" } ?? "")
        let file = String(decoding: try PosixFileSystem().read(place.configuration, limit: 65_536), as: UTF8.self)
        let lines = file.split(separator: "\n", omittingEmptySubsequences: false).filter { !$0.hasPrefix("page_url") }
        try PosixFileSystem().writeAtomically(
            Array((lines.joined(separator: "\n") + settings).utf8), to: place.configuration, mode: 0o600)
        try SecretFile.write(
            Array("a secret/with:signs\n".utf8), to: place.path + "/provider.secret", in: PosixFileSystem())
        hub = try Hub.open(place, clock: clock.wallClock, passwordCost: .testing)
        cards = try CardRegistry(folder: place.cards, files: PosixFileSystem())
        explorer = try Explorer(
            federation: hub.federation, folder: place.queries, files: PosixFileSystem(), clock: clock.wallClock,
            random: .system, patience: 1, logger: hub.logger)
    }

    /// As an operator would write it.
    private static let signIn = """
        sign_in:
          name: Test Login
          issuer: https://login.example.org/oidc/
          client_id: atles
          secret_file: provider.secret
          roles:
            - {claim: eduperson_entitlement, equals: "urn:x:researchers", role: researcher}
            - {claim: eduperson_entitlement, prefix: "urn:x:committee:valencia:", role: committeeMember, site: valencia}
          visas:
            - {issuer: "https://rems.example.org", jku: "https://rems.example.org/api/jwk"}
            - {issuer: "https://visas.example.org", jku: "https://visas.example.org/keys"}

        """

    var identities: Identities { hub.identities }

    func router(_ table: RouteTable = .all) throws -> Router<VisitorContext> {
        try hub.pageRouter(
            explorer: explorer,
            runs: try RunOffice(
                federation: hub.federation, folder: hub.folder.runs, files: PosixFileSystem(), clock: clock.wallClock,
                random: .system, logger: hub.logger),
            cards: cards, table: table, transport: provider)
    }

    /// Runs `body` with a client of the hub's routes.
    func run(
        _ table: RouteTable, _ body: @escaping @Sendable (any TestClientProtocol) async throws -> Void
    ) async throws {
        try await Application(responder: try router(table).buildResponder()).test(.router, body)
    }

    /// As above, with every route, and what the hub remembers between two runs.
    func run(_ body: @escaping @Sendable (any TestClientProtocol) async throws -> Void) async throws {
        let responder = try responder.withLock { kept in
            if let kept { return kept }
            let made = try router().buildResponder()
            kept = made
            return made
        }
        try await Application(responder: responder).test(.router, body)
    }

    /// A person of this hub with roles, who needs no password in the test.
    func person(_ login: String, _ roles: RoleGrant?...) throws -> PersonID {
        guard let id = PersonID("local:" + login) else { throw PeopleError.badLogin }
        _ = try hub.people.add(login: login, name: login.capitalized, roles: Set(roles.compactMap(\.self)))
        return id
    }

    /// A browser in which the person is signed in.
    func browser(of id: PersonID) throws -> TestBrowser {
        let secret = try identities.open(id, stage: .full, method: .password, agent: "A browser")
        return TestBrowser(cookies: [identities.cookies.session: secret.text], secret: secret)
    }

    /// The kinds of the audit log's entries, in their order.
    func audited() throws -> [String] { try AuditLog.entries(path: hub.folder.audit).map(\.kind) }
}

/// What a browser remembers between requests.
struct TestBrowser: Sendable {
    var cookies: [String: String] = [:]
    /// The secret whose form token forms are sent with.
    var secret: BrowserSecret?

    var headers: HTTPFields {
        [.cookie: cookies.map { "\($0.key)=\($0.value)" }.sorted().joined(separator: "; ")]
    }

    /// Takes over what a response sets.
    mutating func take(_ response: TestResponse) {
        for line in response.headers[values: .setCookie] {
            let pair = line.split(separator: ";")[0].split(
                separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
            guard pair.count == 2 else { continue }
            cookies[String(pair[0])] = pair[1].isEmpty ? nil : String(pair[1])
            if let secret = BrowserSecret(text: String(pair[1])) { self.secret = secret }
        }
    }

    mutating func get(_ path: String, _ client: any TestClientProtocol) async throws -> TestResponse {
        let response = try await client.execute(uri: path, method: .get, headers: headers)
        take(response)
        return response
    }

    /// Sends a form as the hub's own page would.
    mutating func post(
        _ path: String, _ fields: [String: String], _ client: any TestClientProtocol, csrf: String? = nil,
        more: HTTPFields = [:]
    ) async throws -> TestResponse {
        var headers = headers
        headers[.contentType] = "application/x-www-form-urlencoded"
        for field in more { headers[field.name] = field.value }
        let all = fields.merging(["csrf": csrf ?? secret?.formToken ?? ""]) { $1 }
        let body = all.map { "\(WebLink.encoded($0.key))=\(WebLink.encoded($0.value))" }.joined(separator: "&")
        let response = try await client.execute(
            uri: path, method: .post, headers: headers, body: ByteBuffer(string: body))
        take(response)
        return response
    }
}

extension TestResponse {
    var text: String { String(buffer: body) }
}
