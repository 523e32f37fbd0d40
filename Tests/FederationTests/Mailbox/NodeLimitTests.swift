import Foundation
import Runtime
import TestSupport
import Testing

@testable import Federation

@Suite("What a node takes and what it drops")
struct NodeLimitTests {
    private func run(_ node: FederationNode, until condition: @escaping @Sendable () async throws -> Bool) async throws
    {
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask { try await node.run() }
            while try await !condition() { try await Task.sleep(for: .milliseconds(2)) }
            group.cancelAll()
        }
    }

    @Test("a node holds 256 tasks; the others stay at the hub and come when there is room")
    func taskLimit() async throws {
        let federation = try TestFederation()
        let hub = federation.hub
        let site = try await federation.admit("Alpha")
        let alpha = try #require(SiteID("alpha"))
        for _ in 0..<270 {
            _ = try await hub.send(kind: "query", payload: [], to: [alpha], lifetime: .seconds(600))
        }
        let stuck = try site.open(
            through: federation.way,
            handlers: [
                "query": { _ in
                    try await Task.sleep(for: .seconds(86_400))
                    return nil
                }
            ])
        try await run(stuck) { try hub.store.waiting(for: alpha, now: hub.now).count == 14 }
        #expect(try stuck.store.counts().tasks == 256)
        let working = try site.open(through: federation.way, handlers: ["query": { _ in nil }])
        try await run(working) {
            let isDelivered = try hub.store.waiting(for: alpha, now: hub.now).isEmpty
            return try isDelivered && working.store.counts().tasks == 0
        }
    }

    @Test("a hub's bad envelopes fill the node's audit log at a bounded rate")
    func badEnvelopes() async throws {
        let federation = try TestFederation()
        let hub = federation.hub
        let site = try await federation.admit("Alpha")
        let party = try await site.party()
        let envelopes = try (0..<60).map { _ in
            // Signed by the site itself, which is not the hub.
            try party.envelope(party.header { $0.recipient = party.site })
        }
        try await hub.store.add(envelopes)
        let node = try site.open(through: federation.way)
        try await run(node) { try hub.store.waiting(for: party.site, now: hub.now).isEmpty }
        #expect(site.audit.refusals == [RefusalReason](repeating: .wrongSender, count: 50))
    }

    @Test("a message under a certificate that has run out goes out under the next one")
    func signedAnew() async throws {
        let federation = try TestFederation()
        let site = try await federation.admit("Alpha")
        // The hub's own certificate is renewed in time; the node is away until its own has run out.
        federation.clock.advance(by: 65 * 86_400)
        try federation.hub.lookAtCertificates()
        try await federation.hub.expireMessages()
        let node = try site.open(through: federation.way)
        federation.clock.advance(by: 19 * 86_400)
        // So old that no newer certificate covers it.
        let old = try await node.send(kind: "card", payload: [1], lifetime: .seconds(30 * 86_400))
        federation.clock.advance(by: 5.8 * 86_400)
        let recent = try await node.send(kind: "card", payload: [2], lifetime: .seconds(30 * 86_400))
        federation.clock.advance(by: 0.4 * 86_400)
        try await run(node) { try node.store.counts().outgoing == 0 }
        #expect(site.audit.events.first { $0.kind == .refused }?.message == old)
        #expect(site.audit.events.first { $0.kind == .messageSent }?.message == recent)
        #expect(try federation.hub.store.incomingCount() == 1)
    }

    @Test("a newer message may take the place of those of its kind that were not sent")
    func replacing() async throws {
        let site = try await TestFederation().admit("Alpha")
        let node = try site.open(through: DirectWay { nil })
        try await node.send(kind: "card", payload: [1])
        try await node.send(kind: "note", payload: [2])
        try await node.send(kind: "card", payload: [3], replacingUnsent: true)
        #expect(try node.store.counts().outgoing == 2)
        try await node.send(kind: "card", payload: [4])
        #expect(try node.store.counts().outgoing == 3)
    }
}
