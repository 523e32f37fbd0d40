import Federation
import Foundation
import Runtime
import TestSupport
import Testing

@testable import Governance

@Suite("A log that somebody tampered with")
struct TamperingTests {
    private let folder = TemporaryFolder("tampering")
    private var path: String { folder.file("audit.log") }

    @Test("is found out whatever byte was changed, whatever bit of it")
    func everyByte() async throws {
        let log = try AuditLog(path: path, clock: ManualClock().wallClock)
        let permit = MessageID(random: .system)
        for number in 0..<6 {
            try log.record(
                AuditEvent(
                    .gateRefused, site: .hub, message: MessageID(random: .system), digest: Digest(sha256: [1]),
                    count: number, permit: permit, person: Digest(sha256: [2]), reason: GateReason.revoked.kind))
        }
        try await log.flush()
        let bytes = [UInt8](try Data(contentsOf: URL(fileURLWithPath: path)))
        #expect(try AuditLog.verify(path: path).problem == nil)
        for index in bytes.indices {
            var changed = bytes
            changed[index] ^= UInt8(1 << (index % 8))
            try Data(changed).write(to: URL(fileURLWithPath: path))
            #expect(try AuditLog.verify(path: path).problem != nil, "byte \(index)")
        }
    }

    @Test("tells a story that does not fit the other side's", arguments: ["sent", "accepted", "neither"])
    func stories(_ hidden: String) throws {
        let valencia = try #require(SiteID("valencia"))
        let ids = (0..<4).map { _ in MessageID(random: .system) }
        let hubPath = folder.file("hub.log")
        let (hub, node) = (try AuditLog(path: hubPath), try AuditLog(path: path))
        for (number, id) in ids.enumerated() {
            if hidden != "sent" || number != 2 { try hub.record(AuditEvent(.taskSent, message: id, count: 1)) }
            // The last one is still under way.
            guard number < 3 else { continue }
            try node.record(AuditEvent(.taskReceived, site: .hub, message: id))
            if hidden != "accepted" || number != 1 {
                try node.record(AuditEvent(.taskAnswered, site: .hub, message: id))
            }
            try hub.record(AuditEvent(.answerAccepted, site: valencia, message: id))
        }
        let comparison = AuditComparison(
            hub: try AuditLog.entries(path: hubPath), node: try AuditLog.entries(path: path), site: valencia)
        switch hidden {
        case "sent": #expect(comparison.differences == [.init(kind: .notSentByHub, message: ids[2].text)])
        case "accepted": #expect(comparison.differences == [.init(kind: .answerNotGivenByNode, message: ids[1].text)])
        default: #expect(comparison.differences.isEmpty && comparison.agreed == 3)
        }
    }
}
