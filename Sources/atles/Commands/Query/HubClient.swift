import AsyncHTTPClient
import Cohort
import Foundation
import Hub
import NIOCore
import NIOFoundationCompat
import NIOHTTP1
import NIOPosix

/// Speaks the hub's programming interface: ask, follow, read.
struct HubClient {
    private let address: String
    private let client: HTTPClient
    private let token: String?

    init(address: String) throws {
        guard let url = URL(string: address), ["http", "https"].contains(url.scheme), url.host() != nil else {
            throw Refusal("\(Terminal.plain(address)) is not a hub's address, such as http://127.0.0.1:8080")
        }
        token = try TokenFile.read() ?? HubCredentials.token(for: address)
        // A token is a password: over the open net it goes through TLS alone.
        if token != nil, url.scheme == "http", !["127.0.0.1", "::1", "localhost"].contains(url.host() ?? "") {
            throw Refusal("a token is not sent without TLS: give the hub's https:// address")
        }
        self.address = address.hasSuffix("/") ? String(address.dropLast()) : address
        var configuration = HTTPClient.Configuration()
        configuration.timeout = .init(connect: .seconds(10))
        client = HTTPClient(eventLoopGroup: HTTPClient.defaultEventLoopGroup, configuration: configuration)
    }

    /// Runs `body` and closes the connections afterwards, whatever happened.
    func run<Value>(_ body: (HubClient) async throws -> Value) async throws -> Value {
        do {
            let value = try await body(self)
            try await client.shutdown()
            return value
        } catch {
            try? await client.shutdown()
            throw error
        }
    }

    /// Asks a question and returns its id.
    func ask(_ query: CohortQuery) async throws -> String {
        var request = HTTPClientRequest(url: address + "/api/v1/queries")
        request.method = .POST
        request.headers.add(name: "content-type", value: "application/json")
        request.body = .bytes(ByteBuffer(bytes: query.json()))
        struct Asked: Decodable { var id: String }
        return try await json(Asked.self, request, deadline: .seconds(60)).id
    }

    /// Calls `each` for every site's result as it comes in, until the question is done.
    func follow(_ id: String, _ each: (SiteResult) -> Void) async throws {
        let response = try await send(
            HTTPClientRequest(url: address + "/api/v1/queries/\(id)/events"), deadline: .minutes(10))
        var lines = EventLines()
        for try await chunk in response.body {
            for event in lines.take(chunk) {
                switch event.name {
                case "site":
                    if let result = try? JSONDecoder().decode(SiteResult.self, from: Data(event.data.utf8)) {
                        each(result)
                    }
                case "done": return
                default: break
                }
            }
        }
    }

    /// The question with everything that is known of its answer.
    func question(_ id: String) async throws -> QuestionDocument {
        try await json(
            QuestionDocument.self, HTTPClientRequest(url: address + "/api/v1/queries/\(id)"), deadline: .seconds(60))
    }

    // MARK: Analyses

    /// Begins an analysis and returns its id.
    func startRun(_ body: Data) async throws -> String {
        var request = HTTPClientRequest(url: address + "/api/v1/runs")
        request.method = .POST
        request.headers.add(name: "content-type", value: "application/json")
        request.body = .bytes(ByteBuffer(bytes: body))
        struct Started: Decodable { var id: String }
        return try await json(Started.self, request, deadline: .seconds(60)).id
    }

    /// Calls `each` after every step of a run, and returns it when it is over.
    func followRun(_ id: String, _ each: (RunDocument) -> Void) async throws -> RunDocument {
        let response = try await send(
            HTTPClientRequest(url: address + "/api/v1/runs/\(try Self.checked(id))/events"), deadline: .hours(24 * 30))
        var lines = EventLines()
        let decoder = JSONDecoder()
        decoder.dateDecodingStrategy = .iso8601
        for try await chunk in response.body {
            for event in lines.take(chunk) {
                guard let run = try? decoder.decode(RunDocument.self, from: Data(event.data.utf8)) else { continue }
                if event.name == "done" { return run }
                each(run)
            }
        }
        return try await runDocument(id)
    }

    func runs() async throws -> [RunSummary] {
        struct Listed: Decodable { var runs: [RunSummary] }
        return try await json(
            Listed.self, HTTPClientRequest(url: address + "/api/v1/runs"), deadline: .seconds(60)
        ).runs
    }

