import Foundation
import Logging
import Runtime
import TestSupport
import Testing

@testable import Federation

@Suite("Over real TLS on real sockets")
struct LiveTests {
    private func until(_ condition: () async throws -> Bool) async throws {
        while try await !condition() { try await Task.sleep(for: .milliseconds(2)) }
    }

    private func join(_ live: LiveHub, _ name: String, in folder: TemporaryFolder) async throws {
        let invitation = try live.hub.invite(name: name, country: "ES", approval: .automatic)
        let state = try await FederationNode.join(
            invitation: try Invitation(text: invitation.text), folder: folder.file(name), name: name, country: "ES",
            logger: .quiet)
        guard case .admitted(let site, _) = state else {
            Issue.record("not admitted: \(state)")
            return
        }
        #expect(site.text == name.lowercased())
    }

    private func open(_ name: String, in folder: TemporaryFolder) throws -> FederationNode {
        try FederationNode.open(
            folder: folder.file(name), handlers: ["echo": { $0.payload + Array(name.utf8) }], logger: .quiet)
    }

    private func ask(_ hub: FederationHub, _ text: String, _ sites: [SiteID]) async throws -> Set<String> {
        let id = try await hub.send(kind: "echo", payload: Array(text.utf8), to: sites, lifetime: .seconds(600))
        var answers: Set<String> = []
        for await reply in hub.replies(to: id) { answers.insert(String(decoding: reply.payload ?? [], as: UTF8.self)) }
        return answers
    }

    @Test("three nodes join, are asked, and answer; the answers come site by site")
    func roundTrip() async throws {
        let folder = TemporaryFolder()
        let live = try await LiveHub.start(
            folder: folder.file("hub"), port: try await LiveHub.create(in: folder.file("hub")))
        let names = ["Alpha", "Beta", "Gamma"]
        for name in names { try await join(live, name, in: folder) }
        let nodes = try names.map { try open($0, in: folder) }
        try await withThrowingTaskGroup(of: Void.self) { group in
            for node in nodes { group.addTask { try await node.run() } }
            try await until { try live.hub.sites().allSatisfy(\.isOnline) }
            for round in 0..<20 {
                let answers = try await ask(live.hub, "\(round) ", nodes.map(\.site))
                #expect(answers == ["\(round) Alpha", "\(round) Beta", "\(round) Gamma"])
            }
            // Several questions in flight at the same time keep apart.
            let hub = live.hub
            let all = try await withThrowingTaskGroup(of: Set<String>.self) { group in
                for round in 0..<30 { group.addTask { try await ask(hub, "\(round) ", nodes.map(\.site)) } }
                return try await group.reduce(into: Set<String>()) { $0.formUnion($1) }
            }
            #expect(all.count == 90)
            group.cancelAll()
        }
        // The connections are closed, so the hub knows at once.
        try await until { try live.hub.sites().allSatisfy { !$0.isOnline } }
        await live.stop()
    }

