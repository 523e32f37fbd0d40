import Foundation
import GRDB
import Runtime
import Synchronization
import TestSupport
import Testing

@testable import Federation

@Suite("One party's bad messages are its own affair")
struct NeighbourTests {
    private func send(_ envelope: Envelope, as party: TestParty, to hub: FederationHub) async throws -> RefusalReason? {
        let answer = await hub.answer(.messages, try party.request(.messages, MessageBody(envelope: envelope)))
        return try WireJSON.decode(SignedResponse.self, from: answer.bytes).refusal?.reason
    }

    @Test("a signed message that does not open is dropped and audited, and other sites' messages are handled")
    func unopenable() async throws {
        let federation = try TestFederation()
        let hub = federation.hub
        let alpha = try await federation.admit("Alpha").party()
        let beta = try await federation.admit("Beta").party()
        // Sealed to its sender in place of the hub.
        let bad = try Envelope(
            header: alpha.header(kind: "card"), content: [1], recipient: alpha.keys.publicKeys, sender: alpha.keys,
            certificate: alpha.certificate)
        #expect(try await send(bad, as: alpha, to: hub) == nil)
        #expect(try await send(try beta.envelope(beta.header(kind: "card")), as: beta, to: hub) == nil)
        let got = Mutex<[SiteID]>([])
        hub.onMessage(kind: "card") { message in got.withLock { $0.append(message.sender) } }
        while try hub.store.incomingCount() > 0 { try await Task.sleep(for: .milliseconds(1)) }
        #expect(got.withLock { $0 } == [beta.site])
        #expect(federation.audit.events.last { $0.kind == .refused }?.message == bad.header.id)
    }

    @Test("a handler that fails for one site's messages is still called for another's")
    func failingHandler() async throws {
        let federation = try TestFederation()
        let hub = federation.hub
        let alpha = try await federation.admit("Alpha").party()
        let beta = try await federation.admit("Beta").party()
        for _ in 0..<10 { _ = try await send(try alpha.envelope(alpha.header(kind: "card")), as: alpha, to: hub) }
        _ = try await send(try beta.envelope(beta.header(kind: "card")), as: beta, to: hub)
        hub.onMessage(kind: "card") { if $0.sender == alpha.site { throw TaskFailure("not this one") } }
        while try hub.store.incomingCount() > 10 { try await Task.sleep(for: .milliseconds(1)) }
    }

    @Test("a message made before its certificate is valid is refused when it comes")
    func madeTooEarly() async throws {
        let federation = try TestFederation()
        let alpha = try await federation.admit("Alpha").party()
        let early = Moment(federation.clock.now.addingTimeInterval(-2 * 86_400))
        let envelope = try alpha.envelope(alpha.header { $0.issued = early })
        #expect(try await send(envelope, as: alpha, to: federation.hub) == .badCertificate)
        #expect(try federation.hub.store.incomingCount() == 0)
    }

    @Test("kinds that nobody handles are refused once the handlers are known")
    func unknownKind() async throws {
        let federation = try TestFederation()
        let alpha = try await federation.admit("Alpha").party()
        federation.hub.onMessage(kind: "card") { _ in }
        let envelope = try alpha.envelope(alpha.header(kind: "poem"))
        #expect(try await send(envelope, as: alpha, to: federation.hub) == .unknownKind)
        #expect(try federation.hub.store.incomingCount() == 0)
    }

    @Test("64 messages of a site may wait, and another site's are taken all the same")
    func quota() async throws {
        let federation = try TestFederation()
        let hub = federation.hub
        let alpha = try await federation.admit("Alpha").party()
        let beta = try await federation.admit("Beta").party()
        for _ in 0..<64 {
            #expect(try await send(try alpha.envelope(alpha.header(kind: "card")), as: alpha, to: hub) == nil)
        }
        let more = try alpha.envelope(alpha.header(kind: "card"))
        #expect(try await send(more, as: alpha, to: hub) == .tooManyWaiting)
        #expect(try await send(try beta.envelope(beta.header(kind: "card")), as: beta, to: hub) == nil)
        // Its answers are no such messages.
        let question = try await hub.send(kind: "query", payload: [], to: [alpha.site], lifetime: .seconds(60))
        let answer = try alpha.envelope(alpha.header(kind: "query", answers: question))
        #expect(try await send(answer, as: alpha, to: hub) == nil)
    }

    @Test("what is over is found by an index, not by reading past every envelope")
    func expiryIndex() throws {
        let federation = try TestFederation()
        let plans = try federation.hub.store.read { database in
            try ["SELECT id FROM task WHERE expires <= 1", "SELECT EXISTS (SELECT 1 FROM task WHERE expires <= 1)"].map
            {
                try Row.fetchAll(database, sql: "EXPLAIN QUERY PLAN " + $0).map { $0["detail"] as String }
            }
        }
        for plan in plans { #expect(plan.contains { $0.contains("INDEX taskByExpiry") }, "\(plan)") }
    }

    @Test("bodies share a budget, and give it back")
    func bodyBudget() {
        let budget = BodyBudget(limit: 10)
        let first = budget.share()
        var second: BodyBudget.Share? = budget.share()
        #expect(first.take(4) && second?.take(6) == true)
        #expect(!first.take(1))
        second = nil
        #expect(first.take(6) && !first.take(1))
    }

    @Test("a site is on line until its next poll, when one has ended in good order, and not for long")
    func betweenPolls() async throws {
        let federation = try TestFederation()
        let hub = federation.hub
        hub.isServing = true
        let alpha = try await federation.admit("Alpha").party()
        let request = try alpha.request(.poll, PollBody(acknowledged: [], waitMilliseconds: 100_000))
        let poll = Task { await hub.answer(.poll, request) }
        while !hub.room.isOpen(alpha.site) { try await Task.sleep(for: .milliseconds(1)) }
        federation.clock.advance(by: 25)
        _ = try await hub.send(kind: "query", payload: [], to: [alpha.site], lifetime: .seconds(60))
        _ = await poll.value
        #expect(try hub.site(alpha.site)?.isOnline == true)
        federation.clock.advance(by: 6)
        #expect(try hub.site(alpha.site)?.isOnline == false)
    }
}