    func runDocument(_ id: String) async throws -> RunDocument {
        try await json(
            RunDocument.self, HTTPClientRequest(url: address + "/api/v1/runs/\(try Self.checked(id))"),
            deadline: .seconds(60))
    }

    func cancelRun(_ id: String) async throws {
        var request = HTTPClientRequest(url: address + "/api/v1/runs/\(try Self.checked(id))/cancel")
        request.method = .POST
        struct Cancelled: Decodable { var id: String }
        _ = try await json(Cancelled.self, request, deadline: .seconds(60))
    }

    /// An id goes into an address only where it is one.
    private static func checked(_ id: String) throws -> String {
        guard id.utf8.count == 32, id.allSatisfy(\.isHexDigit) else {
            throw Refusal("\(Terminal.plain(id)) is not the id of a run: `atles runs list` shows them")
        }
        return id
    }

    private func json<Value: Decodable>(
        _ type: Value.Type, _ request: HTTPClientRequest, deadline: TimeAmount
    ) async throws -> Value {
        let body = try await send(request, deadline: deadline).body.collect(upTo: 16 << 20)
        do {
            let decoder = JSONDecoder()
            decoder.dateDecodingStrategy = .iso8601
            return try decoder.decode(type, from: Data(buffer: body))
        } catch {
            throw Refusal(
                "the hub's answer could not be read; is \(address) the address of an Atles hub of this version?")
        }
    }

    /// Why there was no answer, in words.
    private static func reason(_ error: any Error) -> String {
        switch error {
        case let error as HTTPClientError where error == .connectTimeout || error == .deadlineExceeded:
            "it does not answer in time"
        case let error as HTTPClientError where error == .remoteConnectionClosed:
            "what listens there does not speak plain HTTP; give the page's address, which `atles hub status` shows"
        case let error as NIOConnectionError where error.dnsAError != nil && error.connectionErrors.isEmpty:
            "no machine is known by that name"
        case is NIOConnectionError: "nothing listens there; is the hub running, and is this the page's address?"
        default: "\(error)".contains("SSL") ? "its TLS certificate cannot be checked" : "the connection failed"
        }
    }

    private func send(_ request: HTTPClientRequest, deadline: TimeAmount) async throws -> HTTPClientResponse {
        var request = request
        if let token { request.headers.replaceOrAdd(name: "authorization", value: "Bearer \(token)") }
        let response: HTTPClientResponse
        do {
            response = try await client.execute(request, timeout: deadline)
        } catch {
            throw Refusal("no Atles hub can be reached at \(address): \(Self.reason(error))")
        }
        guard (200..<300).contains(response.status.code) else {
            let body = try await response.body.collect(upTo: 1 << 20)
            let problem = try? JSONDecoder().decode(ErrorDocument.self, from: Data(buffer: body))
            throw Refusal(
                problem.map { Terminal.plain($0.error.message) } ?? "the hub answered \(response.status.code)")
        }
        return response
    }
}

/// Splits a stream of server-sent events (HTML standard, section 9.2) into events.
struct EventLines {
    private var pending: [UInt8] = []
    private var name = ""
    private var data = ""

    /// The events that `chunk` completes.
    mutating func take(_ chunk: ByteBuffer) -> [(name: String, data: String)] {
        var events: [(name: String, data: String)] = []
        for byte in chunk.readableBytesView {
            guard byte == UInt8(ascii: "\n") else {
                // A line longer than any real event ends the reading of it, not the memory of this machine.
                if pending.count < 4 << 20 { pending.append(byte) }
                continue
            }
            let line = String(decoding: pending, as: UTF8.self)
            pending.removeAll(keepingCapacity: true)
            if line.isEmpty {
                if !name.isEmpty || !data.isEmpty { events.append((name, data)) }
                name = ""
                data = ""
            } else if line.hasPrefix("event:") {
                name = line.dropFirst(6).trimmingCharacters(in: .whitespaces)
            } else if line.hasPrefix("data:") {
                data += (data.isEmpty ? "" : "\n") + line.dropFirst(5).trimmingCharacters(in: .whitespaces)
            }
        }
        return events
    }
}
