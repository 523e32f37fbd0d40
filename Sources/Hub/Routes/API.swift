import Cohort
import Federation
import FoundationEssentials
import HTTPTypes
import Hummingbird
import NIOCore
import Runtime

/// The hub's programming interface, version 1: what the page and `atles query` use, open to other programs.
struct API {
    let hub: Hub
    let explorer: Explorer
    let cards: CardRegistry
    let throttle: QuestionThrottle

    /// The largest question that is read: bytes.
    private static let largestQuestion = 1 << 20

    func addRoutes(to router: RouterGroup<VisitorContext>) {
        router.get("federation") { _, _ in try JSONResponse.make(try overview()) }
        router.get("attributes") { _, _ in try JSONResponse.make(AttributeDocument.all) }
        router.post("queries") { request, context in try await ask(request, context) }
        router.get("queries/{id}") { _, context in
            guard let question = await explorer.question(try context.parameters.require("id")) else {
                return try JSONResponse.notFound("there is no such question, or it was asked too long ago")
            }
            return try JSONResponse.make(QuestionDocument(question))
        }
        router.get("queries/{id}/events") { _, context in
            guard let events = await explorer.events(try context.parameters.require("id")) else {
                return try JSONResponse.notFound("there is no such question, or it was asked too long ago")
            }
            return EventStream.response(events)
        }
    }

    /// The federation at a glance.
    func overview() throws -> FederationDocument {
        try FederationDocument(
            name: hub.configuration.name,
            sites: hub.federation.sites().filter { $0.state == .admitted }
                .map { ($0, cards[$0.id.description]) })
    }

    private func ask(_ request: Request, _ context: VisitorContext) async throws -> Response {
        guard throttle.allows(context.visitor(of: request)) else {
            return try JSONResponse.make(
                ErrorDocument(message: QuestionThrottle.refusal), status: .tooManyRequests)
        }
        let body = [UInt8](buffer: try await request.body.collect(upTo: Self.largestQuestion))
        do {
            let question = try await explorer.ask(try CohortQuery(json: body))
            var response = try JSONResponse.make(["id": question.id], status: .created)
            response.headers[.location] = "/api/v1/queries/\(question.id)"
            return response
        } catch let error as QueryError {
            return try JSONResponse.make(ErrorDocument(error), status: .badRequest)
        } catch let error as HubError {
            return try JSONResponse.make(ErrorDocument(message: error.description), status: .serviceUnavailable)
        }
    }
}

/// Answers in JSON.
enum JSONResponse {
    static func make(_ value: some Encodable, status: HTTPResponse.Status = .ok) throws -> Response {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        encoder.dateEncodingStrategy = .iso8601
        return Response(
            status: status,
            headers: [.contentType: "application/json; charset=utf-8", .cacheControl: "no-store"],
            body: .init(byteBuffer: ByteBuffer(bytes: try encoder.encode(value))))
    }

    static func notFound(_ message: String) throws -> Response {
        try make(ErrorDocument(message: message), status: .notFound)
    }
}
