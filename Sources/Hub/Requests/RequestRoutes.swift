import Federation
import FoundationEssentials
import Governance
import HTTPTypes
import Hummingbird
import NIOCore
import WebPages

/// The pages of access requests. Every one works without a script.
struct RequestRoutes {
    let desk: RequestDesk
    let pages: Pages
    /// The sites that can be asked.
    let sites: @Sendable () throws -> [SiteOverview]

    static let largestBody = 24 << 20

    func addRoutes(to router: Router<VisitorContext>) {
        router.get("/requests") { request, context in try mine(request, context) }
        router.get("/requests/new") { request, context in try new(request, context) }
        router.post("/requests") { request, context in try await begin(request, context) }
        router.get("/requests/{id}") { request, context in try show(request, context) }
        router.get("/requests/{id}/form") { request, context in try form(request, context) }
        router.post("/requests/{id}/form") { request, context in try await save(request, context) }
        router.post("/requests/{id}/actions") { request, context in try await act(request, context) }
        router.post("/requests/{id}/messages") { request, context in try await write(request, context) }
        router.post("/requests/{id}/people") { request, context in try await invite(request, context) }
        router.get("/requests/{id}/files/{digest}") { _, context in try download(context) }
        router.get("/requests/{id}/join") { request, context in try invited(request, context) }
        router.post("/requests/{id}/join") { request, context in try await join(request, context) }
        router.get("/committee") { request, context in try inbox(request, context) }
        router.get("/operator/requests") { request, context in try overview(request, context) }
    }

    func frame(_ title: String, _ context: VisitorContext, at path: String) -> Frame {
        Frame(
            "\(title) · \(desk.identities.federation)", federation: desk.identities.federation, for: context, at: path)
    }

    func names() throws -> [SiteID: String] {
        Dictionary(
            try sites().compactMap { site in SiteID(site.id).map { ($0, site.name) } },
            uniquingKeysWith: { one, _ in one })
    }

    // MARK: One request

    private func show(_ request: Request, _ context: VisitorContext) throws -> Response {
        let person = try context.signedIn()
        let done = QueryString.value(of: "done", in: request.uri.query).flatMap { Self.done[$0] }
        return try page(try context.parameters.require("id"), person, request, context, done: done)
    }

    /// What a page says after a change: words of this program, never of an address.
    private static let done = [
        "saved": "The form is saved.", "action": "Done.", "message": "The message is written.",
        "joined": "You work on this request now.", "begun": "The request is begun. Fill in the form, then hand it in.",
    ]

    func page(
        _ id: String, _ person: Person, _ request: Request, _ context: VisitorContext, problem: String? = nil,
        done: String? = nil, link: String? = nil, status: HTTPResponse.Status = .ok
    ) throws -> Response {
        try refusing {
            let record = try desk.record(id, for: person)
            var view = RequestView(
                frame: frame(record.request.title, context, at: "/requests"), record, for: person, desk: desk,
                names: try names(), language: request.language)
            view.problem = problem
            view.done = done
            view.invitationLink = link
            return PageResponse.html(pages.request(view), status: status)
        }
    }

    private func act(_ request: Request, _ context: VisitorContext) async throws -> Response {
        let person = try context.signedIn()
        let id = try context.parameters.require("id")
        let input = RequestInput(try await PageForm(request))
        do {
            if input.text("do") == "copy" { return try copy(id, person) }
            try desk.perform(try input.action(), on: id, by: .person(person), seen: input.version)
            // Who has left cannot look at it any more.
            guard (try? desk.record(id, for: person)) != nil else { return PageResponse.go(to: "/requests") }
            return PageResponse.go(to: "/requests/\(id)?done=action")
        } catch let error as RequestError {
            return try refused(error, id, person, request, context)
        }
    }

