import Catalogue
import Cohort
import Curation
import HTTPTypes
import Hummingbird
import Logging
import NIOCore
import WebPages

/// The console's addresses. Everything works without a script; what changes something is a form with the session's value.
struct ConsoleRoutes: Sendable {
    let node: Node
    let office: ReviewOffice
    let index: Index
    let access: ConsoleAccess
    let pages: ConsolePages
    let tokenFile: String
    let logger: Logger

    private static let perPage = 20
    private static let cookie = "atles-console"

    func addRoutes(to router: Router<BasicRequestContext>) {
        router.get("/assets/console.css") { _, _ in asset(ConsolePages.stylesheet, "text/css; charset=utf-8") }
        router.get("/assets/mark.svg") { _, _ in asset(ConsolePages.logo, "image/svg+xml") }
        router.get("/sign-in") { _, _ in html(signInPage()) }
        router.post("/sign-in") { request, _ in try await signIn(request) }
        router.get("/") { request, _ in try signedIn(request) { try queue(request, $0) } }
        router.get("/review/:id") { request, context in
            try signedIn(request) { try entry(try context.parameters.require("id"), $0) }
        }
        router.get("/review/:id/:number/:moment") { request, context in
            try signedIn(request) { _ in try picture(context.parameters) }
        }
        router.get("/review/:id/release") { request, context in
            try signedIn(request) { try confirmation(try context.parameters.require("id"), $0) }
        }
        router.post("/review/:id/release") { request, context in try await release(request, context) }
        router.post("/review/:id/reject") { request, context in
            _ = try await verified(request)
            return try decide(context, done: "rejected") { try office.reject($0) }
        }
        router.post("/sign-out") { request, context in
            let (name, _) = try await verified(request)
            access.signOut(name)
            return redirect("/sign-in", cookie: "\(Self.cookie)=; Path=/; Max-Age=0; HttpOnly; SameSite=Strict")
        }
    }

    // MARK: Signing in

    private func signIn(_ request: Request) async throws -> Response {
        let body = String(buffer: try await request.body.collect(upTo: 4_096))
        switch access.signIn(QueryString.value(of: "token", in: body) ?? "") {
        case .session(let name):
            return redirect("/", cookie: "\(Self.cookie)=\(name); Path=/; HttpOnly; SameSite=Strict")
        case .wrong:
            logger.warning("console: a wrong token")
            return html(signInPage("This is not the token of this node."), status: .forbidden)
        case .wait(let seconds):
            return html(
                signInPage("Too many wrong tokens. Wait \(seconds) seconds, then try again."), status: .tooManyRequests)
        }
    }

    private func signInPage(_ problem: String? = nil) -> String {
        pages.signIn(
            SignInView(
                frame: frame("Sign in", nil), problem: problem ?? "", hasProblem: problem != nil,
                tokenFile: tokenFile))
    }

    private func session(_ request: Request) -> (String, ConsoleAccess.Session)? {
        for part in (request.headers[.cookie] ?? "").split(separator: ";") {
            let pair = part.split(separator: "=", maxSplits: 1).map { $0.filter { !$0.isWhitespace } }
            if pair.count == 2, pair[0] == Self.cookie, let session = access.session(pair[1]) {
                return (pair[1], session)
            }
        }
        return nil
    }

    private func signedIn(_ request: Request, _ body: (String) throws -> Response) throws -> Response {
        guard let (_, session) = session(request) else { return redirect("/sign-in") }
        return try body(session.form)
    }

    /// A form that comes from a page of this session.
    private func verified(_ request: Request) async throws -> (session: String, fields: String) {
        let body = String(buffer: try await request.body.collect(upTo: 4_096))
        guard let (name, session) = session(request), QueryString.value(of: "form", in: body) == session.form else {
            throw HTTPError(.forbidden)
        }
        return (name, body)
    }

    // MARK: Reviewing

