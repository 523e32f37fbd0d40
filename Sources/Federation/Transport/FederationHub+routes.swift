import FoundationEssentials
import HTTPTypes
public import Hummingbird
import NIOCore

extension FederationHub {
    /// Adds the federation's own addresses to a router, which may serve others beside them:
    /// `POST /federation/v1/join`, `/renew`, `/poll`, `/messages` and `GET /federation/v1/health`.
    public func addRoutes(to router: Router<some RequestContext>) {
        let group = router.group("federation/v1")
        for action in SignedRequest.Action.allCases {
            group.post(RouterPath(action.rawValue)) { request, _ in
                try await self.response(to: action, request)
            }
        }
        group.get("health") { _, _ in
            try Self.json(status: 200, WireJSON.encode(Health(federation: self.name, clock: self.now)))
        }
    }

    private struct Health: Encodable {
        var status = "ok"
        let federation: String
        let clock: Moment
    }

    private func response(to action: SignedRequest.Action, _ request: Request) async throws -> Response {
        // Nobody knows yet whom the body comes from, so only what hands in a message may be large.
        guard action == .messages else {
            return await response(to: action, request, limit: MessageLimits.smallBody) { _ in true }
        }
        let share = bodies.share()
        return await response(to: action, request, limit: MessageLimits.body) { share.take($0) }
    }

    private func response(
        to action: SignedRequest.Action, _ request: Request, limit: Int, hasRoom: (Int) -> Bool
    ) async -> Response {
        var bytes: [UInt8] = []
        do {
            for try await piece in request.body {
                guard bytes.count + piece.readableBytes <= limit else { return refuseUnread(.tooLarge) }
                guard hasRoom(piece.readableBytes) else { return refuseUnread(.unavailable) }
                bytes.append(contentsOf: piece.readableBytesView)
            }
        } catch {
            // The client is gone, or what it sent is no HTTP.
            return refuseUnread(.malformed)
        }
        let answer = await answer(action, bytes, connection: CurrentConnection.value)
        return Self.json(status: answer.status, answer.bytes)
    }

    private func refuseUnread(_ reason: RefusalReason) -> Response {
        let answer: Answer = refuseUnread(reason)
        var response = Self.json(status: answer.status, answer.bytes)
        if reason == .unavailable { response.headers[.retryAfter] = "5" }
        return response
    }

    private static func json(status: Int, _ bytes: [UInt8]) -> Response {
        Response(
            status: .init(code: status), headers: [.contentType: "application/json", .cacheControl: "no-store"],
            body: .init(byteBuffer: ByteBuffer(bytes: bytes)))
    }
}
