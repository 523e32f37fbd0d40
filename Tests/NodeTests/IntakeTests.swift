import Catalogue
import Cohort
import Curation
import DICOM
import Foundation
import Node
import Runtime
import Synchronization
import TestSupport
import Testing

@Suite("An intake")
struct IntakeTests {
    @Test("de-identifies, stores and indexes every object of a folder")
    func folder() async throws {
        let (corpus, node) = (try Corpus().slices(10), TestNode())
        let summary = try await node.ingest([corpus.path])
        #expect(summary.accepted == 10 && summary.isComplete)
        #expect(try node.index().totals() == .init(patients: 1, studies: 1, series: 1, images: 10))

        let objects = try node.objects()
        #expect(objects.count == 10)
        #expect(try Set(objects.keys) == node.index().digests())
        for (digest, bytes) in objects {
            #expect(!bytes.holds("MUSTERMANN") && !bytes.holds(Corpus.patientID) && !bytes.holds("1.3.6.1.4.1.9590"))
            #expect(try DICOMFile.read(bytes).warnings.isEmpty, "\(digest)")
        }
        #expect(try node.staged().isEmpty)
    }

    @Test("leaves the pixel bytes as they were")
    func pixels() async throws {
        let (corpus, node) = (try Corpus().slices(3), TestNode())
        try await node.ingest([corpus.path])
        let pixels = try node.objects().values.map { try Array(DICOMFile.read($0).dataSet[.pixelData]?.bytes ?? []) }
        #expect(Set(pixels) == Set((0..<3).map(Corpus.pixels)))
    }

