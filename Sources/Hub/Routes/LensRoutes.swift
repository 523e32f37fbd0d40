import Cohort
import FoundationEssentials
import HTTPTypes
import Hummingbird
import NIOCore
import WebPages

/// The addresses of samply/spot, so that a Lens front end such as EUCAIM's explorer can be pointed at this hub.
///
/// `POST /beam` asks, `GET /beam/{id}` streams one result for each site as Beam does, `POST /prism/criteria` counts for the
/// badges of a catalogue. Numbers are those that the sites show: see ``LensReply`` for what stands for a hidden one.
struct LensRoutes {
    let explorer: Explorer
    let cards: CardRegistry
    let sites: @Sendable () throws -> [FederationDocument.Site]
    let throttle: QuestionThrottle
    /// The one other origin whose pages may ask; nil for none.
    let origin: String?
    private let refusals = LensRefusals()

    /// The largest body that is read: bytes.
    private static let largest = 2 << 20

    func addRoutes(to router: Router<VisitorContext>) {
        router.post("/beam") { request, context in open(try await ask(request, context)) }
        router.get("/beam/{id}") { request, context in
            open(try await listen(try context.parameters.require("id"), request))
        }
        router.post("/prism/criteria") { request, _ in open(try await criteria(request)) }
        router.get("/health") { _, _ in
            open(try JSONResponse.make(["summary": "Healthy", "beam": "Ok"]))
        }
        for path in ["/beam", "/prism/criteria"] {
            router.on(RouterPath(path), method: .options) { _, _ in open(Response(status: .noContent)) }
        }
    }

    /// What a front end sends to Spot.
    private struct Asked: Decodable {
        var id: String
        /// nil asks all.
        var sites: [String]?
        var query: String
    }

    private struct Chosen: Decodable {
        var sites: [String]?
    }

    private func ask(_ request: Request, _ context: VisitorContext) async throws -> Response {
        guard throttle.allows(context.visitor(of: request)) else {
            return plain(QuestionThrottle.refusal, .tooManyRequests)
        }
        guard let body = try? await request.body.collect(upTo: Self.largest),
            let asked = try? JSONDecoder().decode(Asked.self, from: Data(body.readableBytesView))
        else { return plain("A question is a JSON object with `id`, `query` and, if it is not for all, `sites`.") }
        guard let name = UUID(uuidString: asked.id) else { return plain("`id` is not a UUID.") }
        let id = name.questionID
        guard await explorer.question(id) == nil, refusals[id] == nil else {
            return plain("There is a question of this `id` already.", .conflict)
        }
        do {
            let lens = try LensQuery(Array(asked.query.utf8))
            let chosen = asked.sites.map(Set.init)
            let unknown = chosen?.subtracting(try sites().map(\.id)) ?? []
            if !unknown.isEmpty {
                refusals.add(id, "no site of this federation is called so", sites: unknown.sorted())
            }
            if unknown.isEmpty || unknown != chosen {
                _ = try await explorer.ask(lens.query, id: id, only: chosen, reports: lens.reports)
            }
        } catch let error as LensError {
            guard case .unsupported = error else { return plain("\(error)") }
            // Told as each site's own result: a front end shows those, and may show what it likes after an error.
            refusals.add(id, "\(error)", sites: try asked.sites ?? sites().map(\.id))
        } catch let error as HubError {
            return plain("\(error)", .serviceUnavailable)
        }
        return Response(status: .created, headers: [.location: "/beam/\(asked.id)"])
    }

    private func listen(_ task: String, _ request: Request) async throws -> Response {
        guard let id = UUID(uuidString: task)?.questionID else { return plain("There is no such task.", .notFound) }
        let refused = refusals[id]
        let events = await explorer.events(id)
        guard refused != nil || events != nil else { return plain("There is no such task.", .notFound) }
        let wanted = QueryString.number("wait_count", in: request.uri.query) ?? .max
        let reports = await explorer.question(id)?.reports ?? []
        let stream = LensStream(task: task, reports: reports, cards: cards, refused: refused)
        return stream.response(events, count: wanted)
    }

    private func criteria(_ request: Request) async throws -> Response {
        guard let body = try? await request.body.collect(upTo: Self.largest),
            let chosen = try? JSONDecoder().decode(Chosen.self, from: Data(body.readableBytesView))
        else { return plain("The body is a JSON object that may have `sites`.") }
        let wanted = chosen.sites.map(Set.init)
        let all = try sites().filter { wanted?.contains($0.id) ?? true }.compactMap(\.card)
        return try JSONResponse.make(LensFacets.counts(of: all))
    }

    private func plain(_ sentence: String, _ status: HTTPResponse.Status = .badRequest) -> Response {
        Response(
            status: status, headers: [.contentType: "text/plain; charset=utf-8", .cacheControl: "no-store"],
            body: .init(byteBuffer: ByteBuffer(string: sentence + "\n")))
    }

    /// Lets the pages of the configured origin read the response.
    private func open(_ response: Response) -> Response {
        guard let origin else { return response }
        var response = response
        let headers = [
            ("Access-Control-Allow-Origin", origin), ("Access-Control-Allow-Credentials", "true"),
            ("Access-Control-Allow-Headers", "Content-Type"), ("Access-Control-Allow-Methods", "GET, POST"),
            ("Vary", "Origin"),
        ]
        for (name, value) in headers {
            if let name = HTTPField.Name(name) { response.headers[name] = value }
        }
        return response
    }
}

extension UUID {
    /// The name of the question that a Beam task is: the same digits without hyphens, so that a link survives a restart.
    fileprivate var questionID: String { uuidString.lowercased().filter { $0 != "-" } }
}

extension QueryString {
    /// A number in a query string; nil where there is none.
    fileprivate static func number(_ name: String, in query: String?) -> Int? {
        value(of: name, in: query).flatMap { Int($0) }
    }
}
