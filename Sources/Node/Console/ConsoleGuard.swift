import HTTPTypes
import Hummingbird
import Logging
import WebPages

/// Puts the security headers on every answer, refuses names that are not this console's (a page elsewhere whose name is made
/// to point here would otherwise read along), and turns what went wrong into a page without details.
struct ConsoleGuard: RouterMiddleware {
    let routes: ConsoleRoutes
    /// Names that the browser may call this console by: host and port.
    let names: Set<String>
    let logger: Logger

    func handle(
        _ request: Request, context: BasicRequestContext,
        next: (Request, BasicRequestContext) async throws -> Response
    ) async throws -> Response {
        var response: Response
        do {
            guard names.contains(request.head.authority ?? "") else { throw HTTPError(.misdirectedRequest) }
            response = try await next(request, context)
        } catch let error as any HTTPResponseError {
            let (title, message) =
                switch error.status {
                case .notFound: ("There is no such page", "The object may have been decided about already.")
                case .forbidden: ("Sign in again", "The session has ended, or the form was not this console's own.")
                case .misdirectedRequest:
                    ("Not this address", "Open the console by the address that the node printed when it started.")
                default: ("This did not work", "The console cannot serve this request.")
                }
            response = routes.html(routes.failurePage(title, message), status: error.status)
        } catch {
            logger.error("console: \(request.method) failed: \(error)")
            response = routes.html(
                routes.failurePage("This did not work", "Something went wrong at the node. It is in its log."),
                status: .internalServerError)
        }
        for (name, value) in SecurityHeaders.all {
            if let name = HTTPField.Name(name) { response.headers[name] = value }
        }
        return response
    }
}
