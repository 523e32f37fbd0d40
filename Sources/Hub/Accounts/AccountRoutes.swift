import FoundationEssentials
import Governance
import HTTPTypes
import Hummingbird
import Runtime
import WebPages

/// What is a person's own: their sessions, their password, their second factor.
struct AccountRoutes {
    let identities: Identities
    let pages: Pages

    func addRoutes(to router: Router<VisitorContext>) {
        router.get("/account") { request, context in
            let done = QueryString.value(of: "done", in: request.uri.query).flatMap { Self.done[$0] }
            return try page(context, done: done)
        }
        router.post("/account/password") { request, context in try await changePassword(request, context) }
        router.post("/account/second-factor") { request, context in try await removeFactor(request, context) }
        router.post("/account/sessions/end") { request, context in try await endSessions(request, context) }
    }

    /// What a page says after a change: words of this program, never of an address.
    private static let done = [
        "password": "The password is changed; every other browser is signed out.",
        "second-factor": "The second factor is set up; every other browser is signed out.",
        "removed": "The second factor is taken away.",
        "session": "That browser is signed out.",
    ]

    private func page(
        _ context: VisitorContext, problem: String? = nil, done: String? = nil, status: HTTPResponse.Status = .ok
    ) throws -> Response {
        let person = try context.signedIn()
        let account = try identities.store.account(person.id)
        let mustHave = LocalAccounts.needsSecondFactor(person)
        let view = AccountView(
            frame: Frame(
                "My account · \(identities.federation)", federation: identities.federation, for: context, at: "/account"
            ),
            name: person.name, id: person.id.text, email: person.email, organisation: person.organisation,
            roles: person.roles.map(\.label).sorted(),
            sessions: try identities.store.sessions(of: person.id, at: identities.clock.now)
                .map { AccountView.Row($0, current: context.session) },
            local: account.map { account in
                AccountView.Local(
                    hasFactor: account.totp != nil, mustHave: mustHave, mayRemove: account.totp != nil && !mustHave)
            }, problem: problem, done: done)
        return PageResponse.html(pages.account(view), status: status)
    }

    private func changePassword(_ request: Request, _ context: VisitorContext) async throws -> Response {
        let person = try context.signedIn()
        let form = try await PageForm(request)
        do {
            try await confirm(form.raw("current"), of: person)
            guard form.raw("password") == form.raw("again") else {
                throw PeopleError.weakPassword("the two new passwords are not the same")
            }
            try PasswordRules.check(form.raw("password"), login: person.login)
            let hash = try await identities.passwords.hash(form.raw("password"))
            try identities.store.setPassword(hash, of: person.id)
            try identities.store.endSessions(of: person.id, but: context.session?.hash)
            try identities.record(.passwordChanged, person.id)
            return PageResponse.go(to: "/account?done=password")
        } catch let error as PeopleError {
            return try page(context, problem: "\(error)".sentence, status: .badRequest)
        }
    }

    private func removeFactor(_ request: Request, _ context: VisitorContext) async throws -> Response {
        let person = try context.signedIn()
        let form = try await PageForm(request)
        guard !LocalAccounts.needsSecondFactor(person) else {
            return try page(context, problem: "Your roles need a second factor.", status: .badRequest)
        }
        do {
            try await confirm(form.raw("current"), of: person)
            try identities.store.setTOTP(nil, step: 0, of: person.id)
            try identities.record(.secondFactorChanged, person.id)
            return PageResponse.go(to: "/account?done=removed")
        } catch let error as PeopleError {
            return try page(context, problem: "\(error)".sentence, status: .badRequest)
        }
    }

    /// A browser that was left open is not enough to change how its person signs in. Wrong guesses count as they do at
    /// the sign-in.
    private func confirm(_ password: String, of person: Person) async throws {
        switch try await LocalAccounts(identities: identities).signIn(login: person.login, password: password) {
        case .right(let id, _) where id == person.id: return
        case .locked: throw PeopleError.weakPassword("there were many failed attempts for this name; wait some minutes")
        default: throw PeopleError.weakPassword("the present password is wrong")
        }
    }

    private func endSessions(_ request: Request, _ context: VisitorContext) async throws -> Response {
        let person = try context.signedIn()
        let form = try await PageForm(request)
        let mine = try identities.store.sessions(of: person.id, at: identities.clock.now)
        let chosen = form.raw("all") == "yes" ? mine : mine.filter { $0.id == form.raw("id") }
        for session in chosen { try identities.store.endSession(session.hash) }
        if !chosen.isEmpty { try identities.record(.signedOut, person.id) }
        guard chosen.contains(where: { $0.hash == context.session?.hash }) else {
            return PageResponse.go(to: chosen.isEmpty ? "/account" : "/account?done=session")
        }
        var response = PageResponse.go(to: "/signed-out")
        identities.cookies.clear(identities.cookies.session, on: &response)
        return response
    }
}

extension Person {
    /// The sign-in name of a local account; empty for somebody who signs in elsewhere.
    var login: String { id.text.hasPrefix("local:") ? String(id.text.dropFirst("local:".count)) : "" }
}

extension String {
    /// With a capital at the beginning and a full stop at the end.
    var sentence: String { prefix(1).uppercased() + dropFirst() + (hasSuffix(".") ? "" : ".") }
}
