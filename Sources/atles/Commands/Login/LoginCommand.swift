import ArgumentParser
import AsyncHTTPClient
import Foundation
import NIOCore
import NIOFoundationCompat
import NIOHTTP1

struct LoginCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "login", abstract: "Signs this terminal in at a hub.",
        discussion: """
            Shows a code and a link. Open the link in any browser, sign in there, and approve the code; this terminal \
            then holds a token of its own for thirty days, in ~/.atles/credentials.json.
            """)

    @Option(help: "The hub's page, such as https://hub.example.org.") var hub: String = "http://127.0.0.1:8080"

    func run() async throws {
        try await explained {
            let client = try TokenClient(address: hub)
            let begun = try await client.begin(name: "atles on " + ProcessInfo.processInfo.hostName)
            // Written at once, into a pipe too: somebody waits for it.
            try FileHandle.standardOutput.write(
                contentsOf: Data(
                    """
                    Open   \(Terminal.plain(begun.verificationUriComplete))
                    Code   \(Terminal.plain(begun.userCode))

                    """.utf8))
            Terminal.note("Waiting for your approval; Ctrl-C gives up.")
            let token = try await client.wait(for: begun)
            try HubCredentials.set(token, for: hub)
            print("This terminal is signed in at \(Terminal.plain(hub)).")
        }
    }
}

struct LogoutCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "logout", abstract: "Takes back this terminal's token, and forgets it.")

    @Option(help: "The hub's page.") var hub: String = "http://127.0.0.1:8080"

    func run() async throws {
        try await explained {
            guard let token = try HubCredentials.token(for: hub) else {
                print("This terminal is not signed in at \(Terminal.plain(hub)).")
                return
            }
            // Forgotten here first: a hub that is away must not keep a terminal signed in.
            try HubCredentials.set(nil, for: hub)
            try await TokenClient(address: hub).revoke(token)
            print("This terminal is signed out.")
        }
    }
}

/// The terminal's side of the device code (RFC 8628).
private struct TokenClient {
    let address: String

    struct Begun: Decodable {
        var deviceCode: String
        var userCode: String
        var verificationUriComplete: String
        var expiresIn: Int
        var interval: Int
    }

    private struct Answer: Decodable {
        var accessToken: String?
        var error: String?
    }

    private static func decoder() -> JSONDecoder {
        let decoder = JSONDecoder()
        decoder.keyDecodingStrategy = .convertFromSnakeCase
        return decoder
    }

    init(address: String) throws {
        guard let url = URL(string: address), ["http", "https"].contains(url.scheme), url.host() != nil else {
            throw Refusal("\(Terminal.plain(address)) is not a hub's address, such as http://127.0.0.1:8080")
        }
        self.address = address.hasSuffix("/") ? String(address.dropLast()) : address
    }

    func begin(name: String) async throws -> Begun {
        let (status, bytes) = try await send(.POST, "/api/v1/device/code", form: ["client": name])
        guard status == .ok, let begun = try? Self.decoder().decode(Begun.self, from: bytes) else {
            throw Refusal("the hub did not begin a sign-in; is \(address) the address of a hub of this version?")
        }
        return begun
    }

    func wait(for begun: Begun) async throws -> String {
        var interval = min(max(begun.interval, 1), 60)
        let end = ContinuousClock.now.advanced(by: .seconds(min(max(begun.expiresIn, 1), 3600)))
        while ContinuousClock.now < end {
            try await Task.sleep(for: .seconds(interval))
            let (_, bytes) = try await send(.POST, "/api/v1/device/token", form: ["device_code": begun.deviceCode])
            let answer = try Self.decoder().decode(Answer.self, from: bytes)
            if let token = answer.accessToken { return token }
            switch answer.error {
            case "authorization_pending": continue
            case "slow_down": interval = min(interval + 5, 60)
            case "access_denied": throw Refusal("the sign-in was refused in the browser")
            default: throw Refusal("the code has expired: begin again")
            }
        }
        throw Refusal("the code has expired: begin again")
    }

    func revoke(_ token: String) async throws {
        let (status, _) = try await send(.DELETE, "/api/v1/token", form: [:], bearer: token)
        guard status == .noContent || status == .unauthorized else {
            throw Refusal("the hub did not take the token back; do so on its page, under My tokens")
        }
    }

    private func send(
        _ method: HTTPMethod, _ path: String, form: [String: String], bearer: String? = nil
    ) async throws -> (HTTPResponseStatus, Data) {
        var request = HTTPClientRequest(url: address + path)
        request.method = method
        if let bearer { request.headers.add(name: "authorization", value: "Bearer " + bearer) }
        if !form.isEmpty {
            var components = URLComponents()
            components.queryItems = form.map { URLQueryItem(name: $0.key, value: $0.value) }
            request.headers.add(name: "content-type", value: "application/x-www-form-urlencoded")
            request.body = .bytes(ByteBuffer(string: components.percentEncodedQuery ?? ""))
        }
        do {
            let response = try await HTTPClient.shared.execute(request, timeout: .seconds(30))
            return (response.status, Data(buffer: try await response.body.collect(upTo: 1 << 20)))
        } catch {
            throw Refusal("no Atles hub can be reached at \(address)")
        }
    }
}
