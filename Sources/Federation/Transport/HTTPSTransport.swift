import AsyncHTTPClient
import FoundationEssentials
import NIOCore
import NIOFoundationCompat
import NIOHTTP1
import NIOSSL

/// The real way to the hub: HTTPS to its address, over connections that stay open, trusting the federation's authority
/// and nobody else, through the proxy that the environment names.
struct HTTPSTransport: HubTransport {
    private let client: HTTPClient
    private let hub: String
    private let proxy: ProxySettings?

    init(hub: String, authority: [UInt8], options: NodeOptions) throws(FederationError) {
        guard let address = HubAddress(hub) else { throw .unusable("\(hub) is not a hub's address") }
        self.hub = address.text
        proxy = try ProxySettings(
            for: address.host.text, environment: options.environment ?? ProcessInfo.processInfo.environment)
        var tls = TLSConfiguration.makeClientConfiguration()
        tls.minimumTLSVersion = .tlsv12
        do {
            tls.trustRoots = .certificates([try NIOSSLCertificate(bytes: authority, format: .der)])
        } catch {
            throw .certificate(.unreadable)
        }
        if let extra = options.additionalTrust {
            do {
                tls.additionalTrustRoots = [.certificates(try NIOSSLCertificate.fromPEMBytes(extra))]
            } catch {
                throw .unusable("the additional certificates to trust are not in PEM")
            }
        }
        var configuration = HTTPClient.Configuration(
            tlsConfiguration: tls, redirectConfiguration: .disallow,
            timeout: .init(connect: .seconds(10)),
            connectionPool: .init(idleTimeout: .seconds(100), concurrentHTTP1ConnectionsPerHostSoftLimit: 16),
            proxy: proxy.map(Self.proxy))
        configuration.httpVersion = .http1Only
        // A hub that is away is the caller's to wait for, who tells the person at this machine.
        configuration.connectionPool.retryConnectionEstablishment = false
        client = HTTPClient(eventLoopGroupProvider: .singleton, configuration: configuration)
    }

    private static func proxy(_ settings: ProxySettings) -> HTTPClient.Configuration.Proxy {
        guard let user = settings.user else { return .server(host: settings.host, port: settings.port) }
        return .server(
            host: settings.host, port: settings.port,
            authorization: .basic(username: user, password: settings.password ?? ""))
    }

    func close() async {
        try? await client.shutdown()
    }

    func post(
        _ action: SignedRequest.Action, _ bytes: [UInt8], patience: Duration
    ) async throws(FederationError) -> [UInt8] {
        var request = HTTPClientRequest(url: "\(hub)/federation/v1/\(action.rawValue)")
        request.method = .POST
        request.headers.add(name: "content-type", value: "application/json")
        request.body = .bytes(ByteBuffer(bytes: bytes))
        do {
            let response = try await client.execute(request, timeout: .milliseconds(Int64(patience.seconds * 1000)))
            let body = try await response.body.collect(upTo: MessageLimits.body * 2)
            return Array(body.readableBytesView)
        } catch {
            throw TransportTrouble.explain(error, hub: hub, proxy: proxy)
        }
    }
}
