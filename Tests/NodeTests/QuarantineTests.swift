import Catalogue
import Cohort
import Curation
import DICOM
import Foundation
import Node
import Runtime
import TestSupport
import Testing

@Suite("What cannot be taken in")
struct QuarantineTests {
    private func setAside(
        _ bytes: [UInt8], options: IntakeOptions = IntakeOptions(workers: 1)
    ) async throws -> (IntakeSummary.Quarantined.File, TestNode) {
        let (corpus, node) = (try Corpus().slices(2), TestNode())
        // Letters that no hexadecimal name of a copy has.
        try corpus.write(bytes, "wrong")
        let summary = try await node.ingest([corpus.path], options: options)
        #expect(summary.accepted == 2 && summary.quarantined.count == 1 && !summary.isComplete)
        let file = try #require(summary.quarantined.files.first)
        #expect(summary.quarantined.reasons == [file.reason.rawValue: 1])
        #expect(try node.index().quarantine().map(\.reason) == [file.explanation])
        return (file, node)
    }

    @Test("pixel data that is cut off: told where, and how much is missing")
    func cutOff() async throws {
        let (file, _) = try await setAside(try Corpus.slice("1.2.3").dropLast(100))
        #expect(file.reason == .truncated)
        #expect(file.explanation.contains("412 of 512 bytes"))
        #expect(file.explanation.contains("(7FE0,0010)") && file.explanation.contains("at byte"))
    }

    @Test("pixel data that is too short for rows and columns")
    func tooShort() async throws {
        let (file, _) = try await setAside(try Corpus.slice("1.2.3", pixels: Array(repeating: 0, count: 300)))
        #expect(file.reason == .truncated)
        #expect(file.explanation.contains("212 are missing"))
    }

    @Test("compressed pixel data without its last frames, or without its delimiter")
    func compressed() async throws {
        let jpeg = TransferSyntax(uid: "1.2.840.10008.1.2.4.50")
        let object = try Corpus.slice("1.2.3", syntax: jpeg, pixels: []) { builder in
            builder.append(.numberOfFrames, .is, string: "3")
            builder.append(.pixelData, .ob, fragments: [[], [1, 2], [3, 4]])
        }
        let (file, _) = try await setAside(object)
        #expect(file.reason == .truncated && file.explanation.contains("3 frames"))
        let (other, _) = try await setAside(object.dropLast(8))
        #expect(other.reason == .truncated && other.explanation.contains("delimiter"))
    }

    @Test("a header that is cut off, with offset and element")
    func header() async throws {
        let whole = try Corpus.slice("1.2.3")
        let cut = try #require(whole.firstRange(of: Array(Corpus.name.utf8))).lowerBound + 3
        let (file, _) = try await setAside(Array(whole.prefix(cut)))
        #expect(file.reason == .truncated)
        #expect(file.explanation.contains("PatientName") && file.explanation.contains("at byte"))
        #expect(!file.explanation.contains("MUS"))
    }

    @Test("dimensions beyond all measure")
    func dimensions() async throws {
        let (file, _) = try await setAside(
            try Corpus.slice("1.2.3") { builder in
                builder.append(.rows, .us, ints: [65_535])
                builder.append(.columns, .us, ints: [65_535])
                builder.append(.samplesPerPixel, .us, ints: [65_535])
                builder.append(.numberOfFrames, .is, string: "2147483647")
            })
        #expect(file.reason == .damaged || file.reason == .truncated)
    }

    @Test("a big endian file that would need too much memory, without reading it")
    func tooLargeInMemory() async throws {
        let (corpus, node) = (try Corpus().slices(2), TestNode())
        var object = try Corpus.slice("1.2.3", syntax: .explicitBigEndian)
        // 257 MiB of pixel data, most of it a hole in the file.
        object.replaceSubrange(object.count - 516..<object.count - 512, with: [0x10, 0x10, 0, 0])
        try corpus.write(object, "large")
        #expect(truncate(corpus.folder.file("large"), off_t(object.count - 512 + 0x1010_0000)) == 0)
        let summary = try await node.ingest([corpus.path], options: IntakeOptions(workers: 1, quarantineBytes: 100))
        #expect(summary.accepted == 2 && summary.quarantined.files.map(\.reason) == [.beyondLimits])
        #expect(summary.quarantined.files.first?.explanation.contains("256 MiB") == true)
    }

