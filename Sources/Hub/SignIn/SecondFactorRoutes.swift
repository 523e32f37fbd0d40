import FoundationEssentials
import Governance
import HTTPTypes
import Hummingbird
import Runtime
import WebPages

/// Setting up a second factor: at the first sign-in of whoever needs one, and whenever somebody wants one.
struct SecondFactorRoutes {
    let identities: Identities
    let pages: Pages
    let signIn: SignInRoutes

    func addRoutes(to router: Router<VisitorContext>) {
        router.get("/sign-in/second-factor") { request, context in
            guard let session = settingUp(context) else { return PageResponse.go(to: "/sign-in") }
            let secret = try secret(of: session)
            return page(context, session, secret, to: Destination(QueryString.value(of: "to", in: request.uri.query)))
        }
        router.post("/sign-in/second-factor") { request, context in try await setUp(request, context) }
    }

    /// The session that may set one up: signed in with a password, or half-way there because one is missing.
    private func settingUp(_ context: VisitorContext) -> Session? {
        guard let session = context.session ?? context.unfinished, session.stage != .code, session.method != .provider
        else { return nil }
        return session
    }

    /// The secret that the page shows: the same until it is confirmed, so that loading the page again changes nothing.
    private func secret(of session: Session) throws -> [UInt8] {
        if let pending = session.pending { return pending }
        let secret = identities.random.bytes(20)
        try identities.store.setPending(secret, of: session.hash)
        return secret
    }

    private func setUp(_ request: Request, _ context: VisitorContext) async throws -> Response {
        guard let session = settingUp(context), let secret = session.pending else {
            return PageResponse.go(to: "/sign-in")
        }
        guard signIn.throttle.allows(context.visitor(of: request)) else { throw AccessRefusal.tooMany }
        let form = try await PageForm(request)
        let to = Destination(form.raw("to"))
        guard let step = TOTP.step(of: form.text("code", upTo: 12), secret: secret, at: identities.clock.now) else {
            return page(
                context, session, secret, to: to,
                problem: "This is not the code of this moment. Is the clock of the app's device right?",
                status: .badRequest)
        }
        try identities.store.setTOTP(secret, step: step, of: session.person)
        try identities.store.setPending(nil, of: session.hash)
        try identities.record(.secondFactorChanged, session.person)
        // Whoever is signed in elsewhere did so without it.
        try identities.store.endSessions(of: session.person, but: session.hash)
        if session.stage == .full { return PageResponse.go(to: "/account?done=second-factor") }
        return try signIn.finish(session.person, .passwordAndCode, request, replacing: session, to: to)
    }

    private func page(
        _ context: VisitorContext, _ session: Session, _ secret: [UInt8], to: Destination, problem: String? = nil,
        status: HTTPResponse.Status = .ok
    ) -> Response {
        let login = session.person.text.split(separator: ":", maxSplits: 1).last.map(String.init) ?? ""
        return PageResponse.html(
            pages.secondFactor(
                SecondFactorView(
                    frame: signIn.frame("Second factor", context), to: to.path,
                    reason: session.stage == .full
                        ? "With a second factor, a stolen password alone is worth nothing."
                        : "Your roles need one: whoever decides for others signs in with more than a password.",
                    secret: Base32.text(secret),
                    link: TOTP.link(secret, login: login, federation: identities.federation), problem: problem)),
            status: status)
    }
}
