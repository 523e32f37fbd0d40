import Foundation
import Runtime
import TestSupport
import Testing

@testable import Federation

@Suite("What the hub refuses")
struct RefusalTests {
    private func refusal(_ answer: FederationHub.Answer) throws -> (RefusalReason?, Int) {
        (try WireJSON.decode(SignedResponse.self, from: answer.bytes).refusal?.reason, answer.status)
    }

    private func send(_ envelope: Envelope, as party: TestParty, to hub: FederationHub) async throws -> RefusalReason? {
        try refusal(await hub.answer(.messages, try party.request(.messages, MessageBody(envelope: envelope)))).0
    }

    @Test("a stranger and a wrong key get the same answer, and the audit log knows the difference")
    func sameOuterAnswer() async throws {
        let federation = try TestFederation()
        let alpha = try await federation.admit("Alpha").party()
        _ = try await federation.admit("Beta")
        let poll = PollBody(acknowledged: [], waitMilliseconds: 0)
        let stranger = try #require(SiteID("nobody"))
        let beta = try #require(SiteID("beta"))
        let unknown = await federation.hub.answer(.poll, try alpha.request(.poll, poll, site: stranger))
        let wrongKey = await federation.hub.answer(.poll, try alpha.request(.poll, poll, site: beta))
        #expect(try refusal(unknown) == (.notAccepted, 403))
        #expect(try refusal(wrongKey) == (.notAccepted, 403))
        #expect(federation.audit.refusals == [.unknownSender, .badSignature])
    }

