import Catalogue
import Crypto
import Runtime
import TestSupport
import Testing

@Suite("The object store on a disk that fails")
struct ObjectStoreFaultTests {
    private let folder = TemporaryFolder("faults")

    /// Two batches of objects. Returns what the store has acknowledged before it threw.
    private func work(_ path: String, on files: any FileSystem) -> (acknowledged: [String: [UInt8]], failed: Bool) {
        var acknowledged: [String: [UInt8]] = [:]
        do {
            let store = try ObjectStore(folder: path, files: files)
            for batch in 0..<2 {
                var staged: [(StagedObject, [UInt8])] = []
                for number in 0..<3 {
                    let content = Array("object \(batch) \(number)".utf8)
                    let object = try store.stage { file throws(FileError) in
                        try file.write(content[..<4])
                        try file.write(content[4...])
                    }
                    staged.append((object, content))
                }
                try store.commit(staged.map(\.0))
                for (object, content) in staged { acknowledged[object.digest] = content }
            }
            return (acknowledged, false)
        } catch {
            return (acknowledged, true)
        }
    }

    @Test(
        "loses nothing that it acknowledged, holds no half object, and goes on when repeated",
        arguments: FaultyFileSystem.Fault.allCases)
    func everyOperation(fault: FaultyFileSystem.Fault) throws {
        let counting = FaultyFileSystem(fault, at: 0)
        #expect(work(folder.file("whole"), on: counting).failed == false)
        // Every changing operation of the whole work fails once, and all after it.
        for operation in 1...counting.operations {
            let path = folder.file("\(operation)")
            let outcome = work(path, on: FaultyFileSystem(fault, at: operation))
            #expect(outcome.failed)

            let store = try ObjectStore(folder: path, files: PosixFileSystem())
            for (digest, content) in outcome.acknowledged {
                let file = try store.open(digest)
                #expect(try file.read(at: 0, count: 100) == content)
            }
            try store.sweep()
            #expect(try PosixFileSystem().list(path + "/staging").isEmpty)
            for digest in try store.digests() {
                let content = try PosixFileSystem().read(store.path(of: digest), limit: 100)
                #expect(Hex.text(SHA256.hash(data: content)) == digest)
            }
            #expect(work(path, on: PosixFileSystem()).failed == false)
            #expect(try store.digests().count == 6)
        }
    }

    @Test("syncs contents before it gives them names, and the folders after")
    func order() throws {
        let files = RecordingFileSystem()
        let store = try ObjectStore(folder: folder.file("order"), files: files)
        let object = try store.stage { file throws(FileError) in try file.write([1]) }
        files.forget()
        try store.commit([object])
        #expect(
            files.steps == [
                "syncFileSystem staging", "create \(object.digest.prefix(2))", "rename \(object.digest).dcm",
                "syncDirectory objects", "syncDirectory \(object.digest.prefix(2))",
            ])
    }
}
