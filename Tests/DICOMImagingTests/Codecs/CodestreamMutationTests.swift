import DICOM
import DICOMImaging
import TestSupport
import Testing

/// Damaged codestreams: whatever is done to one, a frame of the right size or an error comes out. A trap, a crash of a
/// library or a hang ends the run, and is found by that.
@Suite("Damaged codestreams")
struct CodestreamMutationTests {
    private static let syntaxes = ["5", "4.50", "4.70", "4.80", "4.90"]

    @Test("give a frame or an error, two thousand times each", arguments: syntaxes, [8, 16, 24])
    func mutations(syntax: String, bits: Int) throws {
        guard syntax != "4.50" || bits != 16 else { return }
        let object =
            bits == 24
            ? Object(rows: 24, columns: 40, samples: 3, photometric: "RGB")
            : Object(rows: 24, columns: 40, allocated: bits)
        var random = SeededGenerator(seed: UInt64(bits))
        let count = try object.description().bytesPerFrame
        let frame = try object.frame(
            (0..<count).map { UInt8(truncatingIfNeeded: $0 / 5 + Int.random(in: 0...3, using: &random)) })
        let writer = try #require(codec(syntax))
        let reader = try #require(codec(syntax))
        let original = try #require(try writer.encode(frame))
        var refused = 0
        for _ in 0..<700 {
            let bytes = damaged(original, &random)
            do {
                #expect(try reader.decode(bytes, frame.description).bytes.count == count)
            } catch {
                #expect(!error.message.isEmpty)
                refused += 1
            }
        }
        #expect(refused > 0)
    }

    @Test(
        "of other encoders too: every predictor of lossless JPEG, High-Throughput JPEG 2000 in a syntax that does not say so",
        arguments: Codestreams.all)
    func otherEncoders(row: Codestreams.Row) throws {
        let object = Object(
            rows: row.height, columns: row.width, samples: row.samples, allocated: row.bits <= 8 ? 8 : 16,
            stored: row.bits, photometric: row.samples == 3 ? "RGB" : "MONOCHROME2")
        let reader = try #require(codec(row.syntax == "4.201" ? "4.90" : row.syntax))
        let description = try object.description()
        var random = SeededGenerator(seed: UInt64(row.crc32))
        for _ in 0..<300 {
            let frame = try? reader.decode(damaged([UInt8](row.codestream), &random), description)
            #expect(frame == nil || frame?.bytes.count == description.bytesPerFrame)
        }
    }

    private func codec(_ syntax: String) -> (any FrameCodec)? {
        FrameCodecs.codec(for: TransferSyntax(uid: "1.2.840.10008.1.2.\(syntax)"))
    }

    private func damaged(_ original: [UInt8], _ random: inout SeededGenerator) -> [UInt8] {
        var bytes = original
        for _ in 0...Int.random(in: 0...3, using: &random) where bytes.count > 8 {
            // Headers are short and decide most: every second change hits one.
            let end = Bool.random(using: &random) ? min(bytes.count - 4, 160) : bytes.count - 4
            let place = Int.random(in: 0..<end, using: &random)
            switch Int.random(in: 0...5, using: &random) {
            case 0: bytes[place] ^= 1 << UInt8.random(in: 0...7, using: &random)
            case 1: bytes[place] = UInt8.random(in: 0...255, using: &random)
            case 2: bytes.replaceSubrange(place..<place + 2, with: [0xFF, 0xFF])
            case 3: bytes.replaceSubrange(place..<place + 2, with: [0, 0])
            case 4: bytes.removeLast(Int.random(in: 1...bytes.count / 2, using: &random))
            default: bytes.insert(contentsOf: bytes[place..<min(place + 16, bytes.count)], at: place)
            }
        }
        return bytes
    }
}
