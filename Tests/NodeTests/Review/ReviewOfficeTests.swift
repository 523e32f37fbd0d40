import Catalogue
import Curation
import DICOM
import Federation
import Foundation
import Governance
import Runtime
import TestSupport
import Testing

@testable import Node

@Suite("Deciding about objects that wait")
struct ReviewOfficeTests {
    private let corpus = Corpus()
    private let place = TemporaryFolder("office")
    private let name = Name()
    private var output: String { place.file(name.text) }
    private var folder: NodeFolder { NodeFolder(output + ".private") }

    /// Of the output's folder.
    private final class Name {
        var text = "out"
    }

    /// A slice with the patient's name where a body part belongs, which profiles keep: the leak scan finds it.
    private func write(_ number: Int, bodyPart: String = "MUSTERMANN") throws {
        try corpus.write(
            try Corpus.slice("1.3.6.1.4.1.9590.7.\(number)", number: number) { builder in
                builder.append(.bodyPartExamined, .cs, string: bodyPart)
            }, "\(number).dcm")
    }

    private func run() async throws -> IntakeSummary {
        try await StandaloneRun(
            inputs: [corpus.path], output: output, deidentifier: try TestNode.deidentifier, acceptsRisk: true,
            options: IntakeOptions(workers: 2, batchObjects: 4)
        ).run().summary
    }

    private func office(key: PseudonymKey? = nil) throws -> ReviewOffice {
        try ReviewOffice(
            folder: folder, output: output, pseudonyms: Pseudonymizer(key: try key ?? PseudonymKey(Array(0..<32))))
    }

    private func released() throws -> [String] {
        try FileManager.default.subpathsOfDirectory(atPath: output).filter { $0.hasSuffix(".dcm") }.sorted()
    }

    private func decisions() throws -> [String] {
        guard FileManager.default.fileExists(atPath: folder.audit) else { return [] }
        let log = String(decoding: try PosixFileSystem().read(folder.audit, limit: 1 << 20), as: UTF8.self)
        return log.split(separator: "\n").compactMap { line in
            ["review.released", "review.rejected"].first { line.contains($0) }
        }
    }

    @Test("a released object lies with the others, once, and the decision is in the audit log")
    func release() async throws {
        try write(1)
        try write(2, bodyPart: "LIVER")
        let first = try await run()
        #expect(first.accepted == 1 && first.review.waiting == 1 && !first.isComplete)
        #expect(try released().count == 1)
        let waiting = try #require(try office().queue.entries().first)
        #expect(waiting.findings.map(\.kind) == [.leak])
        #expect(waiting.findings.allSatisfy { $0.sentence.hasSuffix("in (0018,0015) BodyPartExamined") })

        try office().release(waiting.id)
        #expect(try released().count == 2)
        #expect(try office().queue.entries().isEmpty)
        #expect(try decisions() == ["review.released"])
        #expect(throws: ReviewError.unknown(waiting.id)) { try office().release(waiting.id) }

        let again = try await run()
        #expect(again.alreadyThere == 2 && again.accepted == 0 && again.isComplete)
        #expect(try released().count == 2)
    }

    @Test("a rejected object is not asked about again until its original changes")
    func reject() async throws {
        try write(1)
        _ = try await run()
        let waiting = try #require(try office().queue.entries().first)
        try office().reject(waiting.id)
        #expect(try released().isEmpty)
        #expect(try decisions() == ["review.rejected"])
        #expect(throws: ReviewError.decided(waiting.id)) { try office().release(waiting.id) }
        #expect(throws: ReviewError.decided(waiting.id)) { try office().reject(waiting.id) }
        #expect(try decisions() == ["review.rejected"])

        let again = try await run()
        #expect(again.review.rejected == 1 && again.review.waiting == 0 && again.isComplete)

        try write(1, bodyPart: "MUSTERMANN ERIKA")
        #expect(try await run().review.waiting == 1)
        let anew = try #require(try office().queue.entries().first)
        #expect(anew.id == waiting.id && anew.version != waiting.version && anew.state == .waiting)

        // Put right at its source, it needs nobody any more.
        try write(1, bodyPart: "LIVER LEFT")
        let last = try await run()
        #expect(last.accepted == 1 && last.isComplete)
        #expect(try released().count == 1)
    }

    @Test("an original that was corrected while its first form waited leaves nothing to decide about")
    func corrected() async throws {
        try write(1)
        _ = try await run()
        try write(1, bodyPart: "LIVER LEFT")
        #expect(try await run().accepted == 1)
        #expect(try office().queue.entries().isEmpty)
    }

