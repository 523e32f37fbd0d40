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
        let bytes: ByteBuffer
        do {
            bytes = try await request.body.collect(upTo: MessageLimits.body)
        } catch is NIOTooManyBytesError {
            let answer = refuseTooLarge()
            return Self.json(status: answer.status, answer.bytes)
        }
        let answer = await answer(action, Array(bytes.readableBytesView), connection: CurrentConnection.value)
        return Self.json(status: answer.status, answer.bytes)
    }

    private static func json(status: Int, _ bytes: [UInt8]) -> Response {
        Response(
            status: .init(code: status), headers: [.contentType: "application/json", .cacheControl: "no-store"],
            body: .init(byteBuffer: ByteBuffer(bytes: bytes)))
    }
}
