import Governance
import HTTPTypes

extension RouteTable {
    /// Access requests. Who may see and do what with one of them is decided by the request itself: a stranger is told the
    /// same as of one that is not there.
    static let requestRules: [RouteRule] = [
        RouteRule(.get, "/requests", .signedIn),
        RouteRule(.post, "/requests", .signedIn),
        RouteRule(.get, "/requests/new", .signedIn),
        RouteRule(.get, "/requests/{id}", .signedIn),
        RouteRule(.get, "/requests/{id}/form", .signedIn),
        RouteRule(.post, "/requests/{id}/form", .signedIn, largestBody: RequestRoutes.largestBody),
        RouteRule(.post, "/requests/{id}/actions", .signedIn),
        RouteRule(.post, "/requests/{id}/messages", .signedIn, largestBody: RequestRoutes.largestBody),
        RouteRule(.post, "/requests/{id}/people", .signedIn),
        RouteRule(.get, "/requests/{id}/files/{digest}", .signedIn),
        RouteRule(.get, "/requests/{id}/join", .signedIn),
        RouteRule(.post, "/requests/{id}/join", .signedIn),
        RouteRule(.get, "/committee", .role([.committeeMember, .dataManager])),
        RouteRule(.get, "/operator/requests", .role([.federationOperator, .auditor])),
        RouteRule(.get, "/api/v1/requests", .signedIn, scope: .read),
        RouteRule(.get, "/api/v1/requests/{id}", .signedIn, scope: .read),
        RouteRule(.get, "/api/v1/requests/{id}/negotiation", .signedIn, scope: .read),
    ]
}