    private func queue(_ request: Request, _ form: String) throws -> Response {
        let all = try office.queue.entries()
        let waiting = all.filter { $0.state == .waiting }
        let pages = max((waiting.count + Self.perPage - 1) / Self.perPage, 1)
        let asked = QueryString.value(of: "page", in: request.uri.query).flatMap { Int($0) } ?? 1
        let page = min(max(asked, 1), pages)
        let shown = waiting.dropFirst((page - 1) * Self.perPage).prefix(Self.perPage)
        let totals = try index.totals()
        let notice = Self.notices[QueryString.value(of: "done", in: request.uri.query) ?? ""]
        return html(
            self.pages.queue(
                QueueView(
                    frame: frame(waiting.isEmpty ? "Nothing to review" : "\(waiting.count) to review", form),
                    waiting: Quantity.count(waiting.count), isEmpty: waiting.isEmpty,
                    rejected: Quantity.count(all.count - waiting.count), patients: Quantity.count(totals.patients),
                    images: Quantity.count(totals.images), setAside: Quantity.count(try index.quarantine().count),
                    entries: shown.map { EntryView($0, form: form, shown: 1) }, notice: notice ?? "",
                    hasNotice: notice != nil, earlier: "/?page=\(page - 1)", hasEarlier: page > 1,
                    later: "/?page=\(page + 1)", hasLater: page < pages,
                    hasPages: pages > 1)))
    }

    private static let notices = [
        "released": "Released: the object is part of the data set now.",
        "rejected": "Rejected: the object is removed. Its original lies where it was.",
    ]

    private func entry(_ id: String, _ form: String) throws -> Response {
        guard let entry = try office.queue.entry(id), entry.state == .waiting else { throw HTTPError(.notFound) }
        return html(
            pages.entry(
                EntryPage(
                    frame: frame("Review", form), entry: EntryView(entry, form: form, shown: 64),
                    origin: try office.queue.origin(id) ?? "not known")))
    }

    private func picture(_ parameters: Parameters) throws -> Response {
        guard let number = Int(try parameters.require("number")),
            let moment = ReviewQueue.Moment(rawValue: try parameters.require("moment")),
            let bytes = try office.queue.picture(try parameters.require("id"), number, moment)
        else { throw HTTPError(.notFound) }
        return asset(bytes, bytes.first == 0x89 ? "image/png" : "image/jpeg")
    }

    // MARK: Deciding

    /// The second step of a release: nothing is released by one click.
    private func confirmation(_ id: String, _ form: String, problem: String? = nil) throws -> Response {
        guard let entry = try office.queue.entry(id), entry.state == .waiting else { throw HTTPError(.notFound) }
        return html(
            pages.release(
                ReleasePage(
                    frame: frame("Release", form), entry: EntryView(entry, form: form, shown: 64),
                    problem: problem ?? "", hasProblem: problem != nil)),
            status: problem == nil ? .ok : .badRequest)
    }

    private func release(_ request: Request, _ context: BasicRequestContext) async throws -> Response {
        let (name, fields) = try await verified(request)
        guard QueryString.value(of: "looked", in: fields) == "yes" else {
            guard let form = access.session(name)?.form else { throw HTTPError(.forbidden) }
            return try confirmation(
                try context.parameters.require("id"), form,
                problem: "Nothing was released. Look at the object first, and say so with the tick.")
        }
        return try decide(context, done: "released") { try office.release($0) }
    }

    private func decide(
        _ context: BasicRequestContext, done: String, _ decision: (String) throws -> Void
    ) throws -> Response {
        do {
            try decision(try context.parameters.require("id"))
        } catch let error as ReviewError {
            return html(failurePage("This did not work", "\(error)."), status: .conflict)
        } catch let error as IntakeError {
            return html(failurePage("One moment", "\(error)."), status: .conflict)
        }
        return redirect("/?done=\(done)")
    }

    // MARK: Answers

    func failurePage(_ title: String, _ message: String) -> String {
        pages.failure(FailureView(frame: frame(title, nil), title: title, message: message))
    }

    private func frame(_ heading: String, _ form: String?) -> ConsoleFrame {
        ConsoleFrame(title: node.configuration.title, heading: heading, form: form)
    }

    func html(_ page: String, status: HTTPResponse.Status = .ok) -> Response {
        Response(
            status: status,
            headers: [.contentType: "text/html; charset=utf-8", .cacheControl: SecurityHeaders.pageCacheControl],
            body: .init(byteBuffer: ByteBuffer(string: page)))
    }

    private func asset(_ bytes: [UInt8], _ type: String) -> Response {
        Response(
            status: .ok, headers: [.contentType: type, .cacheControl: SecurityHeaders.pageCacheControl],
            body: .init(byteBuffer: ByteBuffer(bytes: bytes)))
    }

    private func redirect(_ path: String, cookie: String? = nil) -> Response {
        var headers: HTTPFields = [.location: path, .cacheControl: SecurityHeaders.pageCacheControl]
        if let cookie { headers[.setCookie] = cookie }
        return Response(status: .seeOther, headers: headers)
    }
}
