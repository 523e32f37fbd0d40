import Foundation
import Runtime
import Synchronization
import TestSupport
import Testing

@testable import Federation

@Suite("What the log tells an operator")
struct LogTests {
    @Test("who joined, came, went, was approved and suspended, and what was refused, each in one sentence")
    func hub() async throws {
        let federation = try TestFederation()
        let log = LogRecorder()
        let hub = try FederationHub.open(
            folder: federation.hub.folder, clock: federation.clock.wallClock, logger: log.logger)
        hub.isServing = true
        let site = TestSite(clock: federation.clock)
        let way = DirectWay { hub }
        guard
            case .waiting(let id, let fingerprint) = try await site.join(
                try hub.invite(name: "Alpha", country: "ES"), through: way)
        else { throw TaskFailure("not waiting") }
        let name = "Hospital alpha (alpha)"
        #expect(log.all == ["\(name) has joined; waits for approval, fingerprint \(fingerprint)"])
        try hub.noticeStandings()
        try federation.hub.approve(id)
        try hub.noticeStandings()
        var here = try hub.noticePresence([])
        #expect(here.isEmpty)
        hub.presence.withLock { $0.linger(id, at: hub.now) }
        here = try hub.noticePresence(here)
        hub.presence.withLock { $0.lose(id) }
        here = try hub.noticePresence(here)
        try hub.suspend(id)
        _ = await hub.answer(.poll, Array("{}".utf8))
        #expect(
            log.all.dropFirst() == [
                "\(name) was approved", "\(name) is on line", "\(name) is off line", "\(name) was suspended",
                "refused: malformed (from an unknown sender)",
            ])
    }

    @Test("a node says when it is connected, when no longer, and why")
    func node() async throws {
        let federation = try TestFederation()
        let log = LogRecorder()
        let site = try await federation.admit("Alpha")
        let isAway = Counter()
        let node = try FederationNode(
            folder: site.path, handlers: [:], files: PosixFileSystem(), clock: site.clock.wallClock, random: .system,
            audit: site.audit, options: NodeOptions(), logger: log.logger,
            transport: DirectWay { isAway.value == 0 ? federation.hub : nil })
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask { try await node.run() }
            while node.status.current.connectedSince == nil { try await Task.sleep(for: .milliseconds(1)) }
            isAway.increment()
            federation.hub.room.newsForAll()
            federation.hub.room.stop()
            while node.status.current.problem == nil { try await Task.sleep(for: .milliseconds(1)) }
            group.cancelAll()
        }
        let hub = "the hub at https://hub.test:8443"
        #expect(
            log.all.prefix(2) == [
                "connected to \(hub)",
                "lost the connection to \(hub): \(hub) cannot be reached: switched off by the test",
            ])
    }
}
