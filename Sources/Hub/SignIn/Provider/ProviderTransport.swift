import AsyncHTTPClient
import FoundationEssentials
import NIOCore
import NIOFoundationCompat
import NIOHTTP1

/// How the hub asks a provider over the network.
protocol ProviderTransport: Sendable {
    /// Fetches a document; `bearer` is an access token.
    func get(_ address: String, bearer: String?) async throws(ProviderError) -> Data
    /// Sends a form and returns the answer of a success. `basic` is what follows `Basic` in the header.
    func post(_ address: String, form: [(String, String)], basic: String?) async throws(ProviderError) -> Data
}

/// Over HTTP: no redirects, ten seconds, one megabyte.
struct HTTPProviderTransport: ProviderTransport {
    /// One for the whole process, which is never shut down: connections close by themselves.
    static let shared = HTTPProviderTransport()

    private let client: HTTPClient

    private static let largest = 1 << 20
    private static let patience = TimeAmount.seconds(10)

    private init() {
        var configuration = HTTPClient.Configuration()
        configuration.redirectConfiguration = .disallow
        configuration.timeout = .init(connect: .seconds(5), read: .seconds(10))
        client = HTTPClient(eventLoopGroup: HTTPClient.defaultEventLoopGroup, configuration: configuration)
    }

    func get(_ address: String, bearer: String?) async throws(ProviderError) -> Data {
        var request = HTTPClientRequest(url: address)
        request.headers.add(name: "accept", value: "application/json")
        if let bearer { request.headers.add(name: "authorization", value: "Bearer " + bearer) }
        return try await send(request)
    }

    func post(_ address: String, form: [(String, String)], basic: String?) async throws(ProviderError) -> Data {
        var request = HTTPClientRequest(url: address)
        request.method = .POST
        request.headers.add(name: "accept", value: "application/json")
        request.headers.add(name: "content-type", value: "application/x-www-form-urlencoded")
        if let basic { request.headers.add(name: "authorization", value: "Basic " + basic) }
        let body = form.map { "\(WebLink.encoded($0.0))=\(WebLink.encoded($0.1))" }.joined(separator: "&")
        request.body = .bytes(ByteBuffer(string: body))
        return try await send(request)
    }

    private func send(_ request: HTTPClientRequest) async throws(ProviderError) -> Data {
        do {
            let response = try await client.execute(request, timeout: Self.patience)
            guard response.status == .ok else { throw ProviderError.refused }
            return Data(buffer: try await response.body.collect(upTo: Self.largest))
        } catch let error as ProviderError {
            throw error
        } catch {
            throw .unreachable
        }
    }
}

/// Why a sign-in at a provider cannot go on.
enum ProviderError: Error, Equatable, Sendable, CustomStringConvertible {
    case unreachable
    /// It answered, but not with a success.
    case refused
    /// Its document is not one, or lacks what is needed.
    case badDocument
    case token(TokenRefusal)
    /// The answer does not belong to a sign-in of this browser, or came a second time.
    case unknownState
    /// The person said no, or the provider did: its own code.
    case declined(String)
    /// The provider's name of the person cannot be kept.
    case badSubject

    var description: String {
        switch self {
        case .unreachable: "the sign-in provider does not answer; try again in a minute"
        case .refused: "the sign-in provider did not accept the request"
        case .badDocument: "the sign-in provider's answer cannot be used"
        case .token(let refusal): "the sign-in was not accepted: \(refusal)"
        case .unknownState:
            "this answer does not belong to a sign-in that was begun in this browser, or it was used before; begin again"
        case .declined(let code):
            code == "access_denied" ? "the sign-in was cancelled" : "the sign-in provider refused the sign-in"
        case .badSubject: "the sign-in provider names people in a way that cannot be kept here"
        }
    }
}
