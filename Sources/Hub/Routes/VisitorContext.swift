import HTTPTypes
import Hummingbird
import NIOCore

/// A request with the address that it came from.
struct VisitorContext: RequestContext {
    var coreContext: CoreRequestContextStorage
    private let peer: SocketAddress?

    init(source: ApplicationRequestContextSource) {
        coreContext = .init(source: source)
        peer = source.channel.remoteAddress
    }

    /// Whom to count a request to: the peer, or, behind a web server on this machine, whom that server names. nil for
    /// a program on this machine itself.
    func visitor(of request: Request) -> String? {
        guard let address = peer?.ipAddress else { return nil }
        guard address == "127.0.0.1" || address == "::1" else { return address }
        guard let forwarded = HTTPField.Name("x-forwarded-for").flatMap({ request.headers[$0] }) else { return nil }
        // The last one is what the server on this machine saw; those before it are whatever the visitor wrote.
        let last = forwarded.split(separator: ",").last.map { $0.filter { !$0.isWhitespace } } ?? ""
        return String(last.prefix(64))
    }
}
