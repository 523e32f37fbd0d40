import HTTPTypes
import Hummingbird

/// The two cookies of the hub's page: the session's, and one that holds forms together before anybody has signed in.
///
/// Over HTTPS their names begin with `__Host-`: a browser takes such a cookie from this host alone, never from a
/// neighbour under the same domain.
struct BrowserCookies: Sendable {
    let isSecure: Bool

    private var prefix: String { isSecure ? "__Host-" : "" }
    var session: String { prefix + "atles-session" }
    var form: String { prefix + "atles-form" }

    func secret(_ name: String, of request: Request) -> BrowserSecret? {
        // All cookies of the name are one too many: two would mean that somebody else has set one.
        let values = request.headers[values: .cookie].flatMap { $0.split(separator: ";") }.compactMap { pair in
            let parts = pair.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
            return parts.count == 2 && parts[0].filter({ $0 != " " }) == name ? String(parts[1]) : nil
        }
        guard values.count == 1, let value = values.first else { return nil }
        return BrowserSecret(text: value)
    }

    func set(_ name: String, _ secret: BrowserSecret, on response: inout Response) {
        response.headers[values: .setCookie].append("\(name)=\(secret.text); \(attributes)")
    }

    func clear(_ name: String, on response: inout Response) {
        response.headers[values: .setCookie].append("\(name)=; Max-Age=0; \(attributes)")
    }

    private var attributes: String { "Path=/; HttpOnly; SameSite=Lax" + (isSecure ? "; Secure" : "") }
}
