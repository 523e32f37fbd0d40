import Curation
import Foundation
import Runtime
import TestSupport
import Testing

@testable import Node

@Suite("The queue of objects that wait")
struct ReviewQueueTests {
    private let place = TemporaryFolder("queue")
    private let files = PosixFileSystem()
    private static let name = "MUSTERMANN^ERIKA"

    private func queue(key: UInt8 = 0) throws -> ReviewQueue {
        let pseudonyms = Pseudonymizer(key: try PseudonymKey(Array(repeating: key, count: 32)))
        return try ReviewQueue(folder: place.file("review"), files: files, pseudonyms: pseudonyms)
    }

    private static func id(_ digit: String) -> String { String(repeating: digit, count: 32) }

    private static func entry(_ id: String, version: String = "one", added: String = "2026-11-24T10:00:00Z")
        -> ReviewEntry
    {
        ReviewEntry(
            id: id, version: version, state: .waiting, added: added,
            findings: [ReviewFinding(.textInPixels, "text in frame 1", frame: 0)], patientID: "PSEUDONYM",
            modality: "US", sopClassUID: "1.2.840.10008.5.1.4.1.1.6.1", seriesUID: "2.25.1", frames: 1, size: 9,
            pictures: 1)
    }

    private func add(_ entry: ReviewEntry, _ object: String = "an object", to queue: ReviewQueue) throws {
        let staged = place.file("staged")
        try files.writeAtomically(Array(object.utf8), to: staged, mode: 0o600)
        try queue.add(
            ReviewQueue.Newcomer(
                entry: entry, staged: staged, origin: "/archive/\(Self.name).dcm",
                pictures: [(Array("before \(Self.name)".utf8), Array("after".utf8))]))
        #expect(try !files.exists(staged))
    }

    private func left(_ id: String) throws -> Set<String> { Set(try files.list(place.file("review/\(id)"))) }

    @Test("an object is there with its pictures and its origin, and those who wait longest come first")
    func added() throws {
        let queue = try queue()
        try add(Self.entry(Self.id("a"), added: "2026-11-24T10:00:05Z"), to: queue)
        try add(Self.entry(Self.id("b"), added: "2026-11-24T10:00:01Z"), to: queue)
        #expect(try queue.entries().map(\.id) == [Self.id("b"), Self.id("a")])
        #expect(try queue.entry(Self.id("a")) == Self.entry(Self.id("a"), added: "2026-11-24T10:00:05Z"))
        #expect(try queue.picture(Self.id("a"), 0, .before) == Array("before \(Self.name)".utf8))
        #expect(try queue.picture(Self.id("a"), 0, .after) == Array("after".utf8))
        #expect(try queue.picture(Self.id("a"), 1, .after) == nil)
        #expect(try queue.origin(Self.id("a")) == "/archive/\(Self.name).dcm")
        #expect(try files.read(queue.candidate(Self.id("a")), limit: 100) == Array("an object".utf8))
    }

    @Test("pictures and origin are sealed: no name is on the disk, and another key opens nothing")
    func sealed() throws {
        try add(Self.entry(Self.id("a")), to: try queue())
        for file in try left(Self.id("a")) {
            #expect(
                try !files.read(place.file("review/\(Self.id("a"))/\(file)"), limit: 1 << 20).holds("MUSTERMANN"),
                "\(file)")
        }
        let stranger = try queue(key: 1)
        #expect(throws: ReviewError.damaged(Self.id("a"))) { try stranger.picture(Self.id("a"), 0, .before) }
        #expect(throws: ReviewError.damaged(Self.id("a"))) { try stranger.origin(Self.id("a")) }
    }

    @Test("a picture that was put in the place of another does not open")
    func swapped() throws {
        let queue = try queue()
        for digit in ["a", "b"] { try add(Self.entry(Self.id(digit)), to: queue) }
        func path(_ digit: String) -> String { place.file("review/\(Self.id(digit))/before-0.sealed") }
        try FileManager.default.removeItem(atPath: path("b"))
        try FileManager.default.copyItem(atPath: path("a"), toPath: path("b"))
        #expect(throws: ReviewError.damaged(Self.id("b"))) { try queue.picture(Self.id("b"), 0, .before) }
    }

    @Test("a later version takes the place of an earlier one, with everything of it")
    func later() throws {
        let queue = try queue()
        try add(Self.entry(Self.id("a")), to: queue)
        try queue.reject(Self.id("a"), decided: "2026-11-24T11:00:00Z")
        try add(Self.entry(Self.id("a"), version: "two"), "another object", to: queue)
        #expect(try queue.entries() == [Self.entry(Self.id("a"), version: "two")])
        #expect(try files.read(queue.candidate(Self.id("a")), limit: 100) == Array("another object".utf8))
    }

    @Test("of a rejected object nothing stays but what was decided and where its original lies")
    func rejected() throws {
        let queue = try queue()
        try add(Self.entry(Self.id("a")), to: queue)
        try queue.reject(Self.id("a"), decided: "2026-11-24T11:00:00Z")
        let entry = try #require(try queue.entry(Self.id("a")))
        #expect(entry.state == .rejected && entry.decided == "2026-11-24T11:00:00Z" && entry.version == "one")
        #expect(try left(Self.id("a")) == ["entry.json", "origin.sealed"])
        #expect(try queue.picture(Self.id("a"), 0, .before) == nil)
    }

    @Test("what a crash left without a description is no entry, and a cleared entry is none either")
    func halves() throws {
        let queue = try queue()
        for digit in ["a", "b"] { try add(Self.entry(Self.id(digit)), to: queue) }
        try FileManager.default.removeItem(atPath: place.file("review/\(Self.id("a"))/entry.json"))
        #expect(try queue.entries().map(\.id) == [Self.id("b")])
        try queue.clear(Self.id("b"))
        try queue.clear(Self.id("b"))
        #expect(try queue.entries().isEmpty)
        #expect(try queue.entry(Self.id("b")) == nil)
        // And both can come again.
        for digit in ["a", "b"] { try add(Self.entry(Self.id(digit)), to: queue) }
        #expect(try queue.entries().count == 2)
    }

    @Test(
        "a name that is none leads nowhere",
        arguments: [
            "", "..", "../review", "../../keys", "a/b", String(repeating: "A", count: 32),
            String(repeating: "é", count: 16),
        ])
    func names(_ id: String) throws {
        let queue = try queue()
        try files.createDirectory(place.file("keys"), mode: 0o700)
        for folder in ["entry.json", "keys/entry.json"] {
            try files.writeAtomically(Array("{}".utf8), to: place.file(folder), mode: 0o600)
        }
        #expect(try queue.entry(id) == nil)
        #expect(try queue.picture(id, 0, .before) == nil)
        #expect(try queue.origin(id) == nil)
        try queue.clear(id)
        #expect(try files.exists(place.file("entry.json")) && files.exists(place.file("keys/entry.json")))
    }
}
