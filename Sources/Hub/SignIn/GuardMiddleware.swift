import Governance
import HTTPTypes
import Hummingbird
import NIOCore
import WebPages

/// Lets a request through to its route where the route's rule says so, and refuses it otherwise. Refusal is the default:
/// a route without a rule is nobody's.
struct GuardMiddleware: RouterMiddleware {
    let table: RouteTable
    let identities: Identities

    func handle(
        _ request: Request, context: VisitorContext, next: (Request, VisitorContext) async throws -> Response
    ) async throws -> Response {
        // Without a route there is nothing to guard: what follows says that nothing is there.
        guard let path = context.endpointPath, path != "NotFound" else { return try await next(request, context) }
        guard let rule = table.rule(request.method, path) else { throw try refused(.unlisted, context) }
        var (request, context) = (request, context)
        if context.token != nil, context.session == nil {
            guard let scope = rule.scope, context.token?.scopes.contains(scope) == true else {
                throw try refused(.scope, context)
            }
        } else if request.changesSomething {
            try await prove(rule, &request, &context)
        }
        guard rule.admits(context.person, site: context.parameters.get("site")) else {
            guard context.person != nil else { throw AccessRefusal.signIn }
            throw try refused(.noRight, context)
        }
        return try await next(request, context)
    }

    /// Sees to it that a request in a browser's name was meant by the person before it.
    private func prove(_ rule: RouteRule, _ request: inout Request, _ context: inout VisitorContext) async throws {
        let isForeign = request.isFromElsewhere(than: identities.address)
        switch rule.proof {
        case .none:
            guard isForeign else { return }
            context.person = nil
            context.session = nil
            context.unfinished = nil
        case .formToken:
            guard !isForeign else { throw try refused(.elsewhere, context) }
            // Somebody who is not signed in has nothing that a form could be sent in the name of.
            if case .anyone = rule.access {} else if context.person == nil { throw AccessRefusal.signIn }
            let body = try await request.body.collect(upTo: rule.largestBody)
            request.body = .init(buffer: body)
            guard let token = FormProof.token(in: request, body: body), let browser = context.browser,
                browser.isFormToken(token)
            else { throw try refused(.elsewhere, context) }
        }
    }

    /// Writes a refusal of somebody who is signed in into the audit log; strangers are counted, not listed.
    private func refused(_ refusal: AccessRefusal, _ context: VisitorContext) throws -> AccessRefusal {
        try identities.refuse(.accessRefused, context.person?.id)
        return refusal
    }
}

extension Request {
    /// Whether the method is one that changes something.
    fileprivate var changesSomething: Bool { ![.get, .head, .options].contains(method) }

    /// Whether a browser says that another site's page sent this.
    fileprivate func isFromElsewhere(than address: String) -> Bool {
        if let name = HTTPField.Name("Sec-Fetch-Site"), let site = headers[name], site != "same-origin", site != "none"
        {
            return true
        }
        guard let origin = headers[.origin] else { return false }
        if origin == address { return false }
        // Reached under a name that the settings do not know, such as localhost: then it is the one it was sent to.
        guard let host = head.authority, let own = origin.split(separator: "/").last else { return true }
        return own != host[...]
    }
}

/// Where a request shows the token of its form: in a header, in a field, or in the first part of a form with files.
enum FormProof {
    static func token(in request: Request, body: ByteBuffer) -> String? {
        if let name = HTTPField.Name("X-CSRF-Token"), let token = request.headers[name] { return token }
        let type = request.headers[.contentType] ?? ""
        if type.hasPrefix("application/x-www-form-urlencoded") {
            return QueryString.value(of: "csrf", in: String(buffer: body))
        }
        guard type.hasPrefix("multipart/form-data") else { return nil }
        return firstPart(String(decoding: body.readableBytesView.prefix(1024), as: UTF8.self))
    }

    /// The value of the first part, where it is called `csrf`.
    private static func firstPart(_ text: String) -> String? {
        let lines = text.split(separator: "\r\n", maxSplits: 4, omittingEmptySubsequences: false)
        guard lines.count == 5, lines[0].hasPrefix("--"),
            lines[1].lowercased().hasPrefix("content-disposition: form-data; name=\"csrf\""), lines[2].isEmpty
        else { return nil }
        return String(lines[3])
    }
}