    @Test("text burned into the pixels, unless the node takes it")
    func burnedIn() async throws {
        let object = try Corpus.slice("1.2.3") { $0.append(.burnedInAnnotation, .cs, string: "YES") }
        let (corpus, node) = (Corpus(), TestNode())
        try corpus.write(object, "a")
        // Where nobody looks, it is set aside; where somebody looks and finds none, a person decides.
        let basic = Deidentifier(profile: .basic, key: try PseudonymKey(Array(0..<32)))
        let believed = try await TestNode().ingest([corpus.path], deidentifier: basic)
        #expect(believed.quarantined.files.map(\.reason) == [.burnedInText])
        let looked = try await TestNode().ingest([corpus.path])
        #expect(looked.review.waiting == 1 && looked.accepted == 0 && !looked.isComplete)
        #expect(try await node.ingest([corpus.path], options: IntakeOptions(acceptsBurnedInText: true)).accepted == 1)
    }

    @Test("another object under a UID that is there already")
    func conflict() async throws {
        let (corpus, node) = (Corpus(), TestNode())
        try corpus.write(try Corpus.slice("1.2.3"), "a")
        try await node.ingest([corpus.path])
        try corpus.write(try Corpus.slice("1.2.3", pixels: Corpus.pixels(9)), "b")
        let summary = try await node.ingest([corpus.path])
        #expect(summary.quarantined.files.map(\.reason) == [.conflict])
        #expect(summary.quarantined.files.first?.copy != nil)
        // The newcomer left nothing in the store.
        #expect(try Set(node.objects().keys) == node.index().digests())
        #expect(try node.index().totals().images == 1)
    }

    @Test("is kept as a copy that only the node can read, with a note of why")
    func copy() async throws {
        let bytes = try Array(Corpus.slice("1.2.3").dropLast(100))
        let (file, node) = try await setAside(bytes)
        let copy = try #require(file.copy)
        #expect(try PosixFileSystem().read(copy, limit: 1 << 20) == bytes)
        for name in try node.quarantineFiles() {
            #expect(try PosixFileSystem().attributes(node.folder.quarantine + "/" + name)?.mode == 0o600)
            // The names of the copies say nothing of the originals.
            #expect(!name.contains("wrong"))
        }
        let note = try PosixFileSystem().read(String(copy.dropLast(4)) + ".json", limit: 1 << 20)
        #expect(note.holds("\"truncated\"") && note.holds("\"(7FE0,0010)\"") && note.holds("/wrong\""))
    }

    @Test("is not copied beyond the room that copies may take, and the summary says so")
    func bounded() async throws {
        let (file, node) = try await setAside(
            try Corpus.slice("1.2.3").dropLast(100), options: IntakeOptions(workers: 1, quarantineBytes: 100))
        #expect(file.copy == nil && file.withoutCopy?.contains("full") == true)
        #expect(try node.quarantineFiles().isEmpty)
    }

    @Test("is taken in later when the file has been put right, and its copy goes")
    func putRight() async throws {
        let (corpus, node) = (Corpus(), TestNode())
        let whole = try Corpus.slice("1.2.3")
        try corpus.write(whole.dropLast(100), "a")
        try await node.ingest([corpus.path])
        #expect(try node.quarantineFiles().count == 2)
        // A second look changes nothing.
        #expect(try await node.ingest([corpus.path]).quarantined.count == 1)
        #expect(try node.quarantineFiles().count == 2)
        try corpus.write(whole, "a")
        #expect(try await node.ingest([corpus.path]).accepted == 1)
        #expect(try node.quarantineFiles().isEmpty)
        #expect(try node.index().quarantine().isEmpty)
    }

