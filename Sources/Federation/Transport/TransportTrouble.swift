import AsyncHTTPClient
import NIOCore
import NIOPosix
import NIOSSL

/// Turns what the network libraries throw into a sentence for the person at the node.
enum TransportTrouble {
    static func explain(_ error: any Error, hub: String, proxy: ProxySettings?) -> FederationError {
        let way = proxy.map { " (through the proxy \($0.host):\($0.port))" } ?? ""
        func unreachable(_ why: String) -> FederationError { .unreachable(hub: hub + way, why: why) }
        switch error {
        case let error as NIOSSLError: return ofTLS(error, hub: hub + way)
        case let error as NIOSSLExtraError where error == .failedToValidateHostname:
            return .untrusted(hub: hub + way, why: "its certificate is for another host name")
        case let error as NIOConnectionError:
            if error.connectionErrors.isEmpty { return unreachable("its name is not known here (DNS)") }
            return unreachable("nothing answers there; is the address right, and does a firewall allow it?")
        case let error as HTTPClientError:
            switch error {
            case .connectTimeout, .getConnectionFromPoolTimeout: return unreachable("nothing answers within 10 seconds")
            case .deadlineExceeded, .readTimeout: return unreachable("it took too long to answer")
            case .tlsHandshakeTimeout, .httpProxyHandshakeTimeout:
                return unreachable("the connection was not set up in time")
            case .remoteConnectionClosed: return unreachable("the connection was closed")
            case .proxyAuthenticationRequired: return unreachable("the proxy asks for a user name and a password")
            case .invalidProxyResponse: return unreachable("the proxy does not allow the connection")
            default: return unreachable(error.shortDescription)
            }
        case let error as IOError:
            return unreachable(error.errnoCode == 111 ? "nothing listens at that address" : "the connection broke")
        case let error as NIOTooManyBytesError:
            _ = error
            return .untrusted(hub: hub, why: "its answer is far too long")
        case is CancellationError: return unreachable("this node is stopping")
        default: return unreachable("\(error)")
        }
    }

    private static func ofTLS(_ error: NIOSSLError, hub: String) -> FederationError {
        switch error {
        case .handshakeFailed(let inner) where "\(inner)".contains("CERTIFICATE_VERIFY_FAILED"):
            return .untrusted(
                hub: hub,
                why: "its certificate was not issued by the federation's authority. Is the invitation this hub's? If a "
                    + "proxy inspects TLS on the way, name its certificate in the node's settings")
        case .unableToValidateCertificate:
            return .untrusted(hub: hub, why: "its certificate cannot be checked")
        default:
            return .unreachable(hub: hub, why: "the secure connection broke (\(error))")
        }
    }
}
