import Governance
import HTTPTypes

extension RouteTable {
    /// Every route of the hub's page and programming interface, with who may use it.
    static let all = RouteTable(publicRules + signInRules + requestRules + runRules)

    /// Analyses: begun by researchers, seen by whom they belong to and by those who watch over the federation.
    private static let runRules: [RouteRule] = [
        RouteRule(.post, "/api/v1/runs", .role([.researcher]), scope: .run),
        RouteRule(.get, "/api/v1/runs", .signedIn, scope: .read),
        RouteRule(.get, "/api/v1/runs/{id}", .signedIn, scope: .read),
        RouteRule(.get, "/api/v1/runs/{id}/events", .signedIn, scope: .read),
        RouteRule(.post, "/api/v1/runs/{id}/cancel", .signedIn, scope: .run),
        RouteRule(.get, "/runs", .signedIn),
        RouteRule(.post, "/runs", .role([.researcher])),
        RouteRule(.get, "/runs/{id}", .signedIn),
        RouteRule(.post, "/runs/{id}/cancel", .signedIn),
        RouteRule(.get, "/runs/{id}/pictures/{file}", .signedIn),
    ]

    /// What everybody may see and ask: the federation, counts, and the addresses for other front ends.
    private static let publicRules: [RouteRule] = [
        RouteRule(.get, "/", .anyone),
        RouteRule(.get, "/query", .anyone),
        RouteRule(.get, "/about", .anyone),
        RouteRule(.get, "/attributes", .anyone),
        RouteRule(.get, "/attributes/{entity}", .anyone),
        RouteRule(.get, "/healthz", .anyone),
        RouteRule(.get, "/robots.txt", .anyone),
        RouteRule(.get, "/favicon.ico", .anyone),
        RouteRule(.get, "/assets/**", .anyone),
        RouteRule(.get, "/api/v1/federation", .anyone, scope: .read),
        RouteRule(.get, "/api/v1/attributes", .anyone, scope: .read),
        RouteRule(.post, "/api/v1/queries", .anyone, proof: .none, scope: .ask),
        RouteRule(.get, "/api/v1/queries/{id}", .anyone, scope: .read),
        RouteRule(.get, "/api/v1/queries/{id}/events", .anyone, scope: .read),
        RouteRule(.post, "/beam", .anyone, proof: .none),
        RouteRule(.get, "/beam/{id}", .anyone),
        RouteRule(.options, "/beam", .anyone, proof: .none),
        RouteRule(.post, "/prism/criteria", .anyone, proof: .none),
        RouteRule(.options, "/prism/criteria", .anyone, proof: .none),
        RouteRule(.get, "/health", .anyone),
        RouteRule(.get, "/.well-known/jwks.json", .anyone),
    ]
}
