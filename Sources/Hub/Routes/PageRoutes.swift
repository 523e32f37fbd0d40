import Cohort
import HTTPTypes
import Hummingbird
import NIOCore
import WebPages

/// The pages for people: everything on them is reachable without a script.
struct PageRoutes {
    let api: API
    let explorer: Explorer
    let pages: Pages
    let name: String

    func addRoutes(to router: Router<VisitorContext>) {
        router.get("/") { _, _ in html(pages.explorer(try overview())) }
        router.get("/query") { request, context in try await question(request, context) }
        router.get("/about") { _, _ in html(pages.about(federation: name)) }
        router.get("/attributes") { _, _ in html(pages.attributes(of: nil, federation: name)) }
        router.get("/attributes/:entity") { _, context in
            guard let entity = context.parameters.get("entity").flatMap({ CohortEntity(rawValue: $0) }) else {
                return failure(
                    PageFailure(
                        status: 404, title: "No such page", message: "There is no kind of record of that name."))
            }
            return html(pages.attributes(of: entity, federation: name))
        }
        router.get("/healthz") { _, _ in text("ok\n") }
        // A question starts work at every site: not for crawlers.
        router.get("/robots.txt") { _, _ in text("User-agent: *\nDisallow: /query\nDisallow: /api/\n") }
        router.get("/favicon.ico") { request, _ in asset("logo.svg", request) }
        router.get("/assets/**") { request, context in
            asset(context.parameters.getCatchAll().joined(separator: "/"), request)
        }
    }

    /// `where` asks; `id` names a question that was asked already, which is then shown and not asked again.
    private func question(_ request: Request, _ context: VisitorContext) async throws -> Response {
        let query = request.uri.query
        let asked = QueryString.value(of: "where", in: query) ?? ""
        if let id = QueryString.value(of: "id", in: query), let question = await explorer.question(id) {
            return html(pages.explorer(try overview(), .asked(question, written: asked.isEmpty ? nil : asked)))
        }
        guard api.throttle.allows(context.visitor(of: request)) else {
            return failure(PageFailure(status: 429, title: "One moment", message: QuestionThrottle.refusal))
        }
        do {
            // The form says: leave it empty to count everything.
            let isEmpty = asked.allSatisfy(\.isWhitespace)
            let question = try await explorer.ask(isEmpty ? .everything : try CohortQuery(text: asked))
            // A reader without scripts sees what came in within the hub's patience, at an address that asks nobody again.
            _ = await explorer.finished(question.id)
            let text = isEmpty ? CohortQuery.everything.text : asked
            return Response(status: .seeOther, headers: [.location: WebLink.question(text, id: question.id)])
        } catch let error as QueryError {
            return html(pages.explorer(try overview(), .draft(asked, QuestionProblem(error))), status: .badRequest)
        } catch let error as HubError {
            return failure(.unavailable("\(error)."))
        }
    }

    func failure(_ failure: PageFailure) -> Response {
        html(pages.failure(failure, federation: name), status: .init(code: failure.status))
    }

    private func overview() throws -> FederationOverview {
        let document = try api.overview()
        return FederationOverview(
            name: document.name,
            sites: document.sites.map {
                SiteOverview(id: $0.id, name: $0.name, country: $0.country, isOnline: $0.isOnline, card: $0.card)
            })
    }

    private func asset(_ path: String, _ request: Request) -> Response {
        guard let (asset, cacheControl) = WebAsset.at(path) else { return failure(.notFound) }
        let headers: HTTPFields = [
            .contentType: asset.contentType, .cacheControl: cacheControl, .eTag: asset.etag,
        ]
        if request.headers[.ifNoneMatch] == asset.etag { return Response(status: .notModified, headers: headers) }
        return Response(status: .ok, headers: headers, body: .init(byteBuffer: ByteBuffer(bytes: asset.bytes)))
    }

    private func html(_ page: String, status: HTTPResponse.Status = .ok) -> Response {
        Response(
            status: status,
            headers: [
                .contentType: "text/html; charset=utf-8", .cacheControl: SecurityHeaders.pageCacheControl,
            ],
            body: .init(byteBuffer: ByteBuffer(string: page)))
    }

    private func text(_ text: String) -> Response {
        Response(
            status: .ok, headers: [.contentType: "text/plain; charset=utf-8"],
            body: .init(byteBuffer: ByteBuffer(string: text)))
    }
}
