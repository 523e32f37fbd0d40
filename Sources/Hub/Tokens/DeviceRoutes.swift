import FoundationEssentials
import Governance
import HTTPTypes
import Hummingbird
import Runtime
import WebPages

/// Signing in a terminal (RFC 8628): it shows a code, its person approves it in a browser, it fetches its token.
struct DeviceRoutes {
    let identities: Identities
    let pages: Pages
    /// Codes that one person may try, and terminals that one visitor may begin: twenty at once, then one in six seconds.
    private let throttle = QuestionThrottle(burst: 20, perSecond: 1.0 / 6)

    /// Days that a terminal's token lives.
    private static let days = 30

    init(identities: Identities, pages: Pages) {
        self.identities = identities
        self.pages = pages
    }

    func addRoutes(to router: Router<VisitorContext>) {
        router.post("/api/v1/device/code") { request, context in try await begin(request, context) }
        router.post("/api/v1/device/token") { request, _ in try await poll(request) }
        router.get("/device") { request, context in
            try show(QueryString.value(of: "code", in: request.uri.query) ?? "", context)
        }
        router.post("/device") { request, context in try await decide(request, context) }
    }

    // MARK: The terminal

    private func begin(_ request: Request, _ context: VisitorContext) async throws -> Response {
        guard throttle.allows(context.visitor(of: request)) else { throw AccessRefusal.tooMany }
        let form = try await PageForm(request)
        let asked = Set(form.text("scope").split(separator: " ").compactMap { TokenScope(rawValue: String($0)) })
        let (secret, now) = (BrowserSecret(identities.random), identities.clock.now)
        let device = DeviceRequest(
            code: DeviceRequest.makeCode(identities.random),
            client: PersonText.plain(form.text("client")) ?? "a terminal",
            scopes: asked.isEmpty ? Set(TokenScope.allCases) : asked, state: .waiting, person: nil,
            expires: now.addingTimeInterval(DeviceRequest.lifetime),
            polled: now.addingTimeInterval(-Double(DeviceRequest.interval)), wait: DeviceRequest.interval)
        guard try identities.store.add(device, hash: secret.hash, at: now) else { throw AccessRefusal.tooMany }
        // RFC 8628, section 3.2.
        return try JSONResponse.make([
            "device_code": JSONValue.text(secret.text), "user_code": .text(device.code),
            "verification_uri": .text(identities.address + "/device"),
            "verification_uri_complete": .text(identities.address + "/device?code=" + device.code),
            "expires_in": .number(DeviceRequest.lifetime), "interval": .number(Double(DeviceRequest.interval)),
        ])
    }

    private func poll(_ request: Request) async throws -> Response {
        let form = try await PageForm(request)
        let now = identities.clock.now
        guard let secret = BrowserSecret(text: form.raw("device_code")),
            let device = try identities.store.pollDevice(secret.hash, at: now), device.expires > now
        else { return try error("expired_token") }
        switch device.state {
        case .denied: return try error("access_denied")
        case .waiting:
            return try error(
                now.timeIntervalSince(device.polled) < Double(device.wait) ? "slow_down" : "authorization_pending")
        case .approved:
            guard let person = device.person, try identities.store.person(person) != nil,
                let made = try TokenOffice(identities: identities).make(
                    for: person, name: device.client, scopes: device.scopes, days: Self.days)
            else { return try error("access_denied") }
            return try JSONResponse.make([
                "access_token": JSONValue.text(made.secret), "token_type": .text("Bearer"),
                "expires_in": .number(Double(Self.days) * 86_400),
                "scope": .text(made.token.scopes.map(\.rawValue).sorted().joined(separator: " ")),
            ])
        }
    }

    private func error(_ code: String) throws -> Response {
        try JSONResponse.make(["error": code], status: .badRequest)
    }

    // MARK: The person

    private func show(_ typed: String, _ context: VisitorContext, problem: String? = nil, done: String? = nil) throws
        -> Response
    {
        let person = try context.signedIn()
        var view = DeviceView(
            frame: Frame(
                "Sign in a terminal · \(identities.federation)", federation: identities.federation, for: context,
                at: "/device"), problem: problem, done: done)
        if !typed.isEmpty {
            guard throttle.allows(person.id.text) else { throw AccessRefusal.tooMany }
            if let code = DeviceRequest.read(typed),
                let device = try identities.store.device(code: code, at: identities.clock.now)
            {
                view.request = DeviceView.Asked(
                    code: device.code, client: device.client,
                    scopes: TokenScope.allCases.filter(device.scopes.contains).map(\.label), days: Self.days)
            } else {
                view.problem = "No terminal waits under this code. It may have expired; begin again at the terminal."
            }
        }
        return PageResponse.html(pages.device(view), status: view.problem == nil ? .ok : .badRequest)
    }

    private func decide(_ request: Request, _ context: VisitorContext) async throws -> Response {
        let person = try context.signedIn()
        let form = try await PageForm(request)
        guard throttle.allows(person.id.text) else { throw AccessRefusal.tooMany }
        let isApproved = form.raw("decision") == "approve"
        guard let code = DeviceRequest.read(form.text("code")),
            try identities.store.decide(
                code: code, isApproved ? .approved : .denied, by: person.id, at: identities.clock.now)
        else { return try show("", context, problem: "No terminal waits under this code any more.") }
        return try show(
            "", context,
            done: isApproved
                ? "The terminal is signed in. Its token is among yours, where you can take it back."
                : "The terminal is refused.")
    }
}

/// The page on which a person lets a terminal in.
struct DeviceView {
    struct Asked {
        var code: String
        var client: String
        var scopes: [String]
        var days: Int
    }

    var frame: Frame
    var request: Asked?
    var problem: String?
    var done: String?
}
