import FoundationEssentials
import Governance
import HTTPTypes
import Hummingbird
import Logging
import Runtime
import WebPages

/// Signing in through the provider, and the provider's own logouts.
struct ProviderRoutes {
    let identities: Identities
    let signIn: ProviderSignIn
    let pages: Pages
    let routes: SignInRoutes
    let passports: PassportReader
    let logger: Logger

    func addRoutes(to router: Router<VisitorContext>) {
        router.get("/sign-in/provider") { request, context in try await begin(request, context) }
        router.get("/sign-in/provider/answer") { request, context in try await complete(request, context) }
        router.post("/sign-out/back-channel") { request, _ in try await backChannel(request) }
        router.get("/sign-out/front-channel") { request, _ in try frontChannel(request) }
    }

    private func begin(_ request: Request, _ context: VisitorContext) async throws -> Response {
        let to = Destination(QueryString.value(of: "to", in: request.uri.query))
        if context.person != nil { return PageResponse.go(to) }
        guard routes.throttle.allows(context.visitor(of: request)) else { throw AccessRefusal.tooMany }
        // Its own secret for each sign-in: whatever cookie the browser came with is worth nothing afterwards.
        let browser = BrowserSecret(identities.random)
        do {
            var response = PageResponse.go(to: try await signIn.begin(to: to, browser: browser))
            identities.cookies.set(identities.cookies.form, browser, on: &response)
            return response
        } catch let error as ProviderError {
            return try failed(error, context)
        }
    }

    private func complete(_ request: Request, _ context: VisitorContext) async throws -> Response {
        let query = request.uri.query
        let answer = ProviderSignIn.Answer(
            state: QueryString.value(of: "state", in: query), code: QueryString.value(of: "code", in: query),
            error: QueryString.value(of: "error", in: query), issuer: QueryString.value(of: "iss", in: query))
        let browser = identities.cookies.secret(identities.cookies.form, of: request)
        do {
            let outcome = try await signIn.complete(answer, browser: browser)
            return try await finish(outcome, request, context)
        } catch let error as ProviderError {
            return try failed(error, context)
        }
    }

    private func finish(
        _ outcome: ProviderSignIn.Outcome, _ request: Request, _ context: VisitorContext
    ) async throws -> Response {
        let (store, person, now) = (identities.store, outcome.person, identities.clock.now)
        // Removed people stay out, whatever the provider says of them.
        if try store.isKnown(person.id), try store.person(person.id) == nil {
            try identities.refuse(.signInRefused, person.id)
            throw AccessRefusal("The operator of this hub has removed you. Ask there.")
        }
        try store.put(person, at: now)
        try store.setClaimed(person.roles, of: person.id)
        let visas = await passports.visas(in: outcome.claims, subject: outcome.subject)
        try store.setVisas(visas.compactMap(\.stored), of: person.id)
        for old in [context.session, context.unfinished].compactMap(\.self) { try store.endSession(old.hash) }
        let secret = try identities.open(person.id, stage: .full, method: .provider, agent: request.agent) { session in
            session.issuer = signIn.provider.settings.issuer
            (session.subject, session.sid, session.acr) = (outcome.subject, outcome.sid, outcome.acr)
        }
        try identities.record(.signedIn, person.id)
        var response = PageResponse.go(outcome.destination)
        identities.cookies.set(identities.cookies.session, secret, on: &response)
        return response
    }

    private func failed(_ error: ProviderError, _ context: VisitorContext) throws -> Response {
        let status: HTTPResponse.Status
        switch error {
        case .unreachable, .refused, .badDocument: status = .badGateway
        case .declined: status = .unauthorized
        case .token, .unknownState, .badSubject:
            status = .badRequest
            try identities.refuse(.providerRefused, nil)
        }
        logger.info("a sign-in through the provider did not succeed: \(error)")
        return PageResponse.html(
            pages.failure(
                PageFailure(status: status.code, title: "You are not signed in", message: "\(error)".sentence),
                federation: identities.federation), status: status)
    }

    // MARK: Logouts

    private func backChannel(_ request: Request) async throws -> Response {
        let form = try await PageForm(request)
        do {
            let token = try await LogoutToken(form.raw("logout_token"), from: signIn.provider, identities: identities)
            try identities.store.endSessions(
                issuer: signIn.provider.settings.issuer, subject: token.subject, sid: token.sid)
            try identities.record(
                .signedOut,
                token.subject.flatMap { ProviderSignIn.id(issuer: signIn.provider.settings.issuer, subject: $0) })
            return Response(status: .ok, headers: [.cacheControl: "no-store"])
        } catch let error as ProviderError {
            try identities.refuse(.providerRefused, nil)
            logger.info("a logout of the provider was refused: \(error)")
            return try JSONResponse.make(
                ["error": "invalid_request", "error_description": "\(error)"], status: .badRequest)
        }
    }

    /// OpenID Connect Front-Channel Logout 1.0: the provider loads this in a frame. The session's own name is asked for,
    /// since the frame has no cookies of this hub's.
    private func frontChannel(_ request: Request) throws -> Response {
        let issuer = signIn.provider.settings.issuer
        let sid = QueryString.value(of: "sid", in: request.uri.query) ?? ""
        if QueryString.value(of: "iss", in: request.uri.query) == issuer, !sid.isEmpty {
            if try identities.store.endSessions(issuer: issuer, subject: nil, sid: sid) > 0 {
                try identities.record(.signedOut, nil)
            }
        }
        let origin = issuer.split(separator: "/", maxSplits: 2).prefix(2).joined(separator: "//")
        var response = PageResponse.html("<!DOCTYPE html><title>Signed out</title><p>Signed out.</p>\n")
        if let name = HTTPField.Name("Content-Security-Policy") {
            response.headers[name] = "default-src 'none'; frame-ancestors \(origin)"
        }
        return response
    }
}
