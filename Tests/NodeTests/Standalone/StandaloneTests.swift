import Curation
import DICOM
import Foundation
import Node
import Runtime
import TestSupport
import Testing

@Suite("De-identification without a node")
struct StandaloneTests {
    private let corpus = Corpus()
    private let place = TemporaryFolder("standalone")
    private var output: String { place.file("out") }

    private func run(
        _ deidentifier: Deidentifier? = nil, files: any FileSystem = PosixFileSystem(),
        _ change: (inout IntakeOptions) -> Void = { _ in }
    ) async throws -> IntakeSummary {
        var options = IntakeOptions(workers: 3, batchObjects: 4)
        change(&options)
        return try await StandaloneRun(
            inputs: [corpus.path], output: output, deidentifier: try deidentifier ?? TestNode.deidentifier,
            files: files, options: options
        ).run().summary
    }

    private func released() throws -> [String] {
        guard FileManager.default.fileExists(atPath: output) else { return [] }
        return try FileManager.default.subpathsOfDirectory(atPath: output).filter { $0.hasSuffix(".dcm") }.sorted()
    }

    @Test("objects lie by patient, study and series, all of them pseudonyms")
    func tree() async throws {
        try corpus.slices(10)
        #expect(try await run().accepted == 10)
        let objects = try released()
        #expect(objects.count == 10)
        #expect(Set(objects.map { $0.split(separator: "/").prefix(3).joined() }).count == 1)
        for object in objects {
            let parts = object.split(separator: "/")
            #expect(parts.count == 4 && parts[1...3].allSatisfy { $0.hasPrefix("2.25.") })
            let bytes = try PosixFileSystem().read(output + "/" + object, limit: 1 << 20)
            #expect(!bytes.holds("MUSTERMANN") && !bytes.holds(Corpus.patientID) && !bytes.holds("1.3.6.1.4.1.9590"))
        }
        // Nothing is left where objects wait to be moved.
        let store = try FileManager.default.subpathsOfDirectory(atPath: output + ".private/store")
        #expect(!store.contains { $0.hasSuffix(".dcm") })
    }

    @Test("a second run changes nothing, and takes in what is new")
    func again() async throws {
        try corpus.slices(3)
        _ = try await run()
        let first = try released()
        #expect(try await run().alreadyThere == 3)
        try corpus.slices(2, series: "1.3.6.1.4.1.9590.1.3", in: "more")
        #expect(try await run().accepted == 2)
        let second = try released()
        #expect(Set(second).isSuperset(of: first) && second.count == 5)
    }

    @Test("the same object in many files is there once, whichever thread comes first")
    func copies() async throws {
        let slice = try Corpus.slice("1.2.3")
        for number in 0..<40 { try corpus.write(slice, "copy/\(number)") }
        let summary = try await run()
        #expect(summary.accepted == 1 && summary.alreadyThere == 39 && summary.stopped == nil)
        #expect(try released().count == 1)
    }

    @Test("what was durable but not yet in its place when the process died is put there by the next run")
    func interrupted() async throws {
        try corpus.slices(6)
        _ = try await run()
        let all = try released()
        // As a kill between the index and the move leaves it: the object in the store, indexed, and the mark of an
        // intake that did not come to its end.
        let victim = try #require(all.first)
        let bytes = try PosixFileSystem().read(output + "/" + victim, limit: 1 << 20)
        let folder = NodeFolder(output + ".private")
        let digest = SHA.hex(bytes)
        let shard = folder.store + "/objects/" + digest.prefix(2)
        try FileManager.default.createDirectory(atPath: shard, withIntermediateDirectories: true)
        try FileManager.default.moveItem(atPath: output + "/" + victim, toPath: "\(shard)/\(digest).dcm")
        try Data().write(to: URL(fileURLWithPath: folder.path + "/intake.unfinished"))
        #expect(try await run().alreadyThere == 6)
        #expect(try released() == all)
        #expect(try PosixFileSystem().read(output + "/" + victim, limit: 1 << 20) == bytes)
    }

    @Test("another key is refused before anything is written")
    func otherKey() async throws {
        try corpus.slices(2)
        _ = try await run()
        let other = Deidentifier(profile: .research, key: try PseudonymKey(Array(1..<33)))
        try corpus.slices(1, series: "1.2.9", in: "later")
        let error = await #expect(throws: ContinuityError.self) { try await run(other) }
        #expect(error.map { if case .otherKey = $0 { true } else { false } } == true)
        #expect(try released().count == 2)
    }

    @Test("another profile is refused, unless somebody has decided so")
    func otherProfile() async throws {
        try corpus.slices(2)
        _ = try await run()
        try corpus.slices(1, series: "1.2.9", in: "later")
        let basic = Deidentifier(profile: .basic, key: try PseudonymKey(Array(0..<32)))
        await #expect(throws: ContinuityError.self) { try await run(basic) }
        #expect(try released().count == 2)
        #expect(try await run(basic) { $0.acceptsProfileChange = true }.accepted == 1)
        // From now on the new one holds.
        #expect(try await run(basic).stopped == nil)
        await #expect(throws: ContinuityError.self) { try await run() }
    }

    @Test("originals and output must not lie in one another, and the output must be empty")
    func folders() throws {
        let deidentifier = try TestNode.deidentifier
        func made(_ input: String, _ output: String) throws {
            _ = try StandaloneRun(inputs: [input], output: output, deidentifier: deidentifier)
        }
        #expect(throws: StandaloneError.self) { try made(corpus.path, corpus.path) }
        #expect(throws: StandaloneError.self) { try made(corpus.path, corpus.path + "/out") }
        #expect(throws: StandaloneError.self) { try made(corpus.path + "/in", corpus.path) }
        try corpus.slices(1)
        #expect(throws: StandaloneError.self) { try made(place.path, corpus.path) }
        // A folder whose name begins alike is another one.
        try made(corpus.path, corpus.path + "-out")
    }

    @Test("nothing identifying is in any file that may leave, nor in names, nor readable in what stays")
    func nothingIdentifying() async throws {
        try corpus.slices(4, in: "MUSTERMANN_ERIKA_\(Corpus.patientID)")
        try corpus.write(try Corpus.slice("1.2.3").dropLast(100), "MUSTERMANN_ERIKA/broken")
        _ = try await run()
        for name in try FileManager.default.subpathsOfDirectory(atPath: output) {
            #expect(!name.contains("MUSTERMANN") && !name.contains("4711"))
        }
        // The vault knows the patient, and gives nothing away.
        for file in ["vault.sqlite", "vault.sqlite-wal"] {
            let path = output + ".private/" + file
            guard FileManager.default.fileExists(atPath: path) else { continue }
            let bytes = try PosixFileSystem().read(path, limit: 1 << 24)
            #expect(!bytes.holds("MUSTERMANN") && !bytes.holds(Corpus.patientID))
        }
    }
}
