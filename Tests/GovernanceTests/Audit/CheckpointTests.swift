import Crypto
import Federation
import Foundation
import Runtime
import TestSupport
import Testing

@testable import Governance

/// A party with a key and a log.
private struct Party {
    let id: SiteID
    let key = Curve25519.Signing.PrivateKey()
    let path: String
    let log: AuditLog
    static let federation = String(repeating: "ab", count: 32)

    init(_ name: String, in folder: TemporaryFolder) throws {
        id = try #require(SiteID(name))
        path = folder.file("\(name).log")
        log = try AuditLog(path: path, clock: ManualClock().wallClock)
    }

    var verifying: VerifyingKey {
        get throws { try #require(VerifyingKey([UInt8](key.publicKey.rawRepresentation))) }
    }

    func sign(_ bytes: [UInt8]) throws -> [UInt8] { [UInt8](try key.signature(for: bytes)) }

    func write(_ count: Int) async throws {
        for number in 0..<count { try log.record(AuditEvent(.taskReceived, site: .hub, count: number)) }
        try await log.flush()
    }

    func checkpoint(at seconds: Int64 = 1_800_000_000) throws -> SignedCheckpoint {
        try SignedCheckpoint(
            AuditLog.checkpoint(
                path: path, federation: Self.federation, party: id, at: try #require(PermitTime(seconds: seconds))),
            sign: sign)
    }

    func offer(from: Int) throws -> CheckpointOffer {
        let checkpoint = try checkpoint()
        let proof = try AuditLog.consistency(path: path, from: from, to: checkpoint.checkpoint.size)
        return CheckpointOffer(checkpoint: checkpoint, from: from, proof: try #require(proof))
    }
}

@Suite("Checkpoints that each side countersigns")
struct CheckpointTests {
    private let folder = TemporaryFolder("checkpoints")
    private let node: Party
    private let hub: Party
    private let audit = AuditRecorder()
    private let witness: CheckpointWitness

    init() throws {
        node = try Party("valencia", in: folder)
        hub = try Party("hub", in: folder)
        witness = try CheckpointWitness(
            party: hub.id, watching: node.id, of: Party.federation, path: folder.file("witness.json"), audit: audit)
    }

    private func judge(_ offer: CheckpointOffer) async throws -> CheckpointAnswer {
        let hub = hub
        return try await witness.judge(offer, by: try node.verifying) { try hub.sign($0) }
    }

    private func countersigned(_ answer: CheckpointAnswer) throws -> SignedCheckpoint {
        guard case .countersigned(let checkpoint) = answer else {
            Issue.record("\(answer)")
            throw CancellationError()
        }
        return checkpoint
    }

    @Test("a log that grows is countersigned each time, and both hold the proof")
    func grows() async throws {
        var seen = 0
        for count in [3, 1, 12] {
            try await node.write(count)
            let answer = try countersigned(try await judge(try node.offer(from: seen)))
            seen = answer.checkpoint.size
            #expect(answer.isGenuine(by: try node.verifying))
            #expect(answer.isCountersigned(by: hub.id, try hub.verifying))
            #expect(!answer.isCountersigned(by: hub.id, try node.verifying))
            #expect(!answer.isCountersigned(by: node.id, try node.verifying))
        }
        #expect(seen == 17)
        let held = await witness.seen
        let again = try CheckpointWitness(
            party: hub.id, watching: node.id, of: Party.federation, path: folder.file("witness.json"), audit: audit)
        #expect(await again.seen == held)
        #expect(
            audit.events.map(\.kind) == [.checkpointCountersigned, .checkpointCountersigned, .checkpointCountersigned])
    }

    @Test("a proof that begins elsewhere is asked for again from where it has to begin")
    func beginAt() async throws {
        try await node.write(3)
        _ = try await judge(try node.offer(from: 0))
        try await node.write(3)
        #expect(try await judge(try node.offer(from: 2)) == .beginAt(4))
        _ = try countersigned(try await judge(try node.offer(from: 4)))
    }

    @Test("a log that was written anew, as long as before, is proof against its writer for everybody")
    func twoRoots() async throws {
        try await node.write(5)
        _ = try await judge(try node.offer(from: 0))
        try FileManager.default.removeItem(atPath: node.path)
        try FileManager.default.removeItem(atPath: AuditHead.path(node.path))
        let other = try AuditLog(path: node.path, clock: ManualClock().wallClock)
        for _ in 0..<5 { try other.record(AuditEvent(.taskSent)) }
        guard case .refused(let view) = try await judge(try node.offer(from: 6)) else { throw CancellationError() }
        #expect(view.kind == .twoRoots)
        #expect(view.isProof(by: try node.verifying))
        #expect(!view.isProof(by: try hub.verifying))
        #expect(audit.events.last?.kind == .splitViewFound)
    }

    @Test("a log that became shorter is found, and one that does not begin as it did")
    func shorterAndOther() async throws {
        try await node.write(5)
        _ = try await judge(try node.offer(from: 0))
        let fresh = try Party("other", in: folder)
        try await fresh.write(2)
        func told(_ party: Party, from: Int, at seconds: Int64) throws -> CheckpointOffer {
            let found = try AuditLog.checkpoint(
                path: party.path, federation: Party.federation, party: node.id,
                at: try #require(PermitTime(seconds: seconds)))
            let proof = try #require(try AuditLog.consistency(path: party.path, from: from, to: found.size))
            return CheckpointOffer(
                checkpoint: try SignedCheckpoint(found, sign: node.sign), from: from, proof: proof)
        }
        guard case .refused(let shorter) = try await judge(try told(fresh, from: 0, at: 1_800_000_060)) else {
            throw CancellationError()
        }
        #expect(shorter.kind == .shorter)
        #expect(shorter.isProof(by: try node.verifying))
        try await fresh.write(20)
        guard case .refused(let other) = try await judge(try told(fresh, from: 6, at: 1_800_000_120)) else {
            throw CancellationError()
        }
        #expect(other.kind == .noConsistency)
    }

    @Test("a checkpoint that the hub signs in the node's name, or that is of another federation, is not taken")
    func forged() async throws {
        try await node.write(2)
        let checkpoint = try node.checkpoint().checkpoint
        let forged = try SignedCheckpoint(checkpoint, sign: hub.sign)
        #expect(try await judge(CheckpointOffer(checkpoint: forged, from: 0, proof: [])) == .notGenuine)
        let elsewhere = try SignedCheckpoint(
            AuditCheckpoint(
                federation: "cd", party: node.id, size: checkpoint.size, root: checkpoint.root, at: checkpoint.at),
            sign: node.sign)
        #expect(try await judge(CheckpointOffer(checkpoint: elsewhere, from: 0, proof: [])) == .notGenuine)
        #expect(await witness.seen == nil)
    }

    @Test("the wire form reads back, and says nothing that was not signed")
    func wire() async throws {
        try await node.write(2)
        let offer = try node.offer(from: 0)
        let read = try JSONDecoder().decode(CheckpointOffer.self, from: try JSONEncoder().encode(offer))
        #expect(read == offer)
        let text = String(decoding: try JSONEncoder().encode(offer), as: UTF8.self)
        #expect(text.contains("\"size\":3"))
        let changed = try JSONDecoder().decode(
            CheckpointOffer.self, from: Data(text.replacing("\"size\":3", with: "\"size\":2").utf8))
        #expect(!changed.checkpoint.isGenuine(by: try node.verifying))
    }

    @Test("one who holds a checkpoint and no log can be shown an entry, and no other")
    func entry() async throws {
        try await node.write(9)
        let checkpoint = try node.checkpoint().checkpoint
        let lines = try String(contentsOfFile: node.path, encoding: .utf8).split(separator: "\n").map { Array($0.utf8) }
        for entry in 1...10 {
            let proof = try #require(try AuditLog.inclusion(path: node.path, of: entry, in: 10))
            #expect(proof.isGood(for: lines[entry - 1], in: checkpoint))
            #expect(!proof.isGood(for: lines[entry % 10], in: checkpoint))
        }
        #expect(try AuditLog.inclusion(path: node.path, of: 11, in: 10) == nil)
        #expect(try AuditLog.inclusion(path: node.path, of: 0, in: 10) == nil)
    }

    @Test("a log and its head written anew together are found by a checkpoint that was kept", arguments: 1...6)
    func rewritten(_ entry: Int) async throws {
        try await node.write(5)
        let checkpoint = try node.checkpoint().checkpoint
        #expect(try AuditLog.verify(path: node.path, against: [checkpoint]).problem == nil)
        try FileManager.default.removeItem(atPath: node.path)
        try FileManager.default.removeItem(atPath: AuditHead.path(node.path))
        let clock = ManualClock()
        let log = try AuditLog(path: node.path, clock: clock.wallClock)
        for number in 0..<5 {
            // The same story but for one entry; or, at last, one entry fewer.
            if entry == 6, number == 4 { break }
            let count = entry == number + 1 ? 99 : number
            try log.record(AuditEvent(.taskReceived, site: .hub, count: count))
        }
        try await log.flush()
        #expect(try AuditLog.verify(path: node.path).problem == nil)
        let problem = try AuditLog.verify(path: node.path, against: [checkpoint]).problem
        #expect(problem?.kind == (entry == 6 ? .truncated(expected: 6) : .rewritten(size: 6)))
    }
}
