import Catalogue
import Glibc
import Runtime
import TestSupport
import Testing

@Suite("The object store")
struct ObjectStoreTests {
    private let folder = TemporaryFolder("store")
    private let files = PosixFileSystem()

    private func store() throws -> ObjectStore { try ObjectStore(folder: folder.file("store"), files: files) }

    private func stage(_ text: String, in store: ObjectStore) throws -> StagedObject {
        try store.stage { file throws(FileError) in try file.write(Array(text.utf8)[...]) }
    }

    @Test("names an object by the SHA-256 of its content")
    func digest() throws {
        let store = try store()
        let object = try stage("abc", in: store)
        // FIPS 180-4, the example of one block.
        #expect(object.digest == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad" && object.size == 3)
        #expect(try store.digests().isEmpty)
        try store.commit([object])
        #expect(store.path(of: object.digest) == folder.file("store/objects/ba/\(object.digest).dcm"))
        let file = try store.open(object.digest)
        #expect(try file.read(at: 0, count: 10) == Array("abc".utf8))
    }

    @Test("holds an object once, however often it is committed")
    func once() throws {
        let store = try store()
        try store.commit([try stage("abc", in: store), try stage("abc", in: store), try stage("def", in: store)])
        try store.commit([try stage("abc", in: store)])
        #expect(try store.digests().count == 2)
        #expect(try files.list(folder.file("store/staging")).isEmpty)
    }

    @Test("puts a header before a range of another file, in pieces")
    func copying() throws {
        let store = try store()
        let pixels = (0..<3_000_000).map { UInt8(truncatingIfNeeded: $0 &* 7) }
        try files.writeAtomically([1, 2, 3] + pixels + [9], to: folder.file("source"), mode: 0o600)
        let source = try files.openForReading(folder.file("source"))
        let object = try store.stage(header: [4, 5], copying: 3..<3_000_003, of: source, at: "source", padding: [8])
        try store.commit([object])
        #expect(try files.read(store.path(of: object.digest), limit: 4_000_000) == [4, 5] + pixels + [8])
    }

    @Test("refuses a source that ends too early, and leaves nothing of it")
    func shortSource() throws {
        let store = try store()
        try files.writeAtomically([1, 2, 3], to: folder.file("source"), mode: 0o600)
        let source = try files.openForReading(folder.file("source"))
        #expect(throws: FileError(operation: "read", path: "the source", code: EIO)) {
            try store.stage(header: [], copying: 0..<4, of: source, at: "the source")
        }
        #expect(try files.list(folder.file("store/staging")).isEmpty)
    }

    @Test("leaves nothing of an object whose writing fails, or that is discarded")
    func discards() throws {
        let store = try store()
        #expect(throws: FileError.self) {
            try store.stage { _ throws(FileError) in throw FileError(operation: "write", path: "x", code: 28) }
        }
        store.discard([try stage("abc", in: store)])
        #expect(try files.list(folder.file("store/staging")).isEmpty && store.digests().isEmpty)
    }

    @Test("is swept of what a crash left: staged files, and objects that nobody knows")
    func sweeps() throws {
        let store = try store()
        let known = try stage("known", in: store)
        try store.commit([known, try stage("unknown", in: store)])
        _ = try stage("left behind", in: store)
        #expect(try store.sweep() == 1)
        #expect(try store.digests().count == 2)
        #expect(try store.sweep { $0 == known.digest } == 1)
        #expect(try store.digests() == [known.digest])
    }

    @Test(
        "is not led out of its folder by a name",
        arguments: ["../../etc/passwd", "", "BA7816", String(repeating: "/", count: 64)])
    func names(digest: String) throws {
        let store = try store()
        #expect(throws: FileError.self) { try store.open(digest) }
    }
}
