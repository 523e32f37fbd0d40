import DICOM
import DICOMImaging
import TestSupport
import Testing

@Suite("Compressing frames")
struct CodecTests {
    private static let lossless = ["5", "4.70", "4.57", "4.80", "4.81", "4.90", "4.91"]

    private static let objects: [Object] = [
        Object(rows: 33, columns: 47), Object(rows: 1, columns: 1), Object(rows: 3, columns: 200, stored: 7),
        Object(rows: 33, columns: 47, allocated: 16), Object(rows: 20, columns: 30, allocated: 16, stored: 12),
        Object(rows: 20, columns: 30, allocated: 16, stored: 12, isSigned: true),
        Object(rows: 20, columns: 30, allocated: 16, isSigned: true),
        Object(rows: 20, columns: 30, isSigned: true),
        Object(rows: 19, columns: 31, samples: 3, photometric: "RGB"),
        Object(rows: 19, columns: 31, samples: 3, photometric: "YBR_FULL"),
        Object(rows: 19, columns: 31, samples: 3, photometric: "RGB", planar: 1),
        Object(rows: 9, columns: 11, samples: 3, allocated: 16, photometric: "RGB"),
    ]

    @Test(
        "without loss gives back every bit, noise and flat areas, signs and foreign bits too", arguments: lossless,
        objects)
    func roundTrip(syntax: String, object: Object) throws {
        let codec = try #require(FrameCodecs.codec(for: TransferSyntax(uid: "1.2.840.10008.1.2.\(syntax)")))
        #expect(codec.isLossless)
        var random = SeededGenerator(seed: 7)
        for fill in 0..<4 {
            let frame = try object.frame(pixels(object, fill, &random))
            let codestream = try #require(try codec.encode(frame))
            let back = try codec.decode(codestream, frame.description)
            if frame.description.isPlanar {
                #expect(back.rgb8() == frame.rgb8() && !back.description.isPlanar)
            } else {
                #expect(back.bytes == frame.bytes)
            }
        }
    }

    /// Flat, noise over all bits, a ramp of small values with their sign, noise on the lower bits.
    private func pixels(_ object: Object, _ fill: Int, _ random: inout SeededGenerator) throws -> [UInt8] {
        let count = try object.description().bytesPerFrame
        let size = object.allocated / 8
        return (0..<count / size).flatMap { index -> [UInt8] in
            let value: Int =
                switch fill {
                case 0: 0
                case 1: Int.random(in: 0...0xFFFF, using: &random)
                case 2: object.isSigned ? index % 100 - 50 : index % 100
                default: Int.random(in: 0...15, using: &random)
                }
            return (0..<size).map { UInt8(truncatingIfNeeded: value >> (8 * $0)) }
        }
    }

    @Test("RLE of 32 bits gives back every bit")
    func rle32() throws {
        var random = SeededGenerator(seed: 8)
        let object = Object(rows: 5, columns: 7, allocated: 32)
        let frame = try object.frame((0..<140).map { _ in UInt8.random(in: 0...3, using: &random) })
        let codec = try #require(FrameCodecs.codec(for: TransferSyntax(uid: "1.2.840.10008.1.2.5")))
        #expect(try codec.decode(#require(try codec.encode(frame)), frame.description).bytes == frame.bytes)
    }

    @Test("RLE is as the standard has it: byte for byte by hand")
    func rleByHand() throws {
        // PS3.5 G.3: a run of four 7s is (257 - 4), 7; literals 1 2 3 are (3 - 1), 1, 2, 3; rows apart.
        let frame = try Object(rows: 2, columns: 4).frame([7, 7, 7, 7, 1, 2, 3, 4])
        let codec = try #require(FrameCodecs.codec(for: TransferSyntax(uid: "1.2.840.10008.1.2.5")))
        let codestream = try #require(try codec.encode(frame))
        let header: [UInt8] = [1, 0, 0, 0, 64, 0, 0, 0] + [UInt8](repeating: 0, count: 56)
        #expect(codestream == header + [253, 7, 3, 1, 2, 3, 4, 0])
    }

    @Test("JPEG of high quality stays close, in grey and colour, and says that it is RGB now")
    func jpeg() throws {
        let codec = try #require(FrameCodecs.codec(for: TransferSyntax(uid: "1.2.840.10008.1.2.4.50")))
        #expect(!codec.isLossless)
        let gray = try Object(rows: 32, columns: 32).frame((0..<1024).map { UInt8($0 / 32 * 8) })
        let back = try codec.decode(#require(try codec.encode(gray)), gray.description)
        #expect(zip(gray.bytes, back.bytes).allSatisfy { abs(Int($0) - Int($1)) <= 3 })
        let object = Object(rows: 32, columns: 32, samples: 3, photometric: "YBR_FULL")
        let colour = try object.frame((0..<1024).flatMap { [UInt8($0 / 32 * 8), 100, 150] })
        let rgb = try codec.decode(#require(try codec.encode(colour)), colour.description)
        #expect(rgb.description.photometric == .rgb)
        #expect(zip(colour.rgb8(), rgb.bytes).allSatisfy { abs(Int($0) - Int($1)) <= 4 })
        #expect(
            try codec.encode(Object(rows: 2, columns: 2, allocated: 16).frame([UInt8](repeating: 0, count: 8))) == nil)
    }

    @Test("A codestream of another size than the object says is refused", arguments: lossless + ["4.50"])
    func size(syntax: String) throws {
        let codec = try #require(FrameCodecs.codec(for: TransferSyntax(uid: "1.2.840.10008.1.2.\(syntax)")))
        let codestream = try #require(
            try codec.encode(Object(rows: 16, columns: 8).frame([UInt8](repeating: 1, count: 128))))
        for object in [Object(rows: 64, columns: 64), Object(rows: 16, columns: 8, samples: 3, photometric: "RGB")] {
            #expect(error { try codec.decode(codestream, object.description()) }?.code == .badCodestream)
        }
    }

    @Test(
        "Video, JPEG XL and what nobody knows have no codec, and a reason",
        arguments: ["4.100", "4.107", "4.110", "4.999"])
    func unsupported(syntax: String) {
        let syntax = TransferSyntax(uid: "1.2.840.10008.1.2.\(syntax)")
        #expect(FrameCodecs.codec(for: syntax) == nil)
        #expect(FrameCodecs.reason(syntax).contains("not supported"))
    }
}
