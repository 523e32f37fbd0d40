import DICOM
import DICOMImaging
import TestSupport
import Testing

@Suite("Pictures")
struct PictureTests {
    @Test("PNG files have the standard's signature, header and checksums")
    func png() throws {
        let image = try #require(GrayImage(width: 3, height: 2, pixels: [0, 50, 100, 150, 200, 255]))
        let file = Picture.png(image)
        #expect(file.starts(with: [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A]))
        // Length 13, IHDR, width, height, 8 bits, grey, and nothing else.
        #expect(
            file[8..<29].elementsEqual([0, 0, 0, 13] + Array("IHDR".utf8) + [0, 0, 0, 3, 0, 0, 0, 2, 8, 0, 0, 0, 0]))
        let sum = crc32(Array(file[12..<29]))
        #expect(file[29..<33].elementsEqual((0..<4).map { UInt8(truncatingIfNeeded: sum >> (24 - 8 * $0)) }))
        // The end as every PNG file has it.
        #expect(file.suffix(12).elementsEqual([0, 0, 0, 0, 0x49, 0x45, 0x4E, 0x44, 0xAE, 0x42, 0x60, 0x82]))
        #expect(Picture.png(rgb: [1, 2, 3], width: 1, height: 1) != nil)
        #expect(Picture.png(rgb: [1, 2], width: 1, height: 1) == nil)
    }

    @Test("JPEG files are read back as what they were drawn from")
    func jpeg() throws {
        let image = try #require(GrayImage(width: 16, height: 8, pixels: (0..<128).map { UInt8($0 % 16 * 16) }))
        let file = try #require(Picture.jpeg(image, quality: 95))
        let codec = try #require(FrameCodecs.codec(for: TransferSyntax(uid: "1.2.840.10008.1.2.4.50")))
        let back = try codec.decode(file, Object(rows: 8, columns: 16).description())
        #expect(zip(back.bytes, image.pixels).allSatisfy { abs(Int($0) - Int($1)) <= 6 })
        #expect(Picture.jpeg(rgb: [1, 2], width: 1, height: 1) == nil)
    }

    @Test("made smaller have the mean of what each pixel stands for, and keep their proportions")
    func scaled() throws {
        let image = try #require(GrayImage(width: 4, height: 2, pixels: [0, 10, 100, 100, 20, 30, 100, 101]))
        let small = image.scaled(toFit: 2)
        #expect(small.width == 2 && small.height == 1)
        #expect(small.pixels == [15, 100])
        #expect(image.scaled(toFit: 4) == image)
        let long = try #require(GrayImage(width: 1000, height: 1, pixels: [UInt8](repeating: 7, count: 1000)))
        #expect(long.scaled(toFit: 10).pixels == [UInt8](repeating: 7, count: 10))
    }

    @Test("that look the same have hashes close to one another, others do not")
    func hash() throws {
        var random = SeededGenerator(seed: 4)
        func cells(_ random: inout SeededGenerator) -> [UInt8] {
            (0..<81).map { _ in UInt8.random(in: 20...220, using: &random) }
        }
        func picture(_ cells: [UInt8], _ scale: Int, _ noise: Int, _ random: inout SeededGenerator) throws -> GrayImage
        {
            let side = 9 * scale
            let pixels = (0..<side * side).map { place in
                let value =
                    Int(cells[place / side / scale * 9 + place % side / scale])
                    + Int.random(in: -noise...noise, using: &random)
                return UInt8(clamping: value)
            }
            return try #require(GrayImage(width: side, height: side, pixels: pixels))
        }
        let (one, other) = (cells(&random), cells(&random))
        let hash = try PerceptualHash(picture(one, 20, 0, &random))
        #expect(try hash.distance(to: PerceptualHash(picture(one, 20, 10, &random))) <= 2)
        #expect(try hash.distance(to: PerceptualHash(picture(one, 31, 5, &random))) <= 4)
        #expect(try hash.distance(to: PerceptualHash(picture(other, 20, 0, &random))) >= 16)
    }

    @Test("hashed by hand: a row of nine pixels that rise, in each of eight rows, sets every bit")
    func hashByHand() throws {
        let rising = try #require(GrayImage(width: 9, height: 8, pixels: (0..<72).map { UInt8($0 % 9) }))
        #expect(PerceptualHash(rising).bits == .max)
        let falling = try #require(GrayImage(width: 9, height: 8, pixels: (0..<72).map { UInt8(8 - $0 % 9) }))
        #expect(PerceptualHash(falling).bits == 0)
        #expect(PerceptualHash(rising).distance(to: PerceptualHash(falling)) == 64)
    }
}