    @Test("a file that vanishes before its turn is passed by")
    func vanishing() async throws {
        let (corpus, node) = (try Corpus().slices(3), TestNode())
        let summary = try await node.ingest([corpus.path], files: TroubledFiles(vanishing: "/1.dcm"))
        #expect(summary.accepted == 2 && summary.skipped.count == 1)
        #expect(summary.skipped.files.first?.reason.contains("gone") == true)
    }

    @Test("a file that breaks off while it is read is named, and the rest taken in")
    func breaking() async throws {
        let (corpus, node) = (try Corpus().slices(3), TestNode())
        let summary = try await node.ingest([corpus.path], files: TroubledFiles(breaking: "/1.dcm"))
        #expect(summary.stopped == nil && summary.accepted == 2)
        #expect(summary.quarantined.files.map(\.reason) == [.unreadable])
        #expect(summary.quarantined.files.first?.withoutCopy?.contains("could not be read") == true)
        #expect(try node.staged().isEmpty && node.quarantineFiles().isEmpty)
    }

    @Test("a file whose name is not text is named with what to do")
    func name() async throws {
        let (corpus, node) = (try Corpus().slices(1), TestNode())
        // "Müller" in ISO 8859-1, as old archives write it.
        let path = Array(corpus.path.utf8) + Array("/M".utf8) + [0xFC] + Array("ller".utf8) + [0]
        let descriptor = path.withUnsafeBufferPointer { bytes in
            bytes.withMemoryRebound(to: CChar.self) { open($0.baseAddress!, O_CREAT | O_WRONLY, 0o600) }
        }
        #expect(descriptor >= 0)
        close(descriptor)
        let summary = try await node.ingest([corpus.path])
        #expect(summary.accepted == 1)
        #expect(summary.quarantined.files.first?.explanation.contains("UTF-8") == true)
    }

    @Test("a file or folder that may not be read is named, and the rest taken in", .enabled(if: geteuid() != 0))
    func unreadable() async throws {
        let (corpus, node) = (try Corpus().slices(2), TestNode())
        try corpus.write([1], "closed/x")
        #expect(chmod(corpus.folder.file("closed"), 0) == 0)
        defer { chmod(corpus.folder.file("closed"), 0o700) }
        let summary = try await node.ingest([corpus.path])
        #expect(summary.accepted == 2)
        #expect(summary.quarantined.files.map(\.reason) == [.unreadable])
    }

    @Test("hostile bytes end as an explanation, whatever they are", arguments: 0..<8)
    func hostile(seed: Int) async throws {
        let (corpus, node) = (Corpus(), TestNode())
        let whole = try Corpus.slice("1.2.3")
        var state = UInt64(seed) &* 0x9E37_79B9_7F4A_7C15 | 1
        func random(_ bound: Int) -> Int {
            state ^= state << 13
            state ^= state >> 7
            state ^= state << 17
            return Int(state % UInt64(bound))
        }
        for number in 0..<150 {
            var bytes = whole
            for _ in 0...random(6) { bytes[random(bytes.count)] = UInt8(random(256)) }
            // A length of 4 GB somewhere in the first elements.
            if random(4) == 0 { bytes.replaceSubrange(140..<144, with: [0xFF, 0xFF, 0xFF, 0xFF]) }
            if random(3) == 0 { bytes.removeLast(random(bytes.count)) }
            try corpus.write(bytes, "\(number)")
        }
        let summary = try await node.ingest([corpus.path])
        let parts = [
            summary.accepted, summary.alreadyThere, summary.quarantined.count, summary.notDICOM.count,
            summary.skipped.count, summary.review.waiting,
        ]
        #expect(summary.stopped == nil && parts.reduce(0, +) == 150)
        #expect(try Set(node.objects().keys) == node.index().digests())
    }
}