    @Test("of the same folder a second time changes nothing and reads nothing")
    func twice() async throws {
        let (corpus, node) = (try Corpus().slices(10), TestNode())
        try corpus.write(Array("not an image".utf8), "notes.txt")
        try await node.ingest([corpus.path])
        let (objects, token) = (try node.objects(), try node.index().changeToken())

        let files = TroubledFiles()
        let summary = try await node.ingest([corpus.path], files: files)
        #expect(summary.accepted == 0 && summary.alreadyThere == 10)
        // The ten objects were known by name; only the text was looked at again.
        #expect(
            files.opened.filter { $0.hasPrefix(corpus.path) }.map { ($0 as NSString).lastPathComponent } == [
                "notes.txt"
            ])
        #expect(try node.objects() == objects)
        #expect(try node.index().changeToken() == token)
    }

    @Test("takes files that were renamed for what they are: there already")
    func renamed() async throws {
        let (corpus, node) = (try Corpus().slices(2), TestNode())
        try await node.ingest([corpus.path])
        try FileManager.default.moveItem(
            atPath: corpus.folder.file("series/0.dcm"), toPath: corpus.folder.file("other"))
        let summary = try await node.ingest([corpus.path])
        #expect(summary.accepted == 0 && summary.alreadyThere == 2)
        #expect(try node.objects().count == 2)
    }

    @Test("takes single files, and files without preamble")
    func singleFiles() async throws {
        let (corpus, node) = (Corpus(), TestNode())
        let whole = try Corpus.slice("1.2.3.1")
        try corpus.write(whole, "a")
        // Without the 128 bytes and "DICM", the meta group comes first.
        try corpus.write(Array(try Corpus.slice("1.2.3.2").dropFirst(132)), "b")
        let summary = try await node.ingest([corpus.folder.file("a"), corpus.folder.file("b")])
        #expect(summary.accepted == 2 && summary.isComplete)
    }

    @Test(
        "reads every uncompressed form, and stores little endian",
        arguments: [
            TransferSyntax.implicitLittleEndian, .explicitLittleEndian, .explicitBigEndian,
            .deflatedExplicitLittleEndian,
        ])
    func transferSyntaxes(syntax: TransferSyntax) async throws {
        let (corpus, node) = (Corpus(), TestNode())
        try corpus.write(try Corpus.slice("1.2.3.1", syntax: syntax), "a")
        #expect(try await node.ingest([corpus.path]).accepted == 1)
        let stored = try DICOMFile.read(try #require(try node.objects().values.first))
        #expect(!stored.transferSyntax.isBigEndian && !stored.transferSyntax.isDeflated)
        #expect(stored.dataSet[.pixelData].map { Array($0.bytes) } == Corpus.pixels(0))
    }

    @Test("takes many big endian and deflated objects with several workers: they take turns")
    func takingTurns() async throws {
        let (corpus, node) = (Corpus(), TestNode())
        for number in 0..<12 {
            let syntax = number.isMultiple(of: 2) ? TransferSyntax.explicitBigEndian : .deflatedExplicitLittleEndian
            try corpus.write(try Corpus.slice("1.2.3.\(number)", number: number, syntax: syntax), "\(number)")
        }
        let summary = try await node.ingest([corpus.path], options: IntakeOptions(workers: 4))
        #expect(summary.accepted == 12 && summary.isComplete)
    }

    @Test(
        "makes pixel data of odd length even, with a zero at its end", arguments: [(3, 3), (7, 73)],
        [TransferSyntax.implicitLittleEndian, .explicitLittleEndian, .explicitBigEndian])
    func oddLength(size: (rows: Int, columns: Int), syntax: TransferSyntax) async throws {
        let (corpus, node) = (Corpus(), TestNode())
        let pixels = (1...size.rows * size.columns).map { UInt8(truncatingIfNeeded: $0) }
        var object = try Corpus.slice("1.2.3.1", syntax: syntax, pixels: []) { builder in
            builder.append(.rows, .us, ints: [size.rows])
            builder.append(.columns, .us, ints: [size.columns])
            builder.append(.bitsAllocated, .us, ints: [8])
            builder.append(.pixelData, .ob, bytes: pixels + [0])
        }
        // As writers do that forget the padding.
        object.removeLast()
        let length = object.count - pixels.count - (syntax.isBigEndian ? 1 : 4)
        if syntax.isBigEndian {
            object[length] = UInt8(truncatingIfNeeded: pixels.count)
            object[length - 1] = UInt8(truncatingIfNeeded: pixels.count >> 8)
        } else {
            object[length] = UInt8(truncatingIfNeeded: pixels.count)
            object[length + 1] = UInt8(truncatingIfNeeded: pixels.count >> 8)
        }
        #expect(try DICOMFile.read(object).warnings.map(\.code) == [.oddLength])
        try corpus.write(object, "a")
        #expect(try await node.ingest([corpus.path]).accepted == 1)
        let stored = try DICOMFile.read(try #require(try node.objects().values.first))
        #expect(stored.warnings.isEmpty)
        #expect(stored.dataSet[.pixelData].map { Array($0.bytes) } == pixels + [0])
    }

    @Test("copies compressed frames as they are, up to their delimiter")
    func encapsulated() async throws {
        let (corpus, node) = (Corpus(), TestNode())
        let frame = (0..<100).map { UInt8($0) }
        let jpeg = TransferSyntax(uid: "1.2.840.10008.1.2.4.50")
        let object = try Corpus.slice("1.2.3.1", syntax: jpeg, pixels: []) { builder in
            builder.append(.pixelData, .ob, fragments: [[], frame[...]])
        }
        // What follows the delimiter is no part of the image.
        try corpus.write(object + Array("DOE^JANE".utf8), "a")
        // Nobody looks into frames with this profile.
        let basic = Deidentifier(profile: .basic, key: try PseudonymKey(Array(0..<32)))
        #expect(try await node.ingest([corpus.path], deidentifier: basic).accepted == 1)
        let bytes = try #require(try node.objects().values.first)
        #expect(!bytes.holds("DOE"))
        #expect(try DICOMFile.read(bytes).dataSet[.pixelData]?.fragments.map { Array($0) } == [[], frame])
    }

    @Test("lists what is not DICOM")
    func notDICOM() async throws {
        let (corpus, node) = (Corpus(), TestNode())
        try corpus.write(Array("%PDF-1.7".utf8), "a.pdf")
        try corpus.write([], "empty")
        try corpus.write((0..<4096).map { UInt8(truncatingIfNeeded: $0 &* 89 &+ 7) }, "noise")
        let summary = try await node.ingest([corpus.path])
        #expect(summary.notDICOM.count == 3 && summary.isComplete)
        #expect(summary.notDICOM.files.map { ($0 as NSString).lastPathComponent } == ["a.pdf", "empty", "noise"])
        #expect(try node.index().notDICOM().count == 3)
    }

    @Test("passes by a DICOMDIR, links and pipes, and does not hang")
    func passedBy() async throws {
        let (corpus, node) = (try Corpus().slices(1), TestNode())
        var directory = DataSetBuilder()
        directory.append(.sopClassUID, .ui, string: "1.2.840.10008.1.3.10")
        directory.beginSequence(.directoryRecordSequence)
        try corpus.write(
            try DICOMWriter.file(
                meta: DataSet(), dataSet: try directory.finish(), transferSyntax: .explicitLittleEndian), "DICOMDIR")
        try FileManager.default.createSymbolicLink(
            atPath: corpus.folder.file("series/loop"), withDestinationPath: corpus.path)
        #expect(mkfifo(corpus.folder.file("pipe"), 0o600) == 0)
        let summary = try await node.ingest([corpus.path])
        #expect(summary.accepted == 1 && summary.isComplete)
        #expect(
            summary.skipped.files.map { ($0.path as NSString).lastPathComponent } == ["DICOMDIR", "pipe", "loop"])
    }

    @Test("follows a link that was named")
    func namedLink() async throws {
        let (corpus, node, links) = (try Corpus().slices(2), TestNode(), TemporaryFolder())
        try FileManager.default.createSymbolicLink(atPath: links.file("here"), withDestinationPath: corpus.path)
        #expect(try await node.ingest([links.file("here")]).accepted == 2)
    }

    @Test("never goes into the node's own folder")
    func ownFolder() async throws {
        let node = TestNode()
        let images = node.folder.path + "/store/objects"
        try FileManager.default.createDirectory(atPath: images, withIntermediateDirectories: true)
        try Data(try Corpus.slice("1.2.3.1")).write(to: URL(fileURLWithPath: images + "/x.dcm"))
        let parent = (node.folder.path as NSString).deletingLastPathComponent
        let summary = try await node.ingest([node.folder.path])
        #expect(summary.accepted == 0 && summary.skipped.count == 1)
        #expect(!parent.isEmpty)
    }

    @Test("is one at a time")
    func lock() async throws {
        let (corpus, node) = (try Corpus().slices(1), TestNode())
        let held = try #require(try ExclusiveLock.take(node.folder.intakeLock))
        await #expect(throws: IntakeError.alreadyRunning(folder: node.folder.path)) {
            try await node.ingest([corpus.path])
        }
        held.release()
        #expect(try await node.ingest([corpus.path]).accepted == 1)
    }

    @Test("of a path that is not there says so")
    func noSuchPath() async throws {
        await #expect(throws: IntakeError.noSuchPath("/nowhere/at/all")) {
            try await TestNode().ingest(["/nowhere/at/all"])
        }
    }

    @Test("keeps names of patients and files out of the index of what was taken in")
    func indexIsFree() async throws {
        let (corpus, node) = (try Corpus().slices(3, in: "MUSTERMANN_ERIKA"), TestNode())
        try await node.ingest([corpus.path])
        for file in try PosixFileSystem().list(node.folder.path) where file.hasPrefix("index") {
            let bytes = try PosixFileSystem().read(node.folder.path + "/" + file, limit: 1 << 24)
            #expect(!bytes.holds("MUSTERMANN") && !bytes.holds(Corpus.patientID) && !bytes.holds(corpus.path))
        }
    }

    @Test("tells how far it is, and never more than there is")
    func progress() async throws {
        let (corpus, node) = (try Corpus().slices(40), TestNode())
        let seen = Mutex<[IntakeProgress]>([])
        _ = try await node.intake().run(paths: [corpus.path]) { progress in seen.withLock { $0.append(progress) } }
        let reports = seen.withLock { $0 }
        #expect(!reports.isEmpty)
        #expect(reports.allSatisfy { $0.files <= $0.filesKnown && $0.bytes <= $0.bytesKnown })
    }
}
