import Foundation
import Runtime
import Synchronization
import TestSupport
import Testing

@testable import Federation
@testable import Governance

@Suite("The audit log")
struct AuditLogTests {
    private let folder = TemporaryFolder("audit")
    private var path: String { folder.file("audit.jsonl") }

    /// A log of the entry that begins it and nine more.
    private func written() async throws -> [String] {
        let log = try AuditLog(path: path, clock: ManualClock().wallClock)
        for number in 0..<9 {
            try log.record(
                AuditEvent(.taskSent, site: SiteID("alpha"), message: MessageID(random: .system), count: number))
        }
        try await log.flush()
        return try lines()
    }

    private func lines() throws -> [String] {
        try String(contentsOfFile: path, encoding: .utf8).split(separator: "\n").map(String.init)
    }

    private func rewrite(_ lines: [String]) throws {
        try lines.map { $0 + "\n" }.joined().write(toFile: path, atomically: true, encoding: .utf8)
    }

    private func problem() throws -> AuditProblem? { try AuditLog.verify(path: path).problem }

    @Test("what was recorded is there, in order, each entry following from the one before")
    func chain() async throws {
        let lines = try await written()
        #expect(lines.count == 10)
        #expect(
            lines[0] == """
                {"sequence":1,"previous":"\(String(repeating: "0", count: 64))","time":"2027-01-15T08:00:00Z","kind":"log.begun"}
                """)
        let report = try AuditLog.verify(path: path)
        #expect(report.entries == 10 && report.problem == nil && report.hasHead)
        let entries = try AuditLog.entries(path: path, from: 2, limit: 3)
        #expect(entries.map(\.sequence) == [2, 3, 4])
        #expect(entries.map(\.kind) == ["task.sent", "task.sent", "task.sent"])
        #expect(entries.map(\.count) == [0, 1, 2])
        #expect(entries.map(\.site) == ["alpha", "alpha", "alpha"])
    }

    @Test("the hash of an entry is the leaf hash of RFC 6962")
    func leafHash() {
        // The empty leaf of RFC 6962's own test data: SHA-256 of one zero byte.
        #expect(AuditLine.hash([]) == "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d")
    }

    @Test("a changed character is found at its entry or at the one that follows", arguments: 1...10)
    func flipped(_ entry: Int) async throws {
        let original = try await written()
        for offset in [3, 40, 95, 130] {
            var lines = original
            var bytes = Array(lines[entry - 1].utf8)
            let index = min(offset, bytes.count - 3)
            bytes[index] = bytes[index] == UInt8(ascii: "0") ? UInt8(ascii: "1") : UInt8(ascii: "0")
            guard bytes != Array(lines[entry - 1].utf8) else { continue }
            lines[entry - 1] = String(decoding: bytes, as: UTF8.self)
            try rewrite(lines)
            let found = try #require(try problem(), "entry \(entry), character \(index)")
            #expect(found.entry == entry || found.entry == min(entry + 1, 10))
        }
    }

    @Test("a deleted entry is found at its place", arguments: 1...9)
    func deleted(_ entry: Int) async throws {
        var lines = try await written()
        lines.remove(at: entry - 1)
        try rewrite(lines)
        #expect(try problem() == AuditProblem(entry: entry, kind: .outOfOrder))
    }

    @Test("two entries that changed places are found at the first", arguments: 1...9)
    func reordered(_ entry: Int) async throws {
        var lines = try await written()
        lines.swapAt(entry - 1, entry)
        try rewrite(lines)
        #expect(try problem() == AuditProblem(entry: entry, kind: .outOfOrder))
    }

    @Test("entries cut off at the end are found by the head", arguments: 0...9)
    func truncated(_ rest: Int) async throws {
        let lines = try await written()
        try rewrite(Array(lines.prefix(rest)))
        #expect(try problem() == AuditProblem(entry: rest + 1, kind: .truncated(expected: 10)))
        #expect(throws: AuditError.self) { try AuditLog(path: path) }
    }

    @Test("a last entry that was changed is found by the head")
    func lastChanged() async throws {
        var lines = try await written()
        lines[9] = lines[9].replacingOccurrences(of: "\"count\":8", with: "\"count\":9")
        try rewrite(lines)
        #expect(try problem() == AuditProblem(entry: 10, kind: .truncated(expected: 10)))
    }

    @Test("an entry put in between is found")
    func inserted() async throws {
        var lines = try await written()
        lines.insert(lines[4], at: 5)
        try rewrite(lines)
        #expect(try problem()?.entry == 6)
    }

    @Test("a line that a crash cut short is ended, named by its digest, and the log goes on", arguments: [1, 30, 100])
    func torn(_ length: Int) async throws {
        let lines = try await written()
        let fragment = String(lines[9].prefix(length))
        try (lines.prefix(9).joined(separator: "\n") + "\n" + fragment).write(
            toFile: path, atomically: true, encoding: .utf8)
        // The crash came before that entry was on the disk, so the head does not know it.
        try FileManager.default.removeItem(atPath: AuditHead.path(path))
        #expect(try problem() == AuditProblem(entry: 10, kind: .unreadable))
        let log = try AuditLog(path: path)
        try log.record(AuditEvent(.approved, site: SiteID("alpha")))
        try await log.flush()
        let report = try AuditLog.verify(path: path)
        #expect(report.problem == nil && report.entries == 11)
        let entries = try AuditLog.entries(path: path, from: 10)
        #expect(entries.map(\.kind) == ["log.repaired", "site.approved"])
        #expect(entries.first?.digest == "\(Digest(sha256: Array(fragment.utf8)))")
    }

    @Test("a last line that lacks only its line feed is whole")
    func withoutFeed() async throws {
        let lines = try await written()
        try lines.joined(separator: "\n").write(toFile: path, atomically: true, encoding: .utf8)
        let log = try AuditLog(path: path)
        try log.record(AuditEvent(.approved))
        #expect(try AuditLog.entries(path: path).map(\.kind).suffix(2) == ["task.sent", "site.approved"])
        #expect(try problem() == nil)
    }

    @Test("garbage in the middle is no torn line, whatever is written after it")
    func garbage() async throws {
        var lines = try await written()
        lines[4] = "garbage"
        try rewrite(lines)
        #expect(try problem() == AuditProblem(entry: 5, kind: .unreadable))
        #expect(throws: AuditError.tampered(path: path, AuditProblem(entry: 5, kind: .unreadable))) {
            try AuditLog(path: path)
        }
    }

    @Test("two writers on one log, as two processes, make one chain")
    func twoWriters() async throws {
        let first = try AuditLog(path: path)
        let second = try AuditLog(path: path)
        try await withThrowingTaskGroup(of: Void.self) { group in
            for log in [first, second] {
                group.addTask {
                    for _ in 0..<200 { try log.record(AuditEvent(.invited, site: SiteID("alpha"))) }
                    try await log.flush()
                }
            }
            try await group.waitForAll()
        }
        let report = try AuditLog.verify(path: path)
        #expect(report.entries == 401 && report.problem == nil)
    }

    @Test(
        "whatever file operation fails, what was acknowledged is still there when the log is opened again",
        arguments: FaultyFileSystem.Fault.allCases, 1...20)
    func failingDisk(_ fault: FaultyFileSystem.Fault, _ operation: Int) async throws {
        let files = FaultyFileSystem(fault, at: operation)
        var acknowledged = 0
        do {
            let log = try AuditLog(path: path, files: files)
            for _ in 0..<6 {
                try log.record(AuditEvent(.invited))
                try await log.flush()
                acknowledged += 1
            }
        } catch is AuditError {
        } catch is FileError {
        }
        let log = try AuditLog(path: path)
        try log.record(AuditEvent(.approved))
        try await log.flush()
        let report = try AuditLog.verify(path: path)
        #expect(report.problem == nil)
        #expect(try AuditLog.entries(path: path).filter { $0.kind == "site.invited" }.count >= acknowledged)
    }

    @Test("after a failed write the log takes nothing more")
    func broken() throws {
        let files = FaultyFileSystem(.diskFull, at: 8)
        let log = try AuditLog(path: path, files: files)
        var failures: [any Error] = []
        for _ in 0..<20 {
            do { try log.record(AuditEvent(.invited)) } catch { failures.append(error) }
        }
        #expect(failures.count > 1)
        #expect(failures.last as? AuditError == .broken(path: path))
    }

    @Test("a disk that has room again is written to again, and what was cut short meanwhile is named")
    func fullForAWhile() async throws {
        let files = ConductedFileSystem()
        let log = try AuditLog(path: path, files: files)
        try log.record(AuditEvent(.invited))
        try await log.flush()
        files.isFull = true
        for _ in 0..<3 { #expect(throws: AuditError.self) { try log.record(AuditEvent(.suspended)) } }
        await #expect(throws: AuditError.self) { try await log.flush() }
        files.isFull = false
        try log.record(AuditEvent(.approved))
        try await log.flush()
        #expect(try problem() == nil)
        let kinds = try AuditLog.entries(path: path).map(\.kind)
        #expect(kinds == ["log.begun", "site.invited", "log.repaired", "site.approved"])
    }

    @Test("opening a long log does not keep its writer waiting: it is read before the lock is taken")
    func readWithoutLock() async throws {
        _ = try await written()
        let path = path
        let reads = Mutex<[Bool]>([])
        let files = ConductedFileSystem { opened in
            guard opened == path else { return }
            let lock = try? ExclusiveLock.take(path + ".lock")
            reads.withLock { $0.append(lock != nil) }
            lock?.release()
        }
        let log = try AuditLog(path: path, files: files)
        #expect(reads.withLock { $0.first } == true)
        try log.record(AuditEvent(.approved))
        #expect(try problem() == nil)
    }

    @Test("everything the hub decided while a site joined and was suspended is in its log, before the answers left")
    func hubLog() async throws {
        let folder = TemporaryFolder()
        let log = try AuditLog(path: path)
        let clock = ManualClock()
        try FederationHub.create(
            folder: folder.file("hub"), name: "T", address: "https://hub.test", clock: clock.wallClock, audit: log)
        let hub = try FederationHub.open(
            folder: folder.file("hub"), audit: log, clock: clock.wallClock, logger: .quiet)
        let site = TestSite(clock: clock)
        try await site.join(
            try hub.invite(name: "Alpha", country: "ES", approval: .automatic), through: DirectWay { hub })
        try hub.suspend(try #require(SiteID("alpha")))
        let party = try await site.party()
        _ = await hub.answer(.poll, try party.request(.poll, PollBody(acknowledged: [], waitMilliseconds: 0)))
        #expect(
            try AuditLog.entries(path: path).map(\.kind) == [
                "log.begun", "hub.created", "site.invited", "site.joined", "site.approved", "site.certified",
                "site.suspended", "refused",
            ])
        #expect(try AuditLog.entries(path: path).last?.refusal == "suspended")
    }

    @Test("a hub whose audit log cannot be written admits nobody and asks nothing")
    func noLogNoDecision() async throws {
        struct Full: AuditSink { func record(_ event: AuditEvent) throws { throw AuditError.broken(path: "audit") } }
        let federation = try TestFederation()
        let party = try await federation.admit("Alpha").party()
        let hub = try FederationHub.open(
            folder: federation.hub.folder, audit: Full(), clock: federation.clock.wallClock, logger: .quiet)
        #expect(throws: FederationError.self) { try hub.invite(name: "Beta", country: "ES") }
        #expect(throws: FederationError.self) { try hub.suspend(party.site) }
        await #expect(throws: FederationError.self) {
            _ = try await hub.send(kind: "query", payload: [], to: [party.site], lifetime: .seconds(60))
        }
        #expect(try hub.sites().map(\.state) == [.admitted])
        #expect(try hub.store.waiting(for: party.site, now: hub.now).isEmpty)
    }
}
