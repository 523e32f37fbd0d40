public import HummingbirdCore
import HummingbirdTLS
import NIOSSL

/// Servers that do not wait for slow or idle clients for ever, nor take connections without end: what Hummingbird's
/// own time-outs leave open (see ``ConnectionLimits``).
public enum GuardedServer {
    /// A plain HTTP server, to give to Hummingbird's `Application(router:server:…)`.
    ///
    /// A response under way is never idle, however long it takes, so that server-sent events may go on for hours; a
    /// client that stops reading one is closed after ``ConnectionLimits/stall``.
    ///
    /// Behind a proxy all connections come from one address: then let ``ConnectionLimits/connectionsPerAddress`` be as
    /// large as ``ConnectionLimits/connections``.
    public static func http(limits: ConnectionLimits = ConnectionLimits()) -> HTTPServerBuilder {
        builder(limits) { $0 }
    }

    /// The same over TLS.
    static func https(_ tls: TLSConfiguration, limits: ConnectionLimits) -> HTTPServerBuilder {
        builder(limits) { try TLSChannel($0, tlsConfiguration: tls) }
    }

    private static func builder<Channel: ServerChildChannel>(
        _ limits: ConnectionLimits, _ wrap: @escaping @Sendable (HTTP1Channel) throws -> Channel
    ) -> HTTPServerBuilder {
        let census = ConnectionCensus(limits: limits)
        return HTTPServerBuilder { responder in
            let configuration = HTTP1Channel.Configuration(
                additionalChannelHandlers: [DeadlineHandler(limits: limits), GoneHandler()],
                httpDecoderConfiguration: .init(
                    maxHeaderFieldSize: limits.headerBytes, maxHeaderListSize: limits.headerBytes,
                    maxHeaderFieldCount: 100))
            let http = HTTP1Channel(responder: responder, configuration: configuration)
            return GuardedChannel(base: try wrap(http), census: census)
        }
    }
}
