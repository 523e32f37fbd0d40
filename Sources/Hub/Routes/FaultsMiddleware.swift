import HTTPTypes
import Hummingbird
import Logging
import WebPages

/// Puts the security headers on every answer, and turns what went wrong into one: a document for programs, a page for
/// people. A fault of the hub's own is logged and told without its details.
struct FaultsMiddleware<Context: RequestContext>: RouterMiddleware {
    let pages: PageRoutes
    let logger: Logger

    func handle(
        _ request: Request, context: Context, next: (Request, Context) async throws -> Response
    ) async throws -> Response {
        var response: Response
        do {
            response = try await next(request, context)
        } catch let error as AccessRefusal {
            response = try refusal(error, request)
        } catch let error as any HTTPResponseError {
            response = try refusal(error, request)
        } catch {
            logger.error("\(request.method) \(request.uri.path): \(error)")
            response = try answer(
                request, status: .internalServerError, "Something went wrong at the hub. It is in its log.")
        }
        for (name, value) in SecurityHeaders.all {
            // A route may have said it more exactly.
            if let name = HTTPField.Name(name), response.headers[name] == nil { response.headers[name] = value }
        }
        return response
    }

    private func refusal(_ error: AccessRefusal, _ request: Request) throws -> Response {
        guard error == .signIn, request.method == .get, !request.uri.path.hasPrefix("/api/") else {
            return try answer(request, status: error.status, error.message)
        }
        return Response(
            status: .seeOther,
            headers: [.location: "/sign-in?to=" + WebLink.encoded(String(request.uri.string.prefix(2000)))])
    }

    private func refusal(_ error: any HTTPResponseError, _ request: Request) throws -> Response {
        let sentence =
            switch error.status {
            case .notFound: "There is nothing at this address."
            case .contentTooLarge: "This is larger than the hub reads."
            case .methodNotAllowed: "This address cannot be used in this way."
            default: "The hub cannot serve this request."
            }
        return try answer(request, status: error.status, sentence)
    }

    private func answer(_ request: Request, status: HTTPResponse.Status, _ sentence: String) throws -> Response {
        if request.uri.path.hasPrefix("/api/") {
            return try JSONResponse.make(ErrorDocument(message: sentence), status: status)
        }
        if status == .notFound { return pages.failure(.notFound) }
        return pages.failure(PageFailure(status: status.code, title: "This did not work", message: sentence))
    }
}
