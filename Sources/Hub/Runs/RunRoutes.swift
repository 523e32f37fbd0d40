import Cohort
import FoundationEssentials
import Governance
import HTTPTypes
import Hummingbird
import NIOCore
import Rounds

/// Analyses over HTTP: begin, list, look, follow, cancel.
struct RunRoutes {
    let office: RunOffice
    let throttle: QuestionThrottle

    /// The largest request that is read: bytes.
    private static let largest = 2 << 20
    private static let listed = 100

    func addRoutes(to router: RouterGroup<VisitorContext>) {
        router.post("runs") { request, context in try await start(request, context) }
        router.get("runs") { _, context in
            let person = try context.signedIn()
            return try JSONResponse.make(
                ["runs": try await office.latest(Self.listed, of: person)])
        }
        router.get("runs/{id}") { _, context in
            guard let run = try await run(context) else { return try Self.unknown() }
            return try JSONResponse.make(RunDocument(run))
        }
        router.get("runs/{id}/events") { _, context in
            guard let run = try await run(context), let events = await office.events(run.id) else {
                return try Self.unknown()
            }
            return Self.stream(events)
        }
        router.post("runs/{id}/cancel") { _, context in
            guard let run = try await run(context) else { return try Self.unknown() }
            guard await office.cancel(run.id) else {
                return try JSONResponse.make(ErrorDocument(message: "this run is over already"), status: .conflict)
            }
            return try JSONResponse.make(["id": run.id])
        }
    }

    /// The run of the path, where this person may look at it; who may not is told no more than that there is none.
    private func run(_ context: VisitorContext) async throws -> Run? {
        let person = try context.signedIn()
        guard let run = await office.run(try context.parameters.require("id")), run.isVisible(to: person) else {
            return nil
        }
        return run
    }

    private static func unknown() throws -> Response { try JSONResponse.notFound("there is no such run") }

    private func start(_ request: Request, _ context: VisitorContext) async throws -> Response {
        guard throttle.allows(context.visitor(of: request)) else {
            return try JSONResponse.make(ErrorDocument(message: QuestionThrottle.refusal), status: .tooManyRequests)
        }
        let body = [UInt8](buffer: try await request.body.collect(upTo: Self.largest))
        do {
            let wanted: RunRequest
            do {
                wanted = try JSONDecoder().decode(RunRequest.self, from: Data(body))
            } catch is DecodingError {
                throw RoundsError.plan(
                    "the request is not the JSON that is expected: {\"analysis\": \"…\", \"cohort\": …}")
            }
            let asker = try context.signedIn().id
            let run = try await office.start(
                try wanted.plan(for: asker), title: wanted.analysis, asker: asker,
                only: wanted.sites.map { Set($0) })
            var response = try JSONResponse.make(["id": run.id], status: .created)
            response.headers[.location] = "/api/v1/runs/\(run.id)"
            return response
        } catch let error as QueryError {
            return try JSONResponse.make(ErrorDocument(error), status: .badRequest)
        } catch let error as RoundsError {
            return try JSONResponse.make(ErrorDocument(message: error.description), status: .badRequest)
        } catch let error as HubError {
            return try JSONResponse.make(ErrorDocument(message: error.description), status: .serviceUnavailable)
        }
    }

    /// Each step as a server-sent event `run`; the last is `done`.
    private static func stream(_ events: RunOffice.Events) -> Response {
        Response(
            status: .ok,
            headers: [.contentType: "text/event-stream; charset=utf-8", .cacheControl: "no-store"],
            body: .init { writer in
                let encoder = JSONEncoder()
                encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
                encoder.dateEncodingStrategy = .iso8601
                for await run in events {
                    let json = String(decoding: try encoder.encode(RunDocument(run)), as: UTF8.self)
                    try await writer.write(
                        ByteBuffer(string: "event: \(run.isOver ? "done" : "run")\ndata: \(json)\n\n"))
                }
                try await writer.finish(nil)
            })
    }
}
