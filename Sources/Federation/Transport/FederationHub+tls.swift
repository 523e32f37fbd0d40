public import HummingbirdCore
import NIOCore
public import NIOSSL

extension FederationHub {
    /// The server to give to Hummingbird's `Application(router:server:…)`: TLS with the hub's certificate, deadlines
    /// on every connection and limits on their number.
    public func serverBuilder(
        limits: ConnectionLimits = ConnectionLimits()
    ) throws(FederationError) -> HTTPServerBuilder {
        GuardedServer.https(try tlsConfiguration(), limits: limits)
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
