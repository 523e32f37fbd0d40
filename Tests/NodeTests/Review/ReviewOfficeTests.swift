import Catalogue
import Curation
import DICOM
import Federation
import Foundation
import Runtime
import TestSupport
import Testing

@testable import Node

@Suite("Deciding about objects that wait")
struct ReviewOfficeTests {
    private let corpus = Corpus()
    private let place = TemporaryFolder("office")
    private var output: String { place.file("out") }
    private var folder: NodeFolder { NodeFolder(output + ".private") }

    /// A slice with the patient's name where a body part belongs, which profiles keep: the leak scan finds it.
    private func write(_ number: Int, bodyPart: String = "MUSTERMANN") throws {
        try corpus.write(
            try Corpus.slice("1.3.6.1.4.1.9590.7.\(number)", number: number) { builder in
                builder.append(.bodyPartExamined, .cs, string: bodyPart)
            }, "\(number).dcm")
    }

    private func run() async throws -> IntakeSummary {
        try await StandaloneRun(
            inputs: [corpus.path], output: output, deidentifier: try TestNode.deidentifier,
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
}