    @Test("a hub that is started again is found by its nodes, and nothing that was asked is lost")
    func restart() async throws {
        let folder = TemporaryFolder()
        let port = try await LiveHub.create(in: folder.file("hub"))
        var live = try await LiveHub.start(folder: folder.file("hub"), port: port)
        try await join(live, "Alpha", in: folder)
        let node = try open("Alpha", in: folder)
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask { try await node.run() }
            try await until { try live.hub.sites().allSatisfy(\.isOnline) }
            await live.stop()
            try await until { node.status.current.problem != nil }
            #expect(try FederationNode.status(folder: node.folder)?.problem?.contains("cannot be reached") == true)
            // Asked while nobody serves, by another process.
            let id = try await FederationHub.open(folder: folder.file("hub"), logger: .quiet)
                .send(kind: "echo", payload: Array("again ".utf8), to: [node.site], lifetime: .seconds(600))
            live = try await LiveHub.start(folder: folder.file("hub"), port: port)
            var answers: [String] = []
            for await reply in live.hub.replies(to: id) {
                answers.append(String(decoding: reply.payload ?? [], as: UTF8.self))
            }
            #expect(answers == ["again Alpha"])
            try await until { node.status.current.problem == nil && node.status.current.connectedSince != nil }
            group.cancelAll()
        }
        await live.stop()
    }

    @Test("a hub that is stopped in good order does not wait for its long polls to run out")
    func orderlyStop() async throws {
        let folder = TemporaryFolder()
        var options = HubOptions()
        options.pollWait = .seconds(100)
        let port = try await LiveHub.create(in: folder.file("hub"))
        let live = try await LiveHub.start(folder: folder.file("hub"), port: port, options: options)
        try await join(live, "Alpha", in: folder)
        var patient = NodeOptions()
        patient.pollWait = .seconds(100)
        let node = try FederationNode.open(
            folder: folder.file("Alpha"), handlers: [:], options: patient, logger: .quiet)
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask { try await node.run() }
            try await until { live.hub.room.isOpen(node.site) }
            let begin = ContinuousClock.now
            try await live.stopInGoodOrder()
            #expect(ContinuousClock.now - begin < .seconds(60))
            group.cancelAll()
        }
    }

    @Test("a node that waits is let in while it runs, when another process approves it")
    func approvedMeanwhile() async throws {
        let folder = TemporaryFolder()
        let live = try await LiveHub.start(
            folder: folder.file("hub"), port: try await LiveHub.create(in: folder.file("hub")))
        let invitation = try live.hub.invite(name: "Alpha", country: "ES")
        _ = try await FederationNode.join(
            invitation: invitation, folder: folder.file("Alpha"), name: "Alpha", country: "ES", logger: .quiet)
        let node = try open("Alpha", in: folder)
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask { try await node.run() }
            try await until { node.status.current.problem != nil }
            #expect(node.status.current.state == .waiting)
            let commandLine = try FederationHub.open(folder: folder.file("hub"), logger: .quiet)
            try commandLine.approve(invitation.site)
            try await until { try live.hub.sites().allSatisfy(\.isOnline) }
            #expect(try commandLine.sites().first?.isOnline == true, "the other process sees it too")
            // And out again, while its poll is open.
            try commandLine.suspend(invitation.site)
            try await until { node.status.current.state == .suspended }
            group.cancelAll()
        }
        await live.stop()
    }

    @Test("an invitation of another hub at the same address is told apart: its authority is not the one that signed")
    func wrongAuthority() async throws {
        let folder = TemporaryFolder()
        let port = try await LiveHub.create(in: folder.file("hub"))
        try FederationHub.create(
            folder: folder.file("other"), name: "Elsewhere", address: "https://localhost:\(port)")
        let live = try await LiveHub.start(folder: folder.file("hub"), port: port)
        let foreign = try FederationHub.open(folder: folder.file("other"), logger: .quiet)
            .invite(name: "Alpha", country: "ES")
        let error = await #expect(throws: FederationError.self) {
            _ = try await FederationNode.join(
                invitation: foreign, folder: folder.file("Alpha"), name: "Alpha", country: "ES", logger: .quiet)
        }
        guard case .untrusted(_, let why) = error else {
            Issue.record("\(String(describing: error))")
            return
        }
        #expect(why.contains("not issued by the federation's authority"))
        await live.stop()
    }

    @Test("a certificate for another host name is not taken")
    func wrongHost() async throws {
        let folder = TemporaryFolder()
        let port = try await LiveHub.freePort()
        try FederationHub.create(folder: folder.file("hub"), name: "T", address: "https://hub.example.org:\(port)")
        let live = try await LiveHub.start(folder: folder.file("hub"), port: port)
        let real = try live.hub.invite(name: "Alpha", country: "ES")
        let elsewhere = Invitation(
            id: real.id, site: real.site, siteName: real.siteName, country: real.country, federation: real.federation,
            hub: "https://localhost:\(port)", authority: real.authority, expires: real.expires, secret: real.secret)
        let error = await #expect(throws: FederationError.self) {
            _ = try await FederationNode.join(
                invitation: elsewhere, folder: folder.file("Alpha"), name: "Alpha", country: "ES", logger: .quiet)
        }
        guard case .untrusted(_, let why) = error else {
            Issue.record("\(String(describing: error))")
            return
        }
        #expect(why.contains("host name"))
        await live.stop()
    }

    @Test("a hub that is not there is told in words")
    func nobodyThere() async throws {
        let folder = TemporaryFolder()
        let port = try await LiveHub.create(in: folder.file("hub"))
        let invitation = try FederationHub.open(folder: folder.file("hub"), logger: .quiet)
            .invite(name: "Alpha", country: "ES")
        let error = await #expect(throws: FederationError.self) {
            _ = try await FederationNode.join(
                invitation: invitation, folder: folder.file("Alpha"), name: "Alpha", country: "ES", logger: .quiet)
        }
        #expect(error?.description.hasPrefix("the hub at https://localhost:\(port) cannot be reached: ") == true)
    }

    @Test("a renewed TLS certificate is served without a restart")
    func renewedServer() async throws {
        let folder = TemporaryFolder()
        var options = HubOptions()
        options.certificateLifetime = .seconds(3600)
        let clock = ManualClock(Date())
        let port = try await LiveHub.create(in: folder.file("hub"))
        let live = try await LiveHub.start(
            folder: folder.file("hub"), port: port, clock: clock.wallClock, options: options)
        let before = try await ServedCertificate.fetch(port: port, authority: live.hub.authority.encoded)
        clock.advance(by: 3000)
        try live.hub.lookAtCertificates()
        let after = try await ServedCertificate.fetch(port: port, authority: live.hub.authority.encoded)
        #expect(before != after)
        #expect(after == live.hub.certificates.current.server)
        await live.stop()
    }

    @Test("connections that send a byte at a time are closed, and a node is served meanwhile")
    func slowLoris() async throws {
        let folder = TemporaryFolder()
        var limits = ConnectionLimits()
        limits.firstHead = 0.5
        limits.bodyGrace = 0.5
        let port = try await LiveHub.create(in: folder.file("hub"))
        let live = try await LiveHub.start(folder: folder.file("hub"), port: port, limits: limits)
        try await join(live, "Alpha", in: folder)
        let node = try open("Alpha", in: folder)
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask { try await node.run() }
            try await until { try live.hub.sites().allSatisfy(\.isOnline) }
            let authority = live.hub.authority.encoded
            try await withThrowingTaskGroup(of: Void.self) { slow in
                for number in 0..<60 {
                    slow.addTask {
                        // Some never finish the TLS handshake, some their headers, some their body.
                        try await SlowClient.dripUntilClosed(
                            port: port, authority: authority, stage: SlowClient.Stage.allCases[number % 3])
                    }
                }
                #expect(try await ask(live.hub, "hello ", [node.site]) == ["hello Alpha"])
                try await slow.waitForAll()
            }
            #expect(try await ask(live.hub, "bye ", [node.site]) == ["bye Alpha"])
            group.cancelAll()
        }
        await live.stop()
    }

    @Test(
        "a body over its limit is refused without being read whole, and only messages may be large",
        arguments: [
            (SignedRequest.Action.poll, MessageLimits.smallBody), (.join, MessageLimits.smallBody),
            (.messages, MessageLimits.body),
        ])
    func tooLarge(_ action: SignedRequest.Action, _ limit: Int) async throws {
        let folder = TemporaryFolder()
        let port = try await LiveHub.create(in: folder.file("hub"))
        let live = try await LiveHub.start(folder: folder.file("hub"), port: port)
        let way = try HTTPSTransport(
            hub: "https://localhost:\(port)", authority: live.hub.authority.encoded, options: NodeOptions())
        func refusal(_ bytes: Int) async throws -> RefusalReason? {
            let answer = try await way.post(action, [UInt8](repeating: 32, count: bytes), patience: .seconds(60))
            return try WireJSON.decode(SignedResponse.self, from: answer).refusal?.reason
        }
        #expect(try await refusal(limit) == .malformed)
        // The client may meet the closed connection before it reads the answer.
        if let reason = try? await refusal(limit + 1) { #expect(reason == .tooLarge) }
        await way.close()
        await live.stop()
    }
}
