import FoundationEssentials
import Governance
import HTTPTypes
import Hummingbird
import Runtime
import WebPages

/// Signing in with an account of this hub, and out.
struct SignInRoutes {
    let identities: Identities
    let pages: Pages
    /// The provider through which people can sign in; nil for none.
    let provider: ProviderSignIn?
    /// Whether people may have accounts of this hub's own.
    let hasAccounts: Bool
    /// Twenty attempts of one visitor at once, then one in six seconds.
    let throttle = QuestionThrottle(burst: 20, perSecond: 1.0 / 6)

    private var accounts: LocalAccounts { LocalAccounts(identities: identities) }

    func addRoutes(to router: Router<VisitorContext>) {
        router.get("/sign-in") { request, context in page(request, context) }
        router.post("/sign-in") { request, context in try await signIn(request, context) }
        router.get("/sign-in/code") { request, context in
            guard context.unfinished?.stage == .code else { return PageResponse.go(to: "/sign-in") }
            return code(context, to: Destination(QueryString.value(of: "to", in: request.uri.query)))
        }
        router.post("/sign-in/code") { request, context in try await check(request, context) }
        router.get("/sign-in/recover") { _, context in
            withFormCookie(context) {
                PageResponse.html(pages.recover(RecoverView(frame: frame("Choose a password", $0))))
            }
        }
        router.post("/sign-in/recover") { request, context in try await recover(request, context) }
        router.post("/sign-out") { request, context in try signOut(request, context) }
        router.get("/signed-out") { _, context in
            let link = await provider?.signOutLink()
            let there = link.flatMap { link in
                provider.map { ProviderLink(name: $0.provider.settings.name, href: link) }
            }
            return PageResponse.html(
                pages.signedOut(SignedOutView(frame: frame("Signed out", context), provider: there)))
        }
    }

    func frame(_ title: String, _ context: VisitorContext) -> Frame {
        Frame(title + " · " + identities.federation, federation: identities.federation, for: context, at: "")
    }

    // MARK: Signing in

    private func page(
        _ request: Request, _ context: VisitorContext, login: String = "", problem: String? = nil,
        status: HTTPResponse.Status = .ok, to destination: Destination? = nil
    ) -> Response {
        let to = destination ?? Destination(QueryString.value(of: "to", in: request.uri.query))
        if context.person != nil { return PageResponse.go(to) }
        return withFormCookie(context) { context in
            PageResponse.html(
                pages.signIn(
                    SignInView(
                        frame: frame("Sign in", context), to: to.path, login: login, problem: problem,
                        provider: provider.map { provider in
                            ProviderLink(
                                name: provider.provider.settings.name,
                                href: "/sign-in/provider?to=" + WebLink.encoded(to.path))
                        }, hasAccounts: hasAccounts)), status: status)
        }
    }

    private func signIn(_ request: Request, _ context: VisitorContext) async throws -> Response {
        guard hasAccounts else { throw AccessRefusal("This hub has no accounts of its own.") }
        let form = try await PageForm(request)
        let to = Destination(form.raw("to"))
        let login = form.text("login", upTo: 64)
        guard throttle.allows(context.visitor(of: request)) else { throw AccessRefusal.tooMany }
        do {
            let outcome = try await accounts.signIn(login: login, password: form.raw("password"))
            if let response = try proceed(outcome, request, context, to: to) { return response }
            return page(
                request, context, login: login, problem: problem(outcome), status: .unauthorized, to: to)
        } catch PeopleError.busy {
            return page(
                request, context, login: login, problem: "\(PeopleError.busy).", status: .serviceUnavailable, to: to)
        }
    }

    private func recover(_ request: Request, _ context: VisitorContext) async throws -> Response {
        guard hasAccounts else { throw AccessRefusal("This hub has no accounts of its own.") }
        let form = try await PageForm(request)
        let login = form.text("login", upTo: 64)
        guard throttle.allows(context.visitor(of: request)) else { throw AccessRefusal.tooMany }
        var view = RecoverView(frame: frame("Choose a password", context), login: login)
        do {
            guard form.raw("password") == form.raw("again") else {
                throw PeopleError.weakPassword("the two passwords are not the same")
            }
            let outcome = try await accounts.recover(
                login: login, code: form.text("code"), password: form.raw("password"))
            if let response = try proceed(outcome, request, context, to: .account) { return response }
            view.problem =
                outcome == .wrong
                ? "The name or the code is wrong, or the code was used or has expired. The operator can give you another."
                : problem(outcome)
            return PageResponse.html(pages.recover(view), status: .unauthorized)
        } catch let error as PeopleError {
            view.problem = "\(error)."
            return PageResponse.html(pages.recover(view), status: .badRequest)
        }
    }

