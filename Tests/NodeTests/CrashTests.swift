import Catalogue
import Cohort
import DICOM
import Foundation
import Node
import Runtime
import TestSupport
import Testing

/// The node's disk fails at every single operation in turn; then the same intake is run again on a disk that works.
@Suite("An intake that was interrupted")
struct CrashTests {
    /// One object for each batch and one worker: the operations come in the same order each time.
    private static let options = IntakeOptions(workers: 1, batchObjects: 2)

    private static func corpus() throws -> Corpus {
        let corpus = try Corpus().slices(5)
        try corpus.write(try Corpus.slice("1.2.3.99").dropLast(50), "cut")
        try corpus.write(Array("text".utf8), "text")
        return corpus
    }

    @Test("loses nothing and doubles nothing, wherever it broke off", arguments: FaultyFileSystem.Fault.allCases)
    func everyOperation(fault: FaultyFileSystem.Fault) async throws {
        let corpus = try Self.corpus()
        let whole = TestNode()
        let counting = FaultyFileSystem(fault, at: 0)
        try await whole.ingest([corpus.path], files: counting, options: Self.options)
        let expected = try whole.objects()
        #expect(expected.count == 5 && counting.operations > 20)

        // The last operation removes the mark of an intake under way; that it stays does no harm.
        for operation in 1..<counting.operations {
            let node = TestNode()
            let files = FaultyFileSystem(fault, at: operation)
            do {
                let broken = try await node.ingest([corpus.path], files: files, options: Self.options)
                #expect(broken.stopped != nil, "operation \(operation) failed and nobody said so")
                if fault == .diskFull { #expect(broken.stopped?.contains("disk is full") == true) }
                // What was said to be taken in is there.
                #expect(try node.index().totals().images == broken.accepted)
            } catch is FileError {
                // The store could not be opened.
            } catch is IntakeError {
            }
            #expect(try node.index().digests().isSubset(of: Set(node.objects().keys)), "operation \(operation)")

            let again = try await node.ingest([corpus.path], options: Self.options)
            #expect(again.stopped == nil && again.accepted + again.alreadyThere == 5, "operation \(operation)")
            #expect(try node.objects() == expected, "operation \(operation)")
            #expect(try node.index().digests() == Set(expected.keys), "operation \(operation)")
            #expect(try node.index().totals() == whole.index().totals())
            #expect(try node.staged().isEmpty, "operation \(operation)")
            #expect(try node.quarantineFiles().count == 2)
        }
    }

    @Test("after its objects were stored and before they were indexed finds them again")
    func lostIndex() async throws {
        let (corpus, node) = (try Corpus().slices(6), TestNode())
        try await node.ingest([corpus.path])
        let objects = try node.objects()
        for name in try PosixFileSystem().list(node.folder.path) where name.hasPrefix("index") {
            try PosixFileSystem().remove(node.folder.path + "/" + name)
        }
        let again = try await node.ingest([corpus.path])
        #expect(again.accepted == 6)
        #expect(try node.objects() == objects)
        #expect(try node.index().digests() == Set(objects.keys))
    }

    @Test("by its task's cancellation ends cleanly and says so")
    func cancelled() async throws {
        let (corpus, node) = (try Corpus().slices(200), TestNode())
        let intake = try node.intake(options: IntakeOptions(workers: 1, batchObjects: 4))
        let task = Task { try await intake.run(paths: [corpus.path]) }
        task.cancel()
        let summary = try await task.value
        #expect(summary.stopped != nil)
        #expect(try await node.ingest([corpus.path]).isComplete)
        #expect(try node.objects().count == 200)
    }
}
