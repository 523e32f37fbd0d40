import HTTPTypes
import Hummingbird
import NIOCore

/// Why somebody may not do what they asked for: a sentence for them, without what they may not know.
struct AccessRefusal: HTTPResponseError, Equatable {
    let status: HTTPResponse.Status
    let message: String

    init(_ message: String, status: HTTPResponse.Status = .forbidden) {
        self.status = status
        self.message = message
    }

    static let signIn = AccessRefusal("Sign in first.", status: .unauthorized)
    static let noRight = AccessRefusal("Your roles do not allow this.")
    static let unlisted = AccessRefusal("Nobody may use this address.")
    static let badToken = AccessRefusal(
        "The personal token is not valid: it has expired, was revoked, or never was one.", status: .unauthorized)
    static let scope = AccessRefusal("The personal token is not good for this.")
    static let elsewhere = AccessRefusal(
        "This request did not come from a page of this hub, or the page was too old. Go back, load it again, and repeat."
    )
    static let tooMany = AccessRefusal(
        "There were many attempts in a short time. Wait a minute.", status: .tooManyRequests)

    func response(from request: Request, context: some RequestContext) throws -> Response {
        Response(
            status: status, headers: [.contentType: "text/plain; charset=utf-8"],
            body: .init(byteBuffer: ByteBuffer(string: message + "\n")))
    }
}
