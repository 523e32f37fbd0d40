import FoundationEssentials
import Governance
import HTTPTypes
import Hummingbird
import Runtime

/// A person's tokens: listed, made, taken back.
struct TokenRoutes {
    let identities: Identities
    let pages: Pages

    private var office: TokenOffice { TokenOffice(identities: identities) }

    func addRoutes(to router: Router<VisitorContext>) {
        router.get("/account/tokens") { _, context in try page(context) }
        router.post("/account/tokens") { request, context in try await make(request, context) }
        router.post("/account/tokens/revoke") { request, context in
            let form = try await PageForm(request)
            _ = try office.revoke(form.text("id"), of: try context.signedIn().id)
            return PageResponse.go(to: "/account/tokens")
        }
        // For the token itself: `atles logout`.
        router.delete("/api/v1/token") { _, context in
            guard let token = context.token else {
                throw AccessRefusal("This takes back the token that it comes with.")
            }
            _ = try office.revoke(token.id, of: token.person)
            return Response(status: .noContent)
        }
        router.get("/api/v1/me") { _, context in
            try JSONResponse.make(MeDocument(try context.signedIn(), context.token))
        }
    }

    private func page(
        _ context: VisitorContext, secret: String? = nil, problem: String? = nil, status: HTTPResponse.Status = .ok
    ) throws -> Response {
        let person = try context.signedIn()
        let tokens = try identities.store.tokens(of: person.id, at: identities.clock.now)
        let frame = Frame(
            "My tokens · \(identities.federation)", federation: identities.federation, for: context,
            at: "/account/tokens")
        return PageResponse.html(
            pages.tokens(TokensView(frame: frame, tokens: tokens, secret: secret, problem: problem)), status: status)
    }

    private func make(_ request: Request, _ context: VisitorContext) async throws -> Response {
        let person = try context.signedIn()
        let form = try await PageForm(request)
        let scopes = Set(form.all("scope").compactMap(TokenScope.init(rawValue:)))
        guard !scopes.isEmpty else {
            return try page(context, problem: "Choose what the token is good for.", status: .badRequest)
        }
        guard let days = Int(form.text("days")), (1...TokenOffice.mostDays).contains(days) else {
            return try page(context, problem: "A token lives 1 to 365 days.", status: .badRequest)
        }
        guard let made = try office.make(for: person.id, name: form.text("name"), scopes: scopes, days: days) else {
            return try page(
                context, problem: "You have as many tokens as one may have. Take one back first.", status: .badRequest)
        }
        return try page(context, secret: made.secret)
    }
}

/// Who a token acts as, for programs.
struct MeDocument: Codable, Sendable, Equatable {
    var id: String
    var name: String
    var roles: [RoleGrant]
    /// Of the token that came with the request; nil for a browser.
    var scopes: [String]?
    var expires: Date?

    init(_ person: Person, _ token: PersonalToken?) {
        id = person.id.text
        name = person.name
        roles = person.roles.sorted { $0.label < $1.label }
        scopes = token.map { $0.scopes.map(\.rawValue).sorted() }
        expires = token?.expires
    }
}

/// The page of a person's tokens.
struct TokensView {
    struct Row {
        var id: String
        var name: String
        var scopes: String
        var expires: String
        var used: String
    }

    struct Scope {
        var name: String
        var label: String
        var isChosen: Bool
    }

    var frame: Frame
    var tokens: [Row]
    var scopes = TokenScope.allCases.map { Scope(name: $0.rawValue, label: $0.label, isChosen: $0 == .read) }
    /// Shown once.
    var secret: String?
    var problem: String?

    init(frame: Frame, tokens: [PersonalToken], secret: String?, problem: String?) {
        self.frame = frame
        self.secret = secret
        self.problem = problem
        self.tokens = tokens.map { token in
            Row(
                id: token.id, name: token.name, scopes: token.scopes.map(\.rawValue).sorted().joined(separator: ", "),
                expires: Timestamp.text(token.expires), used: token.used.map(Timestamp.text) ?? "never")
        }
    }
}
