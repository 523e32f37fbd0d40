import Federation
import Governance
import HTTPTypes

/// Who may use one route of the hub. A route without a rule is refused to everybody.
struct RouteRule: Sendable {
    /// Who may come.
    enum Access: Sendable, Equatable {
        /// Everybody, signed in or not.
        case anyone
        /// Whoever is signed in. What they see and change there is their own: the route's handler looks at the owner.
        case signedIn
        /// Who holds one of the roles; a role of a site, at whatever site.
        case role(Set<Role>)
        /// Who holds one of the roles at the site that the path names with `{site}`.
        case roleAtSite(Set<Role>)
    }

    /// What a request that changes something must show, so that no page elsewhere can send it in a visitor's name.
    enum Proof: Sendable {
        /// The token of a form that this hub showed to this browser. The default.
        case formToken
        /// Nothing: what comes from elsewhere is treated as from somebody who is not signed in.
        case none
    }

    let method: HTTPRequest.Method
    /// As it was given to the router.
    let path: String
    let access: Access
    let proof: Proof
    /// What a personal token must be good for here; nil where none is taken.
    let scope: TokenScope?
    /// The largest body that is read where a form's token must be looked for: bytes.
    let largestBody: Int

    init(
        _ method: HTTPRequest.Method, _ path: String, _ access: Access, proof: Proof = .formToken,
        scope: TokenScope? = nil, largestBody: Int = 1 << 20
    ) {
        self.method = method
        self.path = path
        self.access = access
        self.proof = proof
        self.scope = scope
        self.largestBody = largestBody
    }

    /// Whether `person` may come; `site` is what the path names.
    func admits(_ person: Person?, site: String?) -> Bool {
        switch access {
        case .anyone: true
        case .signedIn: person != nil
        case .role(let roles): person?.roles.contains { roles.contains($0.role) } ?? false
        case .roleAtSite(let roles):
            person?.roles.contains { roles.contains($0.role) && $0.site != nil && $0.site?.description == site }
                ?? false
        }
    }
}

/// The rules of all routes.
struct RouteTable: Sendable {
    private let rules: [String: RouteRule]

    init(_ rules: [RouteRule]) {
        self.rules = Dictionary(
            rules.map { (Self.key($0.method, $0.path), $0) }, uniquingKeysWith: { first, _ in first })
    }

    /// Each method and path for which there is a rule.
    var keys: Set<String> { Set(rules.keys) }

    /// The rule of a route; nil where nobody has said who may use it.
    func rule(_ method: HTTPRequest.Method, _ path: String) -> RouteRule? {
        rules[Self.key(method == .head ? .get : method, path)]
    }

    private static func key(_ method: HTTPRequest.Method, _ path: String) -> String {
        // The router writes a parameter both ways, and a path with and without its first slash.
        let parts = path.split(separator: "/").map { part in
            part.hasPrefix(":") ? "{\(part.dropFirst())}" : String(part)
        }
        return method.rawValue + " /" + parts.joined(separator: "/")
    }
}