    @Test("another key, or a folder without a run, is refused before anything is made")
    func wrong() async throws {
        try write(1)
        _ = try await run()
        #expect(throws: ContinuityError.otherKey(file: folder.continuity)) {
            try office(key: try PseudonymKey(Array(1..<33)))
        }
        let nowhere = NodeFolder(place.file("nowhere.private"))
        #expect(throws: ContinuityError.notBegun(file: nowhere.continuity)) {
            try ReviewOffice(
                folder: nowhere, output: place.file("nowhere"),
                pseudonyms: Pseudonymizer(key: try PseudonymKey(Array(0..<32))))
        }
        #expect(!FileManager.default.fileExists(atPath: nowhere.path))
    }

    @Test("nothing is decided while an intake runs")
    func turn() async throws {
        try write(1)
        _ = try await run()
        let waiting = try #require(try office().queue.entries().first)
        let turn = try IntakeTurn(folder: folder, files: PosixFileSystem())
        #expect(throws: IntakeError.self) { try office().release(waiting.id) }
        #expect(throws: IntakeError.self) { try office().reject(waiting.id) }
        #expect(try decisions().isEmpty)
        turn.end()
        try office().release(waiting.id)
        #expect(try decisions() == ["review.released"])
    }

    /// The process died, or the disk failed, at one operation of a release.
    private func releaseBreaks(_ fault: FaultyFileSystem.Fault, at operation: Int, _ id: String) throws -> Bool {
        let files = FaultyFileSystem(fault, at: operation)
        do {
            let office = try ReviewOffice(
                folder: folder, output: output, pseudonyms: Pseudonymizer(key: try PseudonymKey(Array(0..<32))),
                files: files)
            try office.release(id)
        } catch is FileError {
            return true
        } catch is IntakeError {
            return true
        } catch is AuditError {
            return true
        }
        return false
    }

    @Test(
        "a release that breaks off anywhere leaves the object waiting or released once, and the next run knows which",
        arguments: [FaultyFileSystem.Fault.inputOutput, .tornWrite])
    func brokenRelease(_ fault: FaultyFileSystem.Fault) async throws {
        try write(1)
        _ = try await run()
        let waiting = try #require(try office().queue.entries().first)
        let before = place.file("before")
        try FileManager.default.copyItem(atPath: output, toPath: before)
        try FileManager.default.copyItem(atPath: folder.path, toPath: before + ".private")
        var (operation, seen) = (0, Set<Bool>())
        while true {
            operation += 1
            // A folder of its own for each: the audit log of the one before may still be on its way to the disk.
            name.text = "out-\(operation)"
            for end in ["", ".private"] {
                try FileManager.default.copyItem(atPath: before + end, toPath: output + end)
            }
            guard try releaseBreaks(fault, at: operation, waiting.id) else { break }
            // What was begun is completed by whoever comes first: the console, or another run.
            if operation % 2 == 0 { _ = try office() }
            let summary = try await run()
            let isReleased = try released().count == 1
            seen.insert(isReleased)
            #expect(summary.stopped == nil && summary.accepted == 0, "operation \(operation)")
            #expect(summary.alreadyThere == (isReleased ? 1 : 0), "operation \(operation)")
            #expect(summary.review.waiting == (isReleased ? 0 : 1), "operation \(operation)")
            #expect(try office().queue.entries().count == (isReleased ? 0 : 1), "operation \(operation)")
            let manifest = try ManifestCheck.run(folder: output, publicKey: try publicKey())
            #expect(manifest.isInOrder && manifest.objects == (isReleased ? 1 : 0), "operation \(operation)")
            if !isReleased { try office().release(waiting.id) }
            #expect(try released().count == 1, "operation \(operation)")
            #expect(try office().queue.entries().isEmpty, "operation \(operation)")
            let stored = try FileManager.default.subpathsOfDirectory(atPath: folder.store)
            #expect(!stored.contains { $0.hasSuffix(".dcm") }, "operation \(operation)")
        }
        #expect(operation > 15 && seen == [true, false])
    }

    @Test("what was released before the crash cannot be rejected after it")
    func rejectAfterCrash() async throws {
        try write(1)
        _ = try await run()
        let waiting = try #require(try office().queue.entries().first)
        // A console that is open since before the crash of another process.
        let console = try office()
        let entry = folder.review + "/\(waiting.id)/entry.json"
        let kept = try Data(contentsOf: URL(fileURLWithPath: entry))
        try office().release(waiting.id)
        // As a kill just before the entry was taken out of the queue leaves it.
        try kept.write(to: URL(fileURLWithPath: entry))
        try Data().write(to: URL(fileURLWithPath: folder.path + "/intake.unfinished"))
        #expect(throws: ReviewError.unknown(waiting.id)) { try console.reject(waiting.id) }
        #expect(try released().count == 1)
        #expect(try decisions() == ["review.released"])
        #expect(try console.queue.entries().isEmpty)
    }

    private func publicKey() throws -> String {
        try ManifestKey(pseudonyms: Pseudonymizer(key: try PseudonymKey(Array(0..<32)))).publicKey
    }
}
