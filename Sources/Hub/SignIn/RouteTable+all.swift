import HTTPTypes

extension RouteTable {
    /// Every route of the hub's page and programming interface, with who may use it.
    static let all = RouteTable(publicRules + signInRules)

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
    ]
}
