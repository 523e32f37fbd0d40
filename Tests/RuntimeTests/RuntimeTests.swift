import Foundation
import Runtime
import TestSupport
import Testing

@Suite("Runtime")
struct RuntimeTests {
    private let files = PosixFileSystem()

    @Test(
        "Base 32 agrees with the vectors of RFC 4648 section 10, unpadded",
        arguments: [
            ("", ""), ("f", "MY"), ("fo", "MZXQ"), ("foo", "MZXW6"), ("foob", "MZXW6YQ"), ("fooba", "MZXW6YTB"),
            ("foobar", "MZXW6YTBOI"),
        ])
    func base32(input: String, expected: String) {
        #expect(Base32.text(input.utf8) == expected)
    }

    @Test("Hexadecimal agrees with RFC 4648 section 10 and refuses other characters")
    func hex() {
        #expect(Hex.text("foobar".utf8) == "666f6f626172")
        #expect(Hex.bytes("666F6f") == Array("foo".utf8))
        #expect(Hex.bytes("66f") == nil)
        #expect(Hex.bytes("6g") == nil)
    }

    @Test("A timestamp is RFC 3339 in UTC, both ways")
    func timestamp() {
        let date = Date(timeIntervalSince1970: 1_700_000_000)
        #expect(Timestamp.text(date) == "2023-11-14T22:13:20Z")
        #expect(Timestamp.date("2023-11-14T22:13:20Z") == date)
        #expect(Timestamp.date("yesterday") == nil)
    }

    @Test("An atomic write leaves the old content whole when any operation of it fails")
    func atomicWrite() throws {
        for fault in FaultyFileSystem.Fault.allCases {
            for number in 1...4 {
                let folder = TemporaryFolder()
                let path = folder.file("config")
                try files.writeAtomically(Array("old content".utf8), to: path, mode: 0o600)
                let faulty = FaultyFileSystem(fault, at: number)
                #expect(throws: FileError.self) {
                    try faulty.writeAtomically(Array("new content".utf8), to: path, mode: 0o600)
                }
                let found = try files.read(path, limit: 100)
                // The rename itself is atomic: only a failure after it may leave the new content, and then all of it.
                #expect(found == Array("old content".utf8) || (number == 4 && found == Array("new content".utf8)))
            }
        }
    }

    @Test("A secret is stored with mode 0600 and refused when others may read it")
    func secrets() throws {
        let folder = TemporaryFolder()
        let path = folder.file("pseudonym.key")
        try SecretFile.write([1, 2, 3], to: path, in: files)
        #expect(try files.attributes(path)?.mode == 0o600)
        #expect(try SecretFile.read(path, in: files) == [1, 2, 3])
        try FileManager.default.setAttributes([.posixPermissions: 0o640], ofItemAtPath: path)
        #expect(throws: SecretError.readableByOthers(path: path)) { try SecretFile.read(path, in: files) }
    }

    @Test("A secret that is asked for twice is made once")
    func secretMadeOnce() throws {
        let folder = TemporaryFolder()
        let first = try SecretFile.readOrCreate(folder.file("k"), in: files) { RandomSource.system.bytes(32) }
        let second = try SecretFile.readOrCreate(folder.file("k"), in: files) { RandomSource.system.bytes(32) }
        #expect(first == second)
        #expect(first.count == 32)
    }

    @Test("Folders, pipes and missing files cannot be opened as files, and nothing hangs")
    func onlyRegularFiles() throws {
        let folder = TemporaryFolder()
        #expect(throws: FileError.self) { _ = try files.openForReading(folder.path) }
        #expect(throws: FileError.self) { _ = try files.openForReading("/dev/zero") }
        let missing = #expect(throws: FileError.self) { _ = try files.openForReading(folder.file("missing")) }
        #expect(missing?.isNotFound == true)
        mkfifo(folder.file("pipe"), 0o600)
        #expect(throws: FileError.self) { _ = try files.openForReading(folder.file("pipe")) }
    }

    @Test("A file is read by position, fewer bytes only at its end")
    func reading() throws {
        let folder = TemporaryFolder()
        try files.writeAtomically(Array("0123456789".utf8), to: folder.file("f"), mode: 0o644)
        let file = try files.openForReading(folder.file("f"))
        #expect(try file.read(at: 3, count: 4) == Array("3456".utf8))
        #expect(try file.read(at: 8, count: 100) == Array("89".utf8))
        #expect(try file.read(at: 50, count: 1) == [])
        file.close()
        #expect(throws: FileError.self) { try file.read(at: 0, count: 1) }
    }

    @Test("A lock is held by one holder at a time")
    func lock() throws {
        let folder = TemporaryFolder()
        let first = try ExclusiveLock.take(folder.file("lock"))
        #expect(first != nil)
        #expect(try ExclusiveLock.take(folder.file("lock")) == nil)
        first?.release()
        #expect(try ExclusiveLock.take(folder.file("lock")) != nil)
    }

    @Test("Folders are made with those above them, and once more without complaint")
    func folders() throws {
        let folder = TemporaryFolder()
        try files.createDirectory(folder.file("a/b/c"), mode: 0o700)
        try files.createDirectory(folder.file("a/b/c"), mode: 0o700)
        #expect(try files.attributes(folder.file("a/b/c"))?.kind == .directory)
        #expect(try files.list(folder.file("a")) == ["b"])
    }
}
