import FoundationEssentials
import Synchronization

@testable import Federation

/// Keeps every byte that a node sends.
final class RecordingWay: HubTransport {
    private let inner: any HubTransport
    private let bytes = Mutex<[UInt8]>([])

    init(inner: any HubTransport) { self.inner = inner }

    /// What was sent, with what lies in base 64 in it opened once more.
    var sent: [UInt8] { bytes.withLock { $0 } }

    func post(
        _ action: SignedRequest.Action, _ request: [UInt8], patience: Duration
    ) async throws(FederationError) -> [UInt8] {
        let body = (try? WireJSON.decode(SignedRequest.self, from: request)).map { [UInt8]($0.body) } ?? []
        bytes.withLock { $0 += request + body }
        return try await inner.post(action, request, patience: patience)
    }
}

/// Answers in the hub's place: what the hub said, one bit changed.
struct ImpostorWay: HubTransport {
    let inner: any HubTransport

    func post(
        _ action: SignedRequest.Action, _ request: [UInt8], patience: Duration
    ) async throws(FederationError) -> [UInt8] {
        let answer = String(decoding: try await inner.post(action, request, patience: patience), as: UTF8.self)
        do { return try EnvelopeTests.flipBit(in: "body", at: 9, of: answer) } catch { throw .unusable("\(error)") }
    }
}

/// Loses the hub's answers to one kind of request, after the hub has acted on it, as long as it is told to.
final class LossyWay: HubTransport {
    private let inner: any HubTransport
    private let action: SignedRequest.Action
    private let losing = Mutex(true)
    private let lost = Mutex(0)

    init(inner: any HubTransport, losing action: SignedRequest.Action) {
        self.inner = inner
        self.action = action
    }

    var count: Int { lost.withLock { $0 } }
    func heal() { losing.withLock { $0 = false } }

    func post(
        _ action: SignedRequest.Action, _ request: [UInt8], patience: Duration
    ) async throws(FederationError) -> [UInt8] {
        let answer = try await inner.post(action, request, patience: patience)
        if action == self.action, losing.withLock({ $0 }) {
            lost.withLock { $0 += 1 }
            throw .unreachable(hub: "https://hub.test:8443", why: "the answer was lost by the test")
        }
        return answer
    }
}
