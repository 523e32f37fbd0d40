import Crypto
import Curation
import Foundation
import Testing

@Suite("The signed manifest of a batch")
struct ManifestTests {
    private let heading = BatchManifest.Heading(
        profile: "research", fingerprint: "0123456789abcdef", tableEdition: "2025a", tool: "atles 1.0",
        started: "2026-11-24T10:00:00Z")

    private func entry(_ number: Int, _ scan: BatchManifest.ScanResult = .clean) -> BatchManifest.Entry {
        BatchManifest.Entry(
            path: "P\(number)/1.dcm", sha256: BatchManifest.sha256("object \(number)".utf8), sopClassUID: Objects.ct,
            sopInstanceUID: "2.25.\(number)", scan: scan,
            findings: scan == .released
                ? [LeakFinding(kind: .phone, place: .attribute("(0020,4000)"), match: .phone)] : [])
    }

    /// The lines of a whole manifest of so many objects.
    private func lines(_ count: Int = 5, key: ManifestKey? = nil) throws -> [String] {
        var bytes: [UInt8] = []
        var writer = try ManifestWriter(heading) { bytes += $0 }
        for number in 0..<count { try writer.append(entry(number, number == 2 ? .released : .clean)) }
        try writer.close(heldBack: ["review": 2], finished: "2026-11-24T11:00:00Z", key: try key ?? self.key())
        return String(decoding: bytes, as: UTF8.self).split(separator: "\n").map(String.init)
    }

    private func key(_ bytes: [UInt8] = Objects.key) throws -> ManifestKey {
        try ManifestKey(pseudonyms: Objects.pseudonyms(bytes))
    }

    private func verify(_ lines: [String]) throws -> ManifestProgress {
        var reader = ManifestReader()
        for line in lines { try reader.read((line + "\n").utf8) }
        return try reader.finish(publicKey: try key().publicKey)
    }

    private func error(of work: () throws -> some Any) -> ManifestError? {
        do {
            _ = try work()
            return nil
        } catch {
            return error as? ManifestError
        }
    }

    @Test("says how the batch was made, what is in it and what was found")
    func whole() throws {
        let progress = try verify(lines())
        #expect(progress.heading == heading)
        #expect(progress.sums.objects == 5)
        #expect(progress.sums.scans == ["clean": 4, "released": 1])
        #expect(progress.sums.findings == ["phone or e-mail": 1])
        #expect(progress.sums.heldBack == ["review": 2])
    }

    @Test("is a chain of SHA-256 over a zero byte and each line, signed with Ed25519 over the last")
    func chain() throws {
        let lines = try lines(2)
        var previous = String(repeating: "0", count: 64)
        for line in lines {
            #expect(line.contains("\"previous\":\"\(previous)\""))
            previous = SHA256.hash(data: [0] + Array(line.utf8)).map { String(format: "%02x", $0) }.joined()
        }
        let closing = SHA256.hash(data: [0] + Array(lines[3].utf8)).map { String(format: "%02x", $0) }.joined()
        let signature = try #require(lines[4].firstMatch(of: /"signature":"([0-9a-f]{128})"/)?.output.1)
        let raw = try Self.bytes(String(signature))
        let publicKey = try Curve25519.Signing.PublicKey(rawRepresentation: Self.bytes(try key().publicKey))
        #expect(publicKey.isValidSignature(raw, for: Array("atles batch manifest 1\n\(closing)\n".utf8)))
    }

    private static func bytes(_ hex: String) throws -> [UInt8] {
        let digits = Array(hex)
        return try stride(from: 0, to: digits.count, by: 2).map {
            try #require(UInt8(String(digits[$0...$0 + 1]), radix: 16))
        }
    }

    @Test("shows every line that was altered in any byte")
    func altered() throws {
        let lines = try lines(3)
        for number in lines.indices {
            for position in stride(from: 0, to: lines[number].utf8.count, by: 7) {
                var changed = lines
                var bytes = Array(lines[number].utf8)
                bytes[position] ^= 1
                changed[number] = String(decoding: bytes, as: UTF8.self)
                let error = try #require(error { try verify(changed) })
                #expect(error.line.map { $0 == number + 1 || $0 == number + 2 } ?? (error.code == .badSignature))
            }
        }
    }