    @Test("every field of a request is covered by its signature")
    func everyFieldIsSigned() async throws {
        let federation = try TestFederation()
        let alpha = try await federation.admit("Alpha").party()
        let json = String(
            decoding: try alpha.request(.poll, PollBody(acknowledged: [], waitMilliseconds: 0)), as: UTF8.self)
        #expect(try refusal(await federation.hub.answer(.poll, Array(json.utf8))) == (nil, 200))
        let fresh = String(
            decoding: try alpha.request(.poll, PollBody(acknowledged: [], waitMilliseconds: 0)), as: UTF8.self)
        let nonce = try #require(fresh.range(of: "\"nonce\":\""))
        let issued = try #require(fresh.range(of: "\"issued\":"))
        let changes: [String] = [
            fresh.replacingCharacters(in: nonce.upperBound..<fresh.index(nonce.upperBound, offsetBy: 2), with: "00"),
            fresh.replacingCharacters(
                in: fresh.index(issued.upperBound, offsetBy: 12)..<fresh.index(issued.upperBound, offsetBy: 13),
                with: "1"),
            String(decoding: try EnvelopeTests.flipBit(in: "body", at: 3, of: fresh), as: UTF8.self),
            String(decoding: try EnvelopeTests.flipBit(in: "signature", at: 3, of: fresh), as: UTF8.self),
        ]
        for (number, change) in changes.enumerated() where change != fresh {
            #expect(
                try refusal(await federation.hub.answer(.poll, Array(change.utf8))) == (.notAccepted, 403), "\(number)")
        }
        let asRenewal = fresh.replacingOccurrences(of: "\"action\":\"poll\"", with: "\"action\":\"renew\"")
        #expect(try refusal(await federation.hub.answer(.renew, Array(asRenewal.utf8))).0 == .notAccepted)
        #expect(try refusal(await federation.hub.answer(.poll, Array(asRenewal.utf8))).0 == .malformed)
    }

    @Test("a request that is played back is refused")
    func replayedRequest() async throws {
        let federation = try TestFederation()
        let alpha = try await federation.admit("Alpha").party()
        let request = try alpha.request(.poll, PollBody(acknowledged: [], waitMilliseconds: 0))
        #expect(try refusal(await federation.hub.answer(.poll, request)) == (nil, 200))
        #expect(try refusal(await federation.hub.answer(.poll, request)) == (.replayed, 409))
        #expect(federation.audit.refusals == [.replayed])
    }

    @Test("a message that is played back changes nothing, before and after a restart of the hub")
    func replayedMessage() async throws {
        let federation = try TestFederation()
        let alpha = try await federation.admit("Alpha").party()
        let envelope = try alpha.envelope(alpha.header(kind: "card"), "one")
        let request = try alpha.request(.messages, MessageBody(envelope: envelope))
        #expect(try refusal(await federation.hub.answer(.messages, request)) == (nil, 200))
        try federation.restartHub()
        #expect(try refusal(await federation.hub.answer(.messages, request)).0 == nil)
        #expect(try await send(envelope, as: alpha, to: federation.hub) == nil)
        #expect(try federation.hub.store.incomingCount() == 1)
        // Another content under the same identifier is no repetition.
        let other = try alpha.envelope(envelope.header, "two")
        #expect(try await send(other, as: alpha, to: federation.hub) == .replayed)
        #expect(try federation.hub.store.incomingCount() == 1)
    }

    @Test("a played-back message stays refused until it could not be taken anyway")
    func replayMemory() async throws {
        let federation = try TestFederation()
        let alpha = try await federation.admit("Alpha").party()
        let envelope = try alpha.envelope(alpha.header(kind: "card", lifetime: .seconds(100)))
        #expect(try await send(envelope, as: alpha, to: federation.hub) == nil)
        federation.clock.advance(by: 99)
        try await federation.hub.expireMessages()
        #expect(try await send(envelope, as: alpha, to: federation.hub) == nil)
        #expect(try federation.hub.store.incomingCount() == 1)
        federation.clock.advance(by: 2)
        try await federation.hub.expireMessages()
        #expect(try await send(envelope, as: alpha, to: federation.hub) == .expired)
    }

    @Test("a clock an hour off is refused, and the node is told both clocks")
    func skewedClock() async throws {
        let federation = try TestFederation()
        let ahead = ManualClock(federation.clock.now)
        let site = try await federation.admit("Alpha", clock: ahead)
        ahead.advance(by: 3600)
        let node = try site.open(through: federation.way)
        try await node.withClient { client in
            await #expect(
                throws: FederationError.refused(
                    Refusal(
                        .clockSkew, theirClock: Moment(federation.clock.now).milliseconds,
                        ourClock: Moment(ahead.now).milliseconds))
            ) {
                _ = try await client.ask(
                    .poll, PollBody(acknowledged: [], waitMilliseconds: 0), for: PollAnswer.self, patience: .seconds(1))
            }
        }
        #expect(federation.audit.refusals == [.clockSkew])
    }

    @Test("expired, future, foreign, misdirected, and oversized messages are each refused for what they are")
    func badMessages() async throws {
        let federation = try TestFederation()
        let hub = federation.hub
        let alpha = try await federation.admit("Alpha").party()
        let beta = try await federation.admit("Beta").party()
        let now = Moment(federation.clock.now)
        func refused(_ envelope: Envelope) async throws -> RefusalReason? {
            try await send(envelope, as: alpha, to: hub)
        }
        #expect(
            try await refused(
                alpha.envelope(
                    alpha.header {
                        $0.issued = now.advanced(by: .seconds(-60)); $0.expires = now
                    })) == .expired)
        #expect(
            try await refused(
                alpha.envelope(
                    alpha.header {
                        $0.issued = now.advanced(by: .seconds(600))
                        $0.expires = now.advanced(by: .seconds(900))
                    })) == .clockSkew)
        #expect(try await refused(alpha.envelope(alpha.header(lifetime: .seconds(31 * 86_400)))) == .lifetimeTooLong)
        #expect(try await refused(beta.envelope(beta.header())) == .wrongSender)
        #expect(try await refused(alpha.envelope(alpha.header { $0.recipient = beta.site })) == .wrongRecipient)
        #expect(try await refused(alpha.envelope(alpha.header(kind: "Not A Token"))) == .malformed)
        #expect(
            try await refused(alpha.envelope(alpha.header { $0.federation = String(repeating: "0", count: 64) }))
                == .wrongFederation)
        let large = String(repeating: "x", count: MessageLimits.payload + 2000)
        #expect(try await refused(alpha.envelope(alpha.header(), large)) == .tooLarge)
        #expect(try hub.store.incomingCount() == 0)
    }

    @Test("an answer to a question that was never asked, or asked of another, gets the same 404")
    func foreignAnswers() async throws {
        let federation = try TestFederation()
        let hub = federation.hub
        let alpha = try await federation.admit("Alpha").party()
        let beta = try await federation.admit("Beta").party()
        let question = try await hub.send(kind: "query", payload: [1], to: [beta.site], lifetime: .seconds(600))
        for id in [question, MessageID(random: .system)] {
            let envelope = try alpha.envelope(alpha.header(kind: "query", answers: id))
            let answer = await hub.answer(.messages, try alpha.request(.messages, MessageBody(envelope: envelope)))
            #expect(try refusal(answer) == (.notFound, 404))
        }
        // A second answer of the right site, under another identifier, is not taken either.
        let first = try beta.envelope(beta.header(kind: "query", answers: question), "first")
        #expect(try await send(first, as: beta, to: hub) == nil)
        let second = try beta.envelope(beta.header(kind: "query", answers: question), "second")
        #expect(try await send(second, as: beta, to: hub) == .notFound)
    }

    @Test("a suspended site is refused everything, at once and by another process too, until it is taken back")
    func suspension() async throws {
        let federation = try TestFederation()
        let alpha = try await federation.admit("Alpha").party()
        let commandLine = try FederationHub.open(
            folder: federation.hub.folder, clock: federation.clock.wallClock, logger: .quiet)
        try commandLine.suspend(alpha.site)
        for action in [SignedRequest.Action.poll, .renew, .messages] {
            let answer = await federation.hub.answer(
                action, try alpha.request(action, PollBody(acknowledged: [], waitMilliseconds: 0)))
            #expect(try refusal(answer) == (.suspended, 403), "\(action)")
        }
        await #expect(throws: FederationError.cannotReceive([alpha.site])) {
            _ = try await federation.hub.send(kind: "query", payload: [], to: [alpha.site], lifetime: .seconds(60))
        }
        try commandLine.approve(alpha.site)
        let answer = await federation.hub.answer(
            .poll, try alpha.request(.poll, PollBody(acknowledged: [], waitMilliseconds: 0)))
        #expect(try refusal(answer) == (nil, 200))
    }

    @Test(
        "whatever is no request is refused with a signed answer and no trap",
        arguments: [
            "", "{", "null", "[]", "{}", "\u{0}", #"{"version":1}"#,
            #"{"version":99999999999999999999}"#, #"{"version":1,"federation":"x","site":"../..","action":"poll"}"#,
        ])
    func nonsense(_ text: String) async throws {
        let federation = try TestFederation()
        for action in SignedRequest.Action.allCases {
            let answer = await federation.hub.answer(action, Array(text.utf8))
            #expect(try refusal(answer) == (.malformed, 400))
        }
    }

    @Test("a deeply nested request is refused and does not exhaust the stack")
    func nested() async throws {
        let federation = try TestFederation()
        let text = String(repeating: "[", count: 200_000)
        #expect(try refusal(await federation.hub.answer(.poll, Array(text.utf8))) == (.malformed, 400))
    }

    @Test("a flood of strangers' requests fills the audit log at a bounded rate, and is counted")
    func throttle() async throws {
        let federation = try TestFederation()
        for _ in 0..<200 { _ = await federation.hub.answer(.poll, Array("{}".utf8)) }
        #expect(federation.audit.events.filter { $0.kind == .refused }.count == 50)
        federation.clock.advance(by: 10)
        _ = await federation.hub.answer(.poll, Array("{}".utf8))
        #expect(federation.audit.events.last?.count == 151)
    }
}
