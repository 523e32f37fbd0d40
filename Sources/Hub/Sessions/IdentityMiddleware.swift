import FoundationEssentials
import HTTPTypes
import Hummingbird
import Runtime

/// Finds out who sends a request: by the session's cookie of a browser, or the personal token of a program.
struct IdentityMiddleware: RouterMiddleware {
    let identities: Identities

    func handle(
        _ request: Request, context: VisitorContext, next: (Request, VisitorContext) async throws -> Response
    ) async throws -> Response {
        var context = context
        if let header = request.headers[.authorization] {
            try identify(bearer: header, &context)
        } else {
            try identify(cookiesOf: request, &context)
        }
        return try await next(request, context)
    }

    /// A token that is none is refused, on public routes too: its program believes to be somebody.
    private func identify(bearer header: String, _ context: inout VisitorContext) throws {
        let parts = header.split(separator: " ", maxSplits: 1)
        guard parts.count == 2, parts[0].lowercased() == "bearer", parts[1].hasPrefix(PersonalToken.prefix),
            let secret = BrowserSecret(text: String(parts[1].dropFirst(PersonalToken.prefix.count))),
            let found = try identities.store.token(secret.hash, at: identities.clock.now)
        else {
            try identities.refuse(.tokenRefused, nil)
            throw AccessRefusal.badToken
        }
        try identities.store.touchToken(secret.hash, at: identities.clock.now)
        context.person = found.person
        context.token = found.token
    }

    private func identify(cookiesOf request: Request, _ context: inout VisitorContext) throws {
        let cookies = identities.cookies
        context.browser = cookies.secret(cookies.form, of: request)
        guard let secret = cookies.secret(cookies.session, of: request) else { return }
        let now = identities.clock.now
        guard let found = try identities.store.session(secret.hash, at: now) else { return }
        context.browser = secret
        guard found.session.stage == .full else {
            context.unfinished = found.session
            return
        }
        context.session = found.session
        context.person = found.person
        if now.timeIntervalSince(found.session.seen) >= 60 { try identities.store.touch(secret.hash, at: now) }
    }
}
