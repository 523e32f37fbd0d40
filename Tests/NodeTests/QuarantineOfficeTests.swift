import Catalogue
import Cohort
import Curation
import DICOM
import Foundation
import Runtime
import TestSupport
import Testing

@testable import Node

@Suite("What was set aside, listed and cleared")
struct QuarantineOfficeTests {
    private let corpus = Corpus()
    private let node = TestNode()

    private func office() throws -> QuarantineOffice {
        try QuarantineOffice(ofRun: node.folder, pseudonyms: Pseudonymizer(key: try PseudonymKey(Array(0..<32))))
    }

    /// Two files that are cut off, and one that is whole.
    private func take() async throws {
        try corpus.slices(1)
        for name in ["a", "b"] { try corpus.write(try Corpus.slice("1.2.3").dropLast(100), name) }
        #expect(try await node.ingest([corpus.path]).quarantined.count == 2)
    }

    @Test("each entry says what is wrong, where the original is, and which copy is its own")
    func entries() async throws {
        try await take()
        let entries = try office().entries()
        #expect(entries.map(\.path) == [corpus.path + "/a", corpus.path + "/b"])
        for entry in entries {
            #expect(entry.isThere && entry.explanation.contains("412 of 512 bytes"))
            let copy = try #require(entry.copy)
            #expect(
                try PosixFileSystem().read(copy, limit: 1 << 20) == PosixFileSystem().read(entry.path, limit: 1 << 20))
        }
        try FileManager.default.removeItem(atPath: corpus.path + "/a")
        #expect(try office().entries().map(\.isThere) == [false, true])
    }

    @Test("what is cleared is gone from lists and folder; the original is not, and is set aside again")
    func clear() async throws {
        try await take()
        let all = try office().entries()
        let size = try all.prefix(1).map { try Data(contentsOf: URL(fileURLWithPath: $0.path)).count }.reduce(0, +)
        let cleared = try office().clear([all[0]])
        #expect(cleared.entries == 1 && cleared.bytes > size)
        #expect(try office().entries() == [all[1]])
        #expect(try Set(node.quarantineFiles()) == [all[1].id + ".dcm", all[1].id + ".json"])
        #expect(FileManager.default.fileExists(atPath: all[0].path))
        #expect(try await node.ingest([corpus.path]).quarantined.count == 2)
        #expect(try office().entries().map(\.id) == all.map(\.id))

        #expect(try office().clear(try office().entries()).entries == 2)
        #expect(try office().entries().isEmpty && node.quarantineFiles().isEmpty)
        #expect(try node.index().totals().images == 1)
        let log = String(decoding: try PosixFileSystem().read(node.folder.audit, limit: 1 << 20), as: UTF8.self)
        #expect(log.split(separator: "\n").count { $0.contains("quarantine.cleared") } == 2)
    }

    @Test("what was put right and taken in again is in no list any more")
    func corrected() async throws {
        try await take()
        try corpus.write(try Corpus.slice("1.2.3"), "a")
        #expect(try await node.ingest([corpus.path + "/a"]).accepted == 1)
        #expect(try office().entries().map(\.path) == [corpus.path + "/b"])
    }

    @Test("is not cleared while an intake runs, nor listed with another key")
    func turns() async throws {
        try await take()
        let office = try office()
        let turn = try IntakeTurn(folder: node.folder, files: PosixFileSystem())
        #expect(throws: IntakeError.self) { try office.clear(try office.entries()) }
        turn.end()
        #expect(try office.entries().count == 2)
        #expect(throws: ContinuityError.otherKey(file: node.folder.continuity)) {
            try QuarantineOffice(ofRun: node.folder, pseudonyms: Pseudonymizer(key: try PseudonymKey(Array(1..<33))))
        }
    }
}
