import Foundation
import GRDB
import Runtime
import Synchronization
import TestSupport
import Testing

@testable import Federation

@Suite("Messages are neither lost nor doubled")
struct MailboxTests {
    private static let canary = "CANARY-7f3a-plain-text"

    /// Runs the node until `condition` holds, then ends it the way a killed process ends: nothing is tidied up.
    private func run(_ node: FederationNode, until condition: @escaping @Sendable () async throws -> Bool) async throws
    {
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask { try await node.run() }
            while try await !condition() { try await Task.sleep(for: .milliseconds(2)) }
            group.cancelAll()
        }
    }

    private func answers(_ hub: FederationHub, _ id: MessageID) async -> [Reply] {
        var all: [Reply] = []
        for await reply in hub.replies(to: id) { all.append(reply) }
        return all
    }

    private func outcome(_ hub: FederationHub, _ id: MessageID?) async throws -> Reply.Outcome? {
        await answers(hub, try #require(id)).first?.outcome
    }

    @Test("the hub ends with a question open; the next one delivers it and takes the answer")
    func hubRestart() async throws {
        let federation = try TestFederation()
        let site = try await federation.admit("Alpha")
        let id = try await federation.hub.send(
            kind: "query", payload: Array("?".utf8), to: [try #require(SiteID("alpha"))], lifetime: .seconds(600))
        try federation.restartHub()
        let node = try site.open(through: federation.way, handlers: ["query": { $0.payload + Array("!".utf8) }])
        try await run(node) { try federation.hub.store.question(id)?.open.isEmpty ?? false }
        // And again before anybody has read the answer.
        try federation.restartHub()
        #expect(await answers(federation.hub, id) == [Reply(site: node.site, outcome: .answered(Array("?!".utf8)))])
    }

    @Test("a node ends while it works on a task; the next one answers it, once")
    func killedAtWork() async throws {
        let federation = try TestFederation()
        let site = try await federation.admit("Alpha")
        let alpha = try #require(SiteID("alpha"))
        let id = try await federation.hub.send(kind: "query", payload: [1], to: [alpha], lifetime: .seconds(600))
        let started = Counter()
        let stuck = try site.open(
            through: federation.way,
            handlers: [
                "query": { _ in
                    started.increment()
                    try await Task.sleep(for: .seconds(86_400))
                    return nil
                }
            ])
        try await run(stuck) { started.value == 1 }
        #expect(try site.open(through: federation.way).store.counts() == (tasks: 1, outgoing: 0))

        let next = try site.open(through: federation.way, handlers: ["query": { _ in [2] }])
        try await run(next) { try federation.hub.store.question(id)?.open.isEmpty ?? false }
        #expect(await answers(federation.hub, id) == [Reply(site: alpha, outcome: .answered([2]))])
        #expect(try next.store.counts() == (tasks: 0, outgoing: 0))
    }

    @Test("a node ends after the hub took its answer and before it heard so; the answer is sent again and counted once")
    func killedBeforeAcknowledgement() async throws {
        let federation = try TestFederation()
        let site = try await federation.admit("Alpha")
        let alpha = try #require(SiteID("alpha"))
        let id = try await federation.hub.send(kind: "query", payload: [1], to: [alpha], lifetime: .seconds(600))
        let worked = Counter()
        let lossy = LossyWay(inner: federation.way, losing: .messages)
        let handlers: [String: FederationNode.Handler] = [
            "query": { _ in
                worked.increment()
                return [UInt8(worked.value)]
            }
        ]
        try await run(try site.open(through: lossy, handlers: handlers)) { lossy.count >= 1 }
        #expect(try federation.hub.store.question(id)?.answers.count == 1)
        let next = try site.open(through: federation.way, handlers: handlers)
        #expect(try next.store.counts() == (tasks: 0, outgoing: 1))
        try await run(next) { try next.store.counts().outgoing == 0 }
        #expect(worked.value == 1, "the work was not done twice")
        #expect(await answers(federation.hub, id) == [Reply(site: alpha, outcome: .answered([1]))])
    }

    @Test("a hub that never hears the acknowledgement delivers again, and the node works once")
    func redelivery() async throws {
        let federation = try TestFederation()
        let site = try await federation.admit("Alpha")
        let alpha = try #require(SiteID("alpha"))
        let id = try await federation.hub.send(kind: "query", payload: [1], to: [alpha], lifetime: .seconds(600))
        let worked = Counter()
        let node = try site.open(
            through: federation.way,
            handlers: [
                "query": { _ in
                    worked.increment()
                    return [1]
                }
            ])
        try await run(node) { try federation.hub.store.question(id)?.open.isEmpty ?? false }
        // As if the acknowledgement, and the memory of the answer, had been lost at the hub.
        try federation.hub.store.write { try $0.execute(sql: "UPDATE task SET state = 'waiting'") }
        let again = try site.open(through: federation.way, handlers: node.handlers)
        try await run(again) { try federation.hub.store.waiting(for: alpha, now: federation.hub.now).isEmpty }
        #expect(worked.value == 1)
    }

    @Test("a failing handler, a missing one and one without an answer each end the task in their own way")
    func failures() async throws {
        let federation = try TestFederation()
        let site = try await federation.admit("Alpha")
        let alpha = try #require(SiteID("alpha"))
        let hub = federation.hub
        var ids: [String: MessageID] = [:]
        for kind in ["told", "untold", "unknown", "silent"] {
            ids[kind] = try await hub.send(kind: kind, payload: [], to: [alpha], lifetime: .seconds(600))
        }
        struct Detail: Error { var patient = "Doe^Jane" }
        let node = try site.open(
            through: federation.way,
            handlers: [
                "told": { _ in throw TaskFailure("the index is being rebuilt") },
                "untold": { _ in throw Detail() },
                "silent": { _ in nil },
            ])
        try await run(node) {
            let isDelivered = try hub.store.waiting(for: alpha, now: hub.now).isEmpty
            return try isDelivered && node.store.counts() == (tasks: 0, outgoing: 0)
        }
        let told = try await outcome(hub, ids["told"])
        let untold = try await outcome(hub, ids["untold"])
        let unknown = try await outcome(hub, ids["unknown"])
        #expect(told == .failed("the index is being rebuilt"))
        #expect(untold == .failed("the site could not answer; its log says why"))
        #expect(
            unknown == .failed("this site's node does not know messages of the kind unknown: it may need an update"))
        let silent = try #require(ids["silent"])
        #expect(try hub.store.question(silent)?.open == [alpha], "it stays open until its time is over")
        federation.clock.advance(by: 601)
        try await hub.expireMessages()
        #expect(await answers(hub, silent).isEmpty)
    }

    @Test("a question ends when its time is over, and late answers are not taken")
    func expiry() async throws {
        let federation = try TestFederation()
        let hub = federation.hub
        let party = try await federation.admit("Alpha").party()
        let id = try await hub.send(kind: "query", payload: [], to: [party.site], lifetime: .seconds(30))
        let waiting = Task { await answers(hub, id) }
        let answer = try party.envelope(party.header(kind: "query", answers: id))
        federation.clock.advance(by: 31)
        try await hub.expireMessages()
        #expect(await waiting.value.isEmpty)
        let late = await hub.answer(.messages, try party.request(.messages, MessageBody(envelope: answer)))
        #expect(late.status == 404)
        #expect(try hub.store.question(id) == nil)
    }

    @Test("several listeners to one question each get every answer")
    func listeners() async throws {
        let federation = try TestFederation()
        let hub = federation.hub
        let party = try await federation.admit("Alpha").party()
        let id = try await hub.send(kind: "query", payload: [], to: [party.site], lifetime: .seconds(30))
        let early = Task { await answers(hub, id) }
        let answer = try party.envelope(party.header(kind: "query", answers: id), "x")
        _ = await hub.answer(.messages, try party.request(.messages, MessageBody(envelope: answer)))
        let expected = [Reply(site: party.site, outcome: .answered(Array("x".utf8)))]
        #expect(await early.value == expected)
        #expect(await answers(hub, id) == expected)
    }

    @Test("a site's own message is handled once, again after a failure, and again after a restart of the hub")
    func unsolicited() async throws {
        let federation = try TestFederation()
        let site = try await federation.admit("Alpha")
        let node = try site.open(through: federation.way)
        let sent = try await node.send(kind: "card", payload: Array("{}".utf8))
        try await run(node) { try node.store.counts().outgoing == 0 }

        let failed = Counter()
        federation.hub.onMessage(kind: "card") { _ in
            failed.increment()
            throw TaskFailure("not now")
        }
        while failed.value == 0 { await Task.yield() }
        let hub = try federation.restartHub()
        let got = Mutex<[IncomingMessage]>([])
        hub.onMessage(kind: "card") { message in got.withLock { $0.append(message) } }
        while try hub.store.incomingCount() > 0 { try await Task.sleep(for: .milliseconds(1)) }
        let messages = got.withLock { $0 }
        #expect(messages.map(\.id) == [sent])
        #expect(messages.map(\.sender) == [node.site])
        #expect(messages.map(\.payload) == [Array("{}".utf8)])
    }

    @Test("a message that was written before the hub was away is sent when it is back")
    func hubAway() async throws {
        let federation = try TestFederation()
        let site = try await federation.admit("Alpha")
        let isAway = Mutex(true)
        let node = try site.open(through: DirectWay { isAway.withLock { $0 } ? nil : federation.hub })
        try await node.send(kind: "card", payload: [1])
        try await run(node) {
            if node.status.current.problem != nil { isAway.withLock { $0 = false } }
            return try node.store.counts().outgoing == 0 && node.status.current.connectedSince != nil
        }
        #expect(try federation.hub.store.incomingCount() == 1)
        let status = try #require(try FederationNode.status(folder: site.path))
        #expect(status.problem == nil && status.outgoing == 0)
    }

    @Test("neither database holds a word of what was asked and answered")
    func noPlaintext() async throws {
        let federation = try TestFederation()
        let site = try await federation.admit("Alpha")
        let alpha = try #require(SiteID("alpha"))
        let hub = federation.hub
        let content = Array(Self.canary.utf8)
        let id = try await hub.send(kind: "query", payload: content, to: [alpha], lifetime: .seconds(600))
        let node = try site.open(through: federation.way, handlers: ["query": { _ in content }])
        try await node.send(kind: "card", payload: content)
        try await run(node) {
            try hub.store.question(id)?.open.isEmpty == true && node.store.counts() == (tasks: 0, outgoing: 0)
        }
        #expect(await answers(hub, id).first?.payload == content, "the content did pass through")
        let encoded = Data(content).base64EncodedString().dropLast(4)
        for folder in [hub.folder, site.path] {
            for name in try FileManager.default.contentsOfDirectory(atPath: folder) {
                let bytes = try Data(contentsOf: URL(fileURLWithPath: folder + "/" + name))
                #expect(bytes.range(of: Data(content)) == nil, "\(name)")
                #expect(bytes.range(of: Data(encoded.utf8)) == nil, "\(name), in base 64")
            }
        }
    }

    @Test("a message to several sites is stored for all or sent to none")
    func allOrNone() async throws {
        let federation = try TestFederation()
        let alpha = try await federation.admit("Alpha").party().site
        let nobody = try #require(SiteID("nobody"))
        await #expect(throws: FederationError.cannotReceive([nobody])) {
            _ = try await federation.hub.send(kind: "query", payload: [], to: [alpha, nobody], lifetime: .seconds(60))
        }
        #expect(try federation.hub.store.waiting(for: alpha, now: federation.hub.now).isEmpty)
        await #expect(throws: FederationError.self) {
            _ = try await federation.hub.send(kind: "Not A Token", payload: [], to: [alpha], lifetime: .seconds(60))
        }
        await #expect(throws: FederationError.lifetimeTooLong(seconds: 2_592_001, limit: 2_592_000)) {
            _ = try await federation.hub.send(kind: "q", payload: [], to: [alpha], lifetime: .seconds(2_592_001))
        }
    }
}
