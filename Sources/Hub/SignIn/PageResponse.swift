import HTTPTypes
import Hummingbird
import NIOCore
import WebPages

/// Answers of pages for people who sign in.
enum PageResponse {
    static func html(_ page: String, status: HTTPResponse.Status = .ok) -> Response {
        Response(
            status: status,
            headers: [.contentType: "text/html; charset=utf-8", .cacheControl: SecurityHeaders.pageCacheControl],
            body: .init(byteBuffer: ByteBuffer(string: page)))
    }

    /// After a form: the browser fetches the next page, and going back does not send the form again.
    static func go(_ destination: Destination) -> Response { go(to: destination.path) }

    static func go(to path: String) -> Response {
        Response(status: .seeOther, headers: [.location: path, .cacheControl: "no-store"])
    }
}
