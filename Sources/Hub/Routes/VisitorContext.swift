import Governance
import HTTPTypes
import Hummingbird
import NIOCore

/// A request with the address that it came from, and the person who is signed in.
///
/// ``IdentityMiddleware`` says who somebody is, ``GuardMiddleware`` whether they may use the route. Nobody else writes here.
struct VisitorContext: RequestContext {
    var coreContext: CoreRequestContextStorage
    private let peer: SocketAddress?
    /// Who is signed in, or whose token came; nil for everybody else. Half signed in is not signed in.
    var person: Person?
    /// The browser's session; nil for programs and for who is not signed in.
    var session: Session?
    /// The personal token that came with the request.
    var token: PersonalToken?
    /// A session of which the password was right and the second factor is missing.
    var unfinished: Session?
    /// What holds this browser's forms together: the secret of its session, or of its form cookie.
    var browser: BrowserSecret?

    init(source: ApplicationRequestContextSource) {
        coreContext = .init(source: source)
        peer = source.channel.remoteAddress
    }

    /// What a form on a page for this browser must hold as the hidden field `csrf`.
    var formToken: String { browser?.formToken ?? "" }

    /// The person, on a route whose rule asks for one.
    func signedIn() throws -> Person {
        guard let person else { throw AccessRefusal.signIn }
        return person
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
