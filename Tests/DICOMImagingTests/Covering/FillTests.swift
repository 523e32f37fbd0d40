import DICOM
import DICOMImaging
import Testing

@Suite("Covering a rectangle")
struct FillTests {
    private let middle = PixelRectangle(left: 1, top: 1, right: 3, bottom: 2)

    @Test(
        "writes black as the photometric interpretation has it, and nothing outside",
        arguments: [
            (Object(rows: 3, columns: 4), [UInt8(0)]),
            (Object(rows: 3, columns: 4, photometric: "MONOCHROME1"), [255]),
            (Object(rows: 3, columns: 4, allocated: 16, stored: 12, photometric: "MONOCHROME1"), [0xFF, 0x0F]),
            (
                Object(rows: 3, columns: 4, allocated: 16, stored: 12, high: 15, photometric: "MONOCHROME1"),
                [0xF0, 0xFF]
            ),
            (Object(rows: 3, columns: 4, allocated: 16, isSigned: true, padding: -2000), [0x30, 0xF8]),
            (Object(rows: 3, columns: 4, samples: 3, photometric: "RGB"), [0, 0, 0]),
            (Object(rows: 3, columns: 4, samples: 3, photometric: "YBR_FULL"), [0, 128, 128]),
        ])
    func black(object: Object, black: [UInt8]) throws {
        let count = try object.description().bytesPerFrame
        let before = [UInt8](repeating: 0x5A, count: count)
        var frame = try object.frame(before)
        frame.fill(middle)
        let size = black.count
        var expected = before
        for pixel in [5, 6] { expected.replaceSubrange(pixel * size..<(pixel + 1) * size, with: black) }
        #expect(frame.bytes == expected)
    }

    @Test("in signed pixels without a padding value is the blackest value of the frame")
    func signed() throws {
        // -1 and -3 in 16 bits.
        var frame = try Object(rows: 1, columns: 2, allocated: 16, isSigned: true).frame([0xFF, 0xFF, 0xFD, 0xFF])
        frame.fill(PixelRectangle(left: 0, top: 0, right: 1, bottom: 1))
        #expect(frame.bytes == [0xFD, 0xFF, 0xFD, 0xFF])
    }

    @Test("covers all three planes")
    func planes() throws {
        var frame = try Object(rows: 1, columns: 2, samples: 3, photometric: "YBR_FULL", planar: 1).frame([
            1, 2, 3, 4, 5, 6,
        ])
        frame.fill(PixelRectangle(left: 1, top: 0, right: 2, bottom: 1))
        #expect(frame.bytes == [1, 0, 3, 128, 5, 128])
    }

    @Test("covers whole pairs where two pixels share their colour")
    func pairs() throws {
        var frame = try Object(rows: 1, columns: 4, samples: 3, photometric: "YBR_FULL_422").frame([
            1, 2, 3, 4, 5, 6, 7, 8,
        ])
        frame.fill(PixelRectangle(left: 3, top: 0, right: 4, bottom: 1))
        #expect(frame.bytes == [1, 2, 3, 4, 0, 0, 128, 128])
    }

    @Test("covers single bits")
    func bits() throws {
        var frame = try Object(rows: 2, columns: 5, allocated: 1).frame([0xFF, 0x03])
        frame.fill(PixelRectangle(left: 1, top: 1, right: 3, bottom: 2))
        // Pixels 6 and 7 of ten.
        #expect(frame.bytes == [0x3F, 0x03])
    }

    @Test("takes the darkest colour of a palette")
    func palette() throws {
        let dataSet = try Object(rows: 1, columns: 2, photometric: "PALETTE COLOR").dataSet { builder in
            for (channel, colours) in [(UInt16(0), [200, 9, 10]), (1, [200, 9, 0]), (2, [200, 9, 255])]
                as [(UInt16, [UInt8])]
            {
                builder.append(Tag(0x0028, 0x1101 + channel), .us, ints: [3, 4, 8])
                builder.append(Tag(0x0028, 0x1201 + channel), .ow, bytes: colours + [0])
            }
        }
        var frame = try Frame(PixelDescription(dataSet), bytes: [4, 6])
        #expect(frame.rgb8() == [200, 200, 200, 10, 0, 255])
        frame.fill(PixelRectangle(left: 0, top: 0, right: 1, bottom: 1))
        #expect(frame.bytes == [5, 6])
    }

    @Test("beyond the frame touches what is inside, and nothing where it is outside")
    func clipping() throws {
        var frame = try Object(rows: 2, columns: 2).frame([1, 2, 3, 4])
        frame.fill(PixelRectangle(left: 1, top: -5, right: .max, bottom: 1))
        #expect(frame.bytes == [1, 0, 3, 4])
        frame.fill([
            PixelRectangle(left: 2, top: 0, right: 9, bottom: 9), PixelRectangle(left: 1, top: 1, right: 0, bottom: 0),
        ])
        #expect(frame.bytes == [1, 0, 3, 4])
    }
}
