import Federation
import FoundationEssentials
import Runtime
import TestSupport
import Testing

@testable import Governance

@Suite("The opt-out list")
struct OptOutTests {
    private let temporary = TemporaryFolder("opt-out")
    private var folder: GovernanceFolder { GovernanceFolder(temporary.path) }
    private let files = PosixFileSystem()
    private var now: PermitTime { PermitTime(ManualClock().now) }

    @Test("knows who is on it after a restart, however the identifier is padded, and forgets who changed their mind")
    func restart() throws {
        var list = try OptOutList(folder: folder)
        #expect(try list.add(["NHC-0012", " NHC-0013", "NHC-0012", " "], at: now) == 2)
        var again = try OptOutList(folder: folder)
        #expect(again.count == 2)
        #expect(again.isOptedOut("NHC-0012") && again.isOptedOut("NHC-0012 ") && again.isOptedOut("NHC-0013\0"))
        #expect(!again.isOptedOut("NHC-001") && !again.isOptedOut("nhc-0012") && !again.isOptedOut(""))
        #expect(try again.remove(["NHC-0012", "NHC-9999"]) == 1)
        #expect(try !OptOutList(folder: folder).isOptedOut("NHC-0012"))
    }

    @Test("holds no identifier, nor a hash of one that could be tried out without the key")
    func hashed() throws {
        var list = try OptOutList(folder: folder)
        try list.add(["12345678Z"], at: now)
        let text = String(decoding: try files.read(folder.optOut, limit: 1 << 20), as: UTF8.self)
        #expect(!text.contains("12345678Z"))
        #expect(!text.contains("\(Digest(sha256: Array("12345678Z".utf8)))"))
        #expect(try files.attributes(folder.optOut)?.mode == 0o600)
        #expect(try files.attributes(folder.optOutKey)?.mode == 0o600)
    }

    @Test("is never taken for empty: not without its key, with another key, damaged, or readable by others")
    func notEmpty() throws {
        var list = try OptOutList(folder: folder)
        try list.add(["NHC-1"], at: now)
        let (key, text) = (try files.read(folder.optOutKey, limit: 64), try files.read(folder.optOut, limit: 1 << 20))
        try files.remove(folder.optOutKey)
        #expect(throws: PermitError.secret(.missing(path: folder.optOutKey))) { try OptOutList(folder: folder) }
        try SecretFile.write([UInt8](repeating: 7, count: 32), to: folder.optOutKey, in: files)
        #expect(throws: PermitError.unreadable(path: folder.optOut)) { try OptOutList(folder: folder) }
        try SecretFile.write(key, to: folder.optOutKey, in: files)
        try SecretFile.write(Array(text.dropLast(3)), to: folder.optOut, in: files)
        #expect(throws: PermitError.unreadable(path: folder.optOut)) { try OptOutList(folder: folder) }
        try SecretFile.write(text, to: folder.optOut, in: files)
        try FileSystemMode.set(folder.optOut, 0o644)
        #expect(throws: PermitError.secret(.readableByOthers(path: folder.optOut))) { try OptOutList(folder: folder) }
        try FileSystemMode.set(folder.optOut, 0o600)
        #expect(try OptOutList(folder: folder).isOptedOut("NHC-1"))
    }

    @Test("on a full disk is as it was, in memory and in the file", arguments: 1...12)
    func fullDisk(_ operation: Int) throws {
        var before = try OptOutList(folder: folder)
        try before.add(["NHC-1"], at: now)
        let files = FaultyFileSystem(.tornWrite, at: operation)
        do {
            var list = try OptOutList(folder: folder, files: files)
            do {
                try list.add(["NHC-2"], at: now)
            } catch {
                #expect(!list.isOptedOut("NHC-2") && list.isOptedOut("NHC-1"))
            }
        } catch {}
        #expect(try OptOutList(folder: folder).isOptedOut("NHC-1"))
    }

    @Test("a withdrawal finds the patients in a derived data set, and tells nobody else who they are")
    func notice() throws {
        let valencia = try #require(SiteID("valencia"))
        let permit = PermitID(random: .system)
        let notice = WithdrawalNotice(
            permit: permit, site: valencia, dataSet: "mama", at: now, pseudonyms: ["P-1", "P-2", "P-1"])
        #expect(notice.marks.count == 2)
        #expect(notice.withdrawn(among: ["P-0", "P-1", "P-2", "P-3"]) == ["P-1", "P-2"])
        let text = String(decoding: try JSONEncoder().encode(notice), as: UTF8.self)
        #expect(!text.contains("P-1"))
        let other = WithdrawalNotice(
            permit: PermitID(random: .system), site: valencia, dataSet: "mama", at: now, pseudonyms: ["P-1", "P-2"])
        #expect(Set(other.marks).isDisjoint(with: notice.marks))
    }
}
