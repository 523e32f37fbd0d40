public import Hummingbird
public import HummingbirdCore
public import NIOSSL

extension FederationHub {
    /// Adds `/federation/v1/…` to a router.
    public func addRoutes(to router: Router<some RequestContext>) {}

    /// The server to give to Hummingbird's `Application`: TLS with the hub's certificate, which is renewed without a
    /// restart, and deadlines on every connection.
    public func serverBuilder(limits: ConnectionLimits = ConnectionLimits()) throws(FederationError)
        -> HTTPServerBuilder
    { throw .unusable("not built yet") }

    /// The hub's TLS settings, for a server of another kind.
    public func tlsConfiguration() throws(FederationError) -> TLSConfiguration { throw .unusable("not built yet") }
}

/// How much patience the hub has with a connection.
public struct ConnectionLimits: Sendable {
    public init() {}
}