    @Test("shows lines that were removed, added, repeated or moved")
    func moved() throws {
        let lines = try lines(4)
        let others = try self.lines(6)
        for number in lines.indices {
            var removed = lines
            removed.remove(at: number)
            #expect(error { try verify(removed) } != nil)
            var repeated = lines
            repeated.insert(lines[number], at: number)
            #expect(error { try verify(repeated) }?.line == (number + 2))
            guard number > 0 else { continue }
            var swapped = lines
            swapped.swapAt(number, number - 1)
            #expect(error { try verify(swapped) }?.code == .broken)
        }
        #expect(error { try verify(lines + [others[3]]) }?.code == .broken)
        #expect(error { try verify(Array(lines.prefix(3)) + others.dropFirst(3)) } == nil)
        #expect(error { try verify([]) }?.code == .unfinished)
    }

    @Test("shows sums that were rewritten with a new chain behind them: nobody else can sign it")
    func forged() throws {
        let forged = try lines(3, key: key(Array(1...32)))
        #expect(error { try verify(forged) }?.code == .badSignature)
    }

    @Test("that was cut off is unfinished, wherever it ends")
    func cut() throws {
        let text = try lines(2).joined(separator: "\n") + "\n"
        let key = try key().publicKey
        for length in stride(from: 0, to: text.utf8.count - 1, by: 11) {
            var reader = ManifestReader()
            try reader.read(text.utf8.prefix(length))
            #expect(error { try reader.finish(publicKey: key) }?.code == .unfinished)
        }
    }

    @Test("is continued after an interruption, and gives the same lines")
    func continued() throws {
        let whole = try lines(5)
        var reader = ManifestReader()
        try reader.read((whole.prefix(3).joined(separator: "\n") + "\n{\"obj").utf8)
        #expect(reader.progress.bytes == whole.prefix(3).joined(separator: "\n").utf8.count + 1)
        var bytes: [UInt8] = []
        var writer = try ManifestWriter(continuing: reader.progress) { bytes += $0 }
        for number in 2..<5 { try writer.append(entry(number, number == 2 ? .released : .clean)) }
        try writer.close(heldBack: ["review": 2], finished: "2026-11-24T11:00:00Z", key: try key())
        let rest = String(decoding: bytes, as: UTF8.self).split(separator: "\n").map(String.init)
        // Signatures differ each time; what is signed does not.
        #expect(Array(whole.prefix(3)) + rest.dropLast() == Array(whole.dropLast()))
        #expect(try verify(whole.prefix(3) + rest).sums.objects == 5)
        #expect(error { try writer.append(entry(9)) }?.code == .cannotWrite)
    }

    @Test("finds an object that is not the one that was written")
    func objects() throws {
        var reader = ManifestReader()
        var seen: [String] = []
        try reader.read((lines().joined(separator: "\n") + "\n").utf8) { seen.append($0.path) }
        #expect(seen == (0..<5).map { "P\($0)/1.dcm" })
        try entry(3).check("object 3".utf8)
        #expect(error { try entry(3).check("object 4".utf8) }?.code == .objectDiffers)
    }

    @Test("has a hash that is that of the bytes, in parts or whole")
    func hash() {
        // FIPS 180-4, the example of three letters.
        let expected = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"
        #expect(BatchManifest.sha256("abc".utf8) == expected)
        var hash = ManifestHash()
        hash.update("a".utf8)
        hash.update(Array("bc".utf8))
        #expect(hash.finish() == expected)
    }

    @Test("is signed by a key of its own for each project and each pseudonym key")
    func keys() throws {
        let one = try ManifestKey(pseudonyms: Objects.pseudonyms())
        let project = try ManifestKey(pseudonyms: Pseudonymizer(key: PseudonymKey(Objects.key), project: "lung"))
        #expect(one.publicKey != project.publicKey)
        #expect(try one.publicKey == key().publicKey)
        #expect("\(one)" == "ManifestKey(\(one.publicKey))")
    }
}
