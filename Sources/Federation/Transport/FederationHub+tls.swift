public import HummingbirdCore
import HummingbirdTLS
import NIOCore
public import NIOSSL

extension FederationHub {
    /// The server to give to Hummingbird's `Application(router:server:…)`: TLS with the hub's certificate, deadlines
    /// on every connection and limits on their number.
    public func serverBuilder(
        limits: ConnectionLimits = ConnectionLimits()
    ) throws(FederationError) -> HTTPServerBuilder {
        let tls = try tlsConfiguration()
        let census = ConnectionCensus(limits: limits)
        return HTTPServerBuilder { responder in
            let configuration = HTTP1Channel.Configuration(
                additionalChannelHandlers: [DeadlineHandler(limits: limits), GoneHandler()],
                httpDecoderConfiguration: .init(
                    maxHeaderFieldSize: limits.headerBytes, maxHeaderListSize: limits.headerBytes,
                    maxHeaderFieldCount: 100))
            let http = HTTP1Channel(responder: responder, configuration: configuration)
            return GuardedChannel(base: try TLSChannel(http, tlsConfiguration: tls), census: census)
        }
    }

    /// The hub's TLS settings, for a server of another kind: TLS 1.2 or newer, no client certificates.
    ///
    /// The certificate is looked up at every handshake, so that a renewed one is used without a restart.
    public func tlsConfiguration() throws(FederationError) -> TLSConfiguration {
        do {
            let key = try NIOSSLPrivateKey(bytes: Array(certificates.serverKey.utf8), format: .pem)
            let first = try NIOSSLCertificate(bytes: certificates.current.server, format: .der)
            var configuration = TLSConfiguration.makeServerConfiguration(
                certificateChain: [.certificate(first)], privateKey: .privateKey(key))
            configuration.minimumTLSVersion = .tlsv12
            configuration.sslContextCallback = { [certificates] _, promise in
                promise.completeWith(
                    Result {
                        var override = NIOSSLContextConfigurationOverride()
                        override.certificateChain = [
                            .certificate(try NIOSSLCertificate(bytes: certificates.current.server, format: .der))
                        ]
                        override.privateKey = .privateKey(key)
                        return override
                    })
            }
            return configuration
        } catch {
            throw .cryptography("the hub's TLS certificate or key cannot be used")
        }
    }
}
