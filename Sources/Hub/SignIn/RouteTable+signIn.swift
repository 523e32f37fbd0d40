import Governance
import HTTPTypes

extension RouteTable {
    /// Signing in and out, and what is a person's own.
    static let signInRules: [RouteRule] = [
        RouteRule(.get, "/sign-in", .anyone),
        RouteRule(.post, "/sign-in", .anyone),
        RouteRule(.get, "/sign-in/code", .anyone),
        RouteRule(.post, "/sign-in/code", .anyone),
        RouteRule(.get, "/sign-in/recover", .anyone),
        RouteRule(.post, "/sign-in/recover", .anyone),
        RouteRule(.get, "/sign-in/second-factor", .anyone),
        RouteRule(.post, "/sign-in/second-factor", .anyone),
        RouteRule(.get, "/sign-in/provider", .anyone),
        RouteRule(.get, "/sign-in/provider/answer", .anyone),
        RouteRule(.post, "/sign-out/back-channel", .anyone, proof: .none),
        RouteRule(.get, "/sign-out/front-channel", .anyone),
        RouteRule(.post, "/sign-out", .anyone),
        RouteRule(.get, "/signed-out", .anyone),
        RouteRule(.get, "/account", .signedIn),
        RouteRule(.post, "/account/password", .signedIn),
        RouteRule(.post, "/account/second-factor", .signedIn),
        RouteRule(.post, "/account/sessions/end", .signedIn),
        RouteRule(.get, "/account/tokens", .signedIn),
        RouteRule(.post, "/account/tokens", .signedIn),
        RouteRule(.post, "/account/tokens/revoke", .signedIn),
        RouteRule(.delete, "/api/v1/token", .signedIn, scope: .read),
        RouteRule(.get, "/api/v1/me", .signedIn, scope: .read),
        RouteRule(.post, "/api/v1/device/code", .anyone, proof: .none),
        RouteRule(.post, "/api/v1/device/token", .anyone, proof: .none),
        RouteRule(.get, "/device", .signedIn),
        RouteRule(.post, "/device", .signedIn),
        RouteRule(.get, "/people", .role([.federationOperator])),
        RouteRule(.post, "/people", .role([.federationOperator])),
        RouteRule(.post, "/people/role", .role([.federationOperator])),
        RouteRule(.post, "/people/reset", .role([.federationOperator])),
        RouteRule(.post, "/people/remove", .role([.federationOperator])),
    ]
}