    private func code(
        _ context: VisitorContext, to: Destination, problem: String? = nil, status: HTTPResponse.Status = .ok
    ) -> Response {
        PageResponse.html(
            pages.signInCode(
                SignInCodeView(frame: frame("Second factor", context), to: to.path, problem: problem)), status: status)
    }

    private func check(_ request: Request, _ context: VisitorContext) async throws -> Response {
        guard let session = context.unfinished, session.stage == .code else { return PageResponse.go(to: "/sign-in") }
        guard throttle.allows(context.visitor(of: request)) else { throw AccessRefusal.tooMany }
        let form = try await PageForm(request)
        let to = Destination(form.raw("to"))
        let outcome = try await accounts.check(code: form.text("code", upTo: 12), of: session.person)
        guard case .right(let id, _) = outcome else {
            return code(
                context, to: to,
                problem: outcome == .wrong
                    ? "This is not the code of this moment. Each code can be used once; wait for the next one."
                    : problem(outcome), status: .unauthorized)
        }
        return try finish(id, .passwordAndCode, request, replacing: session, to: to)
    }

    // MARK: What follows

    /// The next step after a password; nil where it was wrong.
    private func proceed(
        _ outcome: LocalAccounts.Outcome, _ request: Request, _ context: VisitorContext, to: Destination
    ) throws -> Response? {
        guard case .right(let id, let stage) = outcome else { return nil }
        guard stage != .full else { return try finish(id, .password, request, replacing: context.unfinished, to: to) }
        let secret = try identities.open(
            id, stage: stage, method: .password, agent: request.agent, replacing: context.unfinished)
        let next = stage == .code ? "/sign-in/code" : "/sign-in/second-factor"
        var response = PageResponse.go(to: next + "?to=" + WebLink.encoded(to.path))
        identities.cookies.set(identities.cookies.session, secret, on: &response)
        return response
    }

    /// Signs in: with a new session, whatever cookie the browser came with.
    func finish(
        _ id: PersonID, _ method: Session.Method, _ request: Request, replacing old: Session?, to: Destination
    ) throws -> Response {
        let secret = try identities.open(id, stage: .full, method: method, agent: request.agent, replacing: old)
        try identities.record(.signedIn, id)
        var response = PageResponse.go(to)
        identities.cookies.set(identities.cookies.session, secret, on: &response)
        return response
    }

    private func problem(_ outcome: LocalAccounts.Outcome) -> String {
        guard case .locked(let until) = outcome else { return "The sign-in name or the password is wrong." }
        let seconds = max(1, Int(until.timeIntervalSince(identities.clock.now).rounded(.up)))
        let wait = seconds < 120 ? "\(seconds) seconds" : "\((seconds + 59) / 60) minutes"
        return "There were many failed attempts for this name. Wait \(wait) before the next."
    }

    private func signOut(_ request: Request, _ context: VisitorContext) throws -> Response {
        for session in [context.session, context.unfinished].compactMap(\.self) {
            try identities.store.endSession(session.hash)
            try identities.record(.signedOut, session.person)
        }
        var response = PageResponse.go(to: "/signed-out")
        identities.cookies.clear(identities.cookies.session, on: &response)
        return response
    }

    /// Gives a browser that has none the cookie that holds its forms together.
    private func withFormCookie(_ context: VisitorContext, _ body: (VisitorContext) -> Response) -> Response {
        guard context.browser == nil else { return body(context) }
        var context = context
        let secret = BrowserSecret(identities.random)
        context.browser = secret
        var response = body(context)
        identities.cookies.set(identities.cookies.form, secret, on: &response)
        return response
    }
}

extension Request {
    /// What the browser calls itself.
    var agent: String { BrowserName.text(headers[.userAgent] ?? "") }
}
