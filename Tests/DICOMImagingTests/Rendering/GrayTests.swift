import DICOM
import DICOMImaging
import TestSupport
import Testing

@Suite("A frame in grey")
struct GrayTests {
    @Test("of 8 bits is what it is")
    func plain() throws {
        #expect(try Object().frame([0, 128, 200, 255]).gray().pixels == [0, 128, 200, 255])
        #expect(try Object(photometric: "MONOCHROME1").frame([0, 128, 200, 255]).gray().pixels == [255, 127, 55, 0])
    }

    @Test("of poor contrast is stretched over all levels")
    func stretched() throws {
        #expect(try Object().frame([10, 20, 30, 10]).gray().pixels == [0, 127, 255, 0])
    }

    @Test("shows a window of stored values, black below and white above", arguments: [false, true])
    func window(isSigned: Bool) throws {
        let values: [Int16] = isSigned ? [-100, 0, 50, 300] : [0, 100, 150, 400]
        let bytes = values.flatMap { [UInt8(truncatingIfNeeded: $0), UInt8(truncatingIfNeeded: $0 >> 8)] }
        let frame = try Object(allocated: 16, stored: 12, isSigned: isSigned).frame(bytes)
        let window = try #require(isSigned ? Window(low: 0, high: 100) : Window(low: 100, high: 200))
        // Half of 255, give or take the rounding of one level.
        let levels = frame.gray(window: window).pixels
        #expect(levels[0] == 0 && levels[1] == 0 && levels[3] == 255)
        #expect((126...129).contains(levels[2]))
    }

    @Test("keeps text brighter than the brightest anatomy, and anatomy over most of the levels")
    func textOverAnatomy() throws {
        var random = SeededGenerator(seed: 3)
        // Anatomy from 0 to 1000 of 16 bits; 200 pixels of text at the top.
        var values = (0..<65536).map { _ in UInt16.random(in: 0...1000, using: &random) }
        for index in 0..<200 { values[index * 300] = 65535 }
        let bytes = values.flatMap { [UInt8(truncatingIfNeeded: $0), UInt8(truncatingIfNeeded: $0 >> 8)] }
        let levels = try Object(rows: 256, columns: 256, allocated: 16).frame(bytes).gray().pixels
        let anatomy = zip(values, levels).filter { $0.0 < 65535 }.map(\.1)
        #expect(zip(values, levels).allSatisfy { ($0 == 65535) == ($1 == 255) })
        #expect(try #require(anatomy.max()) - #require(anatomy.min()) > 200)
    }

    @Test("rises with the value, signed and left-aligned ones too, whatever lies in the bits that are not the value's")
    func order() throws {
        for object in [
            Object(rows: 1, columns: 4, allocated: 16, stored: 12),
            Object(rows: 1, columns: 4, allocated: 16, stored: 12, isSigned: true),
            Object(rows: 1, columns: 4, allocated: 16, stored: 12, high: 15),
        ] {
            let values = object.isSigned ? [0x0800, 0x0FFF, 0x0000, 0x07FF] : [0, 1, 0x07FF, 0x0FFF]
            let bytes = values.flatMap { value -> [UInt8] in
                let word = object.high == 15 ? value << 4 | 0x5 : value | 0xA000
                return [UInt8(word & 0xFF), UInt8(word >> 8)]
            }
            let levels = try object.frame(bytes).gray().pixels
            #expect(levels == levels.sorted() && levels[3] > levels[0])
        }
    }

    @Test("of 32 bits and of floating point rises with the value; what is no number is black")
    func wide() throws {
        func bytes(_ words: [UInt32]) -> [UInt8] {
            words.flatMap { word in (0..<4).map { UInt8(word >> (8 * $0) & 255) } }
        }
        let integers = try Object(allocated: 32).frame(bytes([0, 1 << 20, 1 << 30, .max])).gray().pixels
        #expect(integers == integers.sorted() && integers[0] == 0 && integers[3] == 255)
        let floats = [-1.5, 0, 2.5, Float.nan].map(\.bitPattern)
        let levels = try Object(allocated: 32, tag: .floatPixelData).frame(bytes(floats)).gray().pixels
        #expect(levels[0] == 0 && levels[1] > 0 && levels[2] == 255 && levels[3] == 0)
    }

    @Test("of colour is its luminance, interleaved, by plane, and with shared colour differences")
    func colour() throws {
        // ITU-R BT.601: 0.299, 0.587, 0.114 of 255.
        let pixels: [UInt8] = [255, 0, 0, 0, 255, 0, 0, 0, 255, 255, 255, 255]
        let planes: [UInt8] = [255, 0, 0, 255, 0, 255, 0, 255, 0, 0, 255, 255]
        let object = Object(samples: 3, photometric: "RGB")
        for frame in [try object.frame(pixels), try Object(samples: 3, photometric: "RGB", planar: 1).frame(planes)] {
            for (level, expected) in zip(frame.gray().pixels, [76, 150, 29, 255]) {
                #expect(abs(Int(level) - expected) <= 1)
            }
            #expect(frame.rgb8() == pixels)
        }
        let shared = try Object(rows: 1, columns: 2, samples: 3, photometric: "YBR_FULL_422").frame([76, 150, 85, 255])
        #expect(shared.gray().pixels == [76, 150])
        // Red by the standard's formula: Y 76, Cb 85, Cr 255.
        for (level, expected) in zip(shared.rgb8(), [254, 0, 0]) { #expect(abs(Int(level) - expected) <= 1) }
    }

    @Test("of colour by its brightest part shows deep blue on black")
    func brightest() throws {
        let frame = try Object(samples: 3, photometric: "RGB").frame([0, 0, 255, 10, 20, 5, 0, 0, 0, 200, 100, 0])
        #expect(frame.brightest().pixels == [255, 20, 0, 200])
        #expect(try Object().frame([0, 128, 200, 255]).brightest().pixels == [0, 128, 200, 255])
    }
}