    private func copy(_ id: String, _ person: Person) throws -> Response {
        let old = try desk.record(id, for: person).request
        guard !old.parties(of: .person(person)).isDisjoint(with: [.applicant, .collaborator]) else {
            throw RequestError.notAllowed("copy this request")
        }
        // Files belong to the request that they were added to: the copy gets its own.
        let answers = old.answers.filter { if case .attachments = $0.value { false } else { true } }
        let copy = try desk.begin(
            RequestStart(
                title: old.title, applicant: Participant(person), query: old.query,
                sites: old.sites.map { RequestedSite(site: $0.site, dataSets: $0.dataSets) }, form: desk.form.id,
                answers: answers, copiedFrom: old.id), by: person)
        return PageResponse.go(to: "/requests/\(copy.id)?done=begun")
    }

    private func write(_ request: Request, _ context: VisitorContext) async throws -> Response {
        let person = try context.signedIn()
        let id = try context.parameters.require("id")
        do {
            let form = try await multipart(request)
            let input = RequestInput(form)
            _ = try desk.record(id, for: person)
            let message = RequestMessage(
                audience: try input.audience(), text: input.text("text").replacing("\r\n", with: "\n"),
                attachments: try shelve(form.files.prefix(RequestLimits.messageAttachments + 1).map(\.self)).map(\.file)
            )
            try desk.perform(.write(message), on: id, by: .person(person), seen: nil)
            return PageResponse.go(to: "/requests/\(id)?done=message#messages")
        } catch let error as RequestError {
            return try refused(error, id, person, request, context)
        }
    }

    private func download(_ context: VisitorContext) throws -> Response {
        let person = try context.signedIn()
        let digest = try context.parameters.require("digest")
        return try refusing {
            let request = try desk.record(try context.parameters.require("id"), for: person).request
            guard let file = request.attachments.first(where: { $0.digest == digest }),
                request.isReadable(file, by: person)
            else { throw RequestError.unknown }
            return Response(
                status: .ok,
                headers: [
                    // `nosniff` comes with every answer. Never shown in place: whatever is in it, no browser runs it here.
                    .contentType: "application/octet-stream",
                    .contentDisposition: "attachment; filename*=UTF-8''\(WebLink.encoded(file.name))",
                    .cacheControl: "no-store",
                ], body: .init(byteBuffer: ByteBuffer(bytes: try desk.shelf.bytes(file))))
        }
    }

    // MARK: Pieces

    func multipart(_ request: Request) async throws -> MultipartForm {
        let body = try await request.body.collect(upTo: Self.largestBody)
        guard let form = MultipartForm(contentType: request.headers[.contentType] ?? "", body: body) else {
            throw RequestError.invalid("This form could not be read.")
        }
        return form
    }

    func shelve(_ files: [MultipartForm.File]) throws -> [(field: String, file: Attachment)] {
        try files.map { ($0.field, try desk.shelf.put($0)) }
    }

    /// The request's page with what went wrong; for who has no part in it, the page of what is not there.
    func refused(
        _ error: RequestError, _ id: String, _ person: Person, _ request: Request, _ context: VisitorContext
    ) throws -> Response {
        if error == .unknown { return notFound(context) }
        if case .notAllowed = error { try desk.identities.refuse(.accessRefused, person.id) }
        return try page(id, person, request, context, problem: error.description, status: error.status)
    }

    /// Answers a refusal that has no request to be shown on.
    func refusing(_ body: () throws -> Response) throws -> Response {
        do { return try body() } catch RequestError.unknown {
            throw AccessRefusal(RequestError.unknown.description, status: .notFound)
        }
    }

    private func notFound(_ context: VisitorContext) -> Response {
        let failure = PageFailure(status: 404, title: "No such request", message: RequestError.unknown.description)
        return PageResponse.html(pages.failure(failure, federation: desk.identities.federation), status: .notFound)
    }
}

extension RequestError {
    var status: HTTPResponse.Status {
        switch self {
        case .notAllowed: .forbidden
        case .notNow, .changed: .conflict
        case .invalid: .badRequest
        case .unknown: .notFound
        case .corrupt, .store: .internalServerError
        }
    }
}

extension Request {
    /// The first of the federation's languages that the browser asks for.
    var language: String {
        for part in (headers[.acceptLanguage] ?? "").split(separator: ",").prefix(20) {
            let code = part.drop { $0 == " " }.prefix(2).lowercased()
            if ["en", "es", "ca"].contains(code) { return code }
        }
        return "en"
    }
}
