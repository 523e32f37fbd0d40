import Hummingbird
import NIOCore
import WebPages

/// The fields that a page's form sent. The guard has read the body and checked its token before a route sees it.
struct PageForm: Sendable {
    private let body: String

    init(_ request: Request) async throws {
        body = String(buffer: try await request.body.collect(upTo: 1 << 20))
    }

    /// The field's text without blanks around it; empty where there is none.
    func text(_ name: String, upTo limit: Int = 300) -> String {
        let raw = raw(name)
        let trimmed = raw.drop(while: \.isWhitespace).reversed().drop(while: \.isWhitespace).reversed()
        return String(String(trimmed).prefix(limit))
    }

    /// The field's text as it was typed: for passwords.
    func raw(_ name: String) -> String { QueryString.value(of: name, in: body) ?? "" }

    /// The values of the boxes that were ticked.
    func all(_ name: String) -> [String] { QueryString.values(of: name, in: body) }
}

/// An address inside this hub to go on to after signing in. Anything that could lead elsewhere becomes the account's page.
struct Destination: Sendable, Equatable {
    let path: String

    static let account = Destination("/account")

    init(_ text: String?) {
        let text = text ?? ""
        let isPlain = text.utf8.allSatisfy { (0x21...0x7E).contains($0) && $0 != UInt8(ascii: "\\") }
        // A second slash would begin the name of another host.
        let isHere = text.hasPrefix("/") && !text.hasPrefix("//") && text.utf8.count <= 2000
        let isSignIn = text.hasPrefix("/sign-in") || text.hasPrefix("/sign-out") || text.hasPrefix("/signed-out")
        path = isPlain && isHere && !isSignIn ? text : "/account"
    }
}
