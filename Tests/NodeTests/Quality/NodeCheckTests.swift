import Catalogue
import Curation
import DICOM
import Foundation
import Node
import Runtime
import TestSupport
import Testing

@Suite("A check of what a node holds")
struct NodeCheckTests {
    /// CT slices 2 mm apart, without those of some numbers.
    private func corpus(without missing: Set<Int> = []) throws -> Corpus {
        let corpus = Corpus()
        for number in 0..<8 where !missing.contains(number) {
            try corpus.write(try Self.slice(number), "\(number).dcm")
        }
        return corpus
    }

    private static func slice(
        _ number: Int, series: String = "1.3.6.1.4.1.9590.1.2", _ fill: (inout DataSetBuilder) -> Void = { _ in }
    ) throws -> [UInt8] {
        try Corpus.slice("\(series).\(number + 1)", series: series, number: number) { builder in
            builder.append(.imagePositionPatient, .ds, doubles: [0, 0, Double(number) * 2])
            builder.append(.imageOrientationPatient, .ds, doubles: [1, 0, 0, 0, 1, 0])
            builder.append(.frameOfReferenceUID, .ui, string: "1.3.6.1.4.1.9590.1.7")
            builder.append(.rescaleSlope, .ds, string: "1")
            builder.append(.rescaleIntercept, .ds, string: "0")
            fill(&builder)
        }
    }

    private func node(_ corpus: Corpus, _ place: TemporaryFolder) async throws -> Node {
        let folder = NodeFolder(place.file("node"))
        _ = try await Node.create(in: folder, invitation: nil, title: "Test", clock: .system)
        let node = try Node.open(folder)
        _ = try await node.ingest([corpus.path]) { _ in }
        return node
    }

    @Test("finds what is wrong with the stored objects, and speaks of pseudonyms and new UIDs alone")
    func node() async throws {
        let (corpus, place) = (try corpus(without: [3]), TemporaryFolder("check"))
        let report = try await node(corpus, place).check()
        #expect(report.title == "Test")
        #expect(report.checked.objects == 7 && report.checked.series == 1 && report.checked.framesDecoded == 3)
        let finding = try #require(report.rules.first { $0.rule.id == "geometry.missing-slice" }?.listed.first)
        #expect(finding.count == 1 && finding.place.series?.hasPrefix("2.25.") == true)
        let page = QualityPage.html(report)
        for original in [Corpus.patientID, "MUSTERMANN", "1.3.6.1.4.1.9590", corpus.path] {
            #expect(!page.contains(original) && !report.text.contains(original))
        }
    }

    @Test("changes nothing in the node")
    func readOnly() async throws {
        let (corpus, place) = (try corpus(), TemporaryFolder("check"))
        let node = try await node(corpus, place)
        let store = try ObjectStore(folder: node.folder.store, files: PosixFileSystem())
        let before = try store.digests()
        let token = try Index.open(path: node.folder.index).changeToken()
        _ = try await node.check()
        #expect(try store.digests() == before)
        #expect(try Index.open(path: node.folder.index).changeToken() == token)
    }

    @Test("of an object that the disk has lost or damaged goes on, and says so")
    func damaged() async throws {
        let (corpus, place) = (try corpus(), TemporaryFolder("check"))
        let node = try await node(corpus, place)
        let store = try ObjectStore(folder: node.folder.store, files: PosixFileSystem())
        let digests = try store.digests()
        try PosixFileSystem().remove(store.path(of: digests[0]))
        try PosixFileSystem().writeAtomically([1, 2, 3], to: store.path(of: digests[1]), mode: 0o600)
        let report = try await node.check()
        #expect(report.rules.first { $0.rule.id == "file.unreadable" }?.count == 2)
        #expect(report.checked.objects == 8)
    }

    @Test("of a node without images is a report without findings")
    func empty() async throws {
        let place = TemporaryFolder("check")
        let report = try await node(Corpus(), place).check()
        #expect(report.checked.objects == 0 && report.rules.isEmpty)
    }

    @Test("ends when its task is cancelled")
    func cancelled() async throws {
        let (corpus, place) = (try corpus(), TemporaryFolder("check"))
        let node = try await node(corpus, place)
        let task = Task {
            withUnsafeCurrentTask { $0?.cancel() }
            return try await node.check()
        }
        await #expect(throws: CancellationError.self) { try await task.value }
    }
}

@Suite("A check of a folder")
struct FolderCheckTests {
    @Test("sorts files into series wherever they lie; what is not DICOM is passed by")
    func folder() async throws {
        let corpus = try Corpus().slices(4).slices(3, series: "1.3.6.1.4.1.9590.1.5", in: "deep/er")
        try corpus.write(Array("notes".utf8), "notes.txt")
        let source = try FolderSource(folder: corpus.path, title: "Out")
        #expect(source.objectCount == 7)
        let report = try await QualityRun.check(source)
        #expect(report.title == "Out" && report.checked.series == 2 && report.checked.objects == 7)
        #expect(report.checked.patients == 1 && report.checked.studies == 1)
    }

    @Test("a UID in two files, and a file that is cut off, are findings")
    func strays() async throws {
        let corpus = try Corpus().slices(3)
        try corpus.write(try Corpus.slice("1.3.6.1.4.1.9590.1.2.1", pixels: Corpus.pixels(9)), "again.dcm")
        try corpus.write(try Array(Corpus.slice("1.3.6.1.4.1.9590.1.2.8").prefix(250)), "short.dcm")
        let report = try await QualityRun.check(try FolderSource(folder: corpus.path))
        let found = Dictionary(uniqueKeysWithValues: report.rules.map { ($0.rule.id, $0.count) })
        #expect(found["duplicate.uid"] == 1 && found["file.unreadable"] == 1)
        #expect(report.checked.objects == 3)
    }

    @Test("a folder that is not there is refused")
    func missing() {
        #expect(throws: FileError.self) { try FolderSource(folder: "/no/such/folder") }
    }
}
