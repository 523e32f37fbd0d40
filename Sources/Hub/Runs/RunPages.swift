import Cohort
import Governance
import HTTPTypes
import Hummingbird
import NIOCore
import Rounds

/// Analyses as pages: list, begin, watch, cancel; tables and pictures of what came out.
struct RunPages {
    let office: RunOffice
    let pages: Pages
    let federation: String
    let throttle: QuestionThrottle

    private static let listed = 50

    func addRoutes(to router: Router<VisitorContext>) {
        router.get("/runs") { _, context in try await list(context) }
        router.post("/runs") { request, context in try await begin(request, context) }
        router.get("/runs/:id") { _, context in
            let run = try await run(context)
            let frame = Frame("Analysis · \(federation)", federation: federation, for: context, at: "/runs")
            var response = PageResponse.html(pages.render(RunView(frame: frame, run: run), with: "run"))
            if !run.isOver, let refresh = HTTPField.Name("Refresh") { response.headers[refresh] = "1" }
            return response
        }
        router.post("/runs/:id/cancel") { _, context in
            let run = try await run(context)
            _ = await office.cancel(run.id)
            return PageResponse.go(to: "/runs/\(run.id)")
        }
        router.get("/runs/:id/pictures/:file") { _, context in
            let run = try await run(context)
            let file = try context.parameters.require("file")
            guard let picture = RunDocument(run).pictures?.first(where: { "\($0.name).svg" == file }) else {
                throw HTTPError(.notFound)
            }
            return Response(
                status: .ok, headers: [.contentType: "image/svg+xml", .cacheControl: "no-store"],
                body: .init(byteBuffer: ByteBuffer(string: picture.svg)))
        }
    }

    /// The run of the path; who may not see it is told no more than that there is none.
    private func run(_ context: VisitorContext) async throws -> Run {
        let person = try context.signedIn()
        guard let run = await office.run(try context.parameters.require("id")), run.isVisible(to: person) else {
            throw HTTPError(.notFound)
        }
        return run
    }

    private func list(
        _ context: VisitorContext, status: HTTPResponse.Status = .ok, _ change: (inout RunsView) -> Void = { _ in }
    ) async throws -> Response {
        let person = try context.signedIn()
        let frame = Frame("Analyses · \(federation)", federation: federation, for: context, at: "/runs")
        var view = RunsView(frame: frame, runs: try await office.latest(Self.listed, of: person), person: person)
        change(&view)
        return PageResponse.html(pages.render(view, with: "runs"), status: status)
    }

    private func begin(_ request: Request, _ context: VisitorContext) async throws -> Response {
        let person = try context.signedIn()
        let form = try await PageForm(request)
        let (analysis, cohort) = (form.text("analysis", upTo: 2000), form.text("cohort", upTo: 20_000))
        let (define, named) = (form.text("define", upTo: 20_000), form.text("request"))
        func again(_ problem: String, _ status: HTTPResponse.Status = .badRequest) async throws -> Response {
            try await list(context, status: status) { view in
                view.problem = problem
                view.analysis = analysis
                view.cohort = cohort
                view.define = define
                view.request = named
            }
        }
        guard throttle.allows(context.visitor(of: request)) else {
            return try await again(QuestionThrottle.refusal, .tooManyRequests)
        }
        do {
            let wanted = RunRequest(
                analysis: analysis, cohort: .text(cohort), define: try Self.definitions(define),
                request: named.isEmpty ? nil : named)
            let run = try await office.start(try wanted.plan(for: person.id), title: analysis, asker: person.id)
            return PageResponse.go(to: "/runs/\(run.id)")
        } catch let error as RoundsError {
            return try await again(error.description)
        } catch let error as QueryError {
            return try await again("the cohort cannot be read: \(error.message)")
        } catch let error as HubError {
            return try await again(error.description, .serviceUnavailable)
        }
    }

    /// `name = meaning`, one on each line.
    static func definitions(_ text: String) throws(RoundsError) -> [String: String] {
        var found: [String: String] = [:]
        for line in text.split(whereSeparator: \.isNewline) where !line.allSatisfy(\.isWhitespace) {
            let parts = line.split(separator: "=", maxSplits: 1).map(Self.trimmed)
            guard parts.count == 2, !parts[0].isEmpty, !parts[1].isEmpty else {
                throw .plan("a variable is written as name = meaning, one on each line")
            }
            found[parts[0]] = parts[1]
        }
        return found
    }

    private static func trimmed(_ text: Substring) -> String {
        String(String(text.drop(while: \.isWhitespace).reversed().drop(while: \.isWhitespace).reversed()))
    }
}
