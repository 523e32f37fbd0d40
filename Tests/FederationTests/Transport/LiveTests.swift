import FoundationEssentials
import Logging
import Runtime
import TestSupport
import Testing

@testable import Federation

@Suite("Over real TLS on real sockets")
struct LiveTests {
    @Test("three nodes join, are asked, and answer; the answers come site by site")
    func roundTrip() async throws {
        let folder = TemporaryFolder()
        let port = try await LiveHub.create(in: folder.file("hub"))
        let live = try await LiveHub.start(folder: folder.file("hub"), port: port)
        var nodes: [FederationNode] = []
        for name in ["Alpha", "Beta", "Gamma"] {
            let invitation = try live.hub.invite(name: name, country: "ES", approval: .automatic)
            let copied = try Invitation(text: invitation.text)
            let state = try await FederationNode.join(
                invitation: copied, folder: folder.file(name), name: name, country: "ES", logger: .quiet)
            guard case .admitted(let site, _) = state else {
                Issue.record("not admitted: \(state)")
                return
            }
            #expect(site.text == name.lowercased())
            nodes.append(
                try FederationNode.open(
                    folder: folder.file(name), handlers: ["echo": { message in message.payload + Array(name.utf8) }],
                    logger: .quiet))
        }
        try await withThrowingTaskGroup(of: Void.self) { group in
            for node in nodes { group.addTask { try await node.run() } }
            let sites = nodes.map(\.site)
            while try !live.hub.sites().allSatisfy(\.isOnline) { try await Task.sleep(for: .milliseconds(5)) }
            var times: [Duration] = []
            for round in 0..<200 {
                let begin = ContinuousClock.now
                let id = try await live.hub.send(
                    kind: "echo", payload: Array("\(round) ".utf8), to: sites, lifetime: .seconds(60))
                var answers: Set<String> = []
                for await reply in live.hub.replies(to: id) {
                    answers.insert(String(decoding: reply.payload ?? [], as: UTF8.self))
                }
                times.append(ContinuousClock.now - begin)
                #expect(answers == ["\(round) Alpha", "\(round) Beta", "\(round) Gamma"])
            }
            times.sort()
            print(
                "federated round over TLS, 3 nodes: median \(times[times.count / 2]), p95 \(times[times.count * 95 / 100]), first \(times[0])"
            )
            let t0 = ContinuousClock.now
            group.cancelAll()
            try? await group.waitForAll()
            print("nodes stopped after", ContinuousClock.now - t0)
        }
        let t1 = ContinuousClock.now
        await live.stop()
        print("hub stopped after", ContinuousClock.now - t1)
    }
}
