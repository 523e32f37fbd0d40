import DICOM
import DICOMImaging
import TestSupport
import Testing

@Suite("Covering a rectangle in JPEG")
struct JPEGBlockTests {
    private static let jpeg = "1.2.840.10008.1.2.4.50"

    /// A one-frame object around a codestream.
    private func reader(_ codestream: [UInt8], _ object: Object, syntax: String = jpeg) throws -> FrameReader {
        let dataSet = try object.dataSet { EncapsulatedPixelData(frames: [codestream]).append(to: &$0) }
        return try FrameReader(
            file: DICOMFile(meta: DataSet(), dataSet: dataSet, transferSyntax: TransferSyntax(uid: syntax)))
    }

    /// Both frames, decoded: before, and with the rectangle covered; and what was covered.
    private func cover(
        _ codestream: [UInt8], _ object: Object, _ rectangle: PixelRectangle
    ) throws -> (before: Frame, after: Frame, result: CoveredFrame) {
        let reader = try reader(codestream, object)
        let result = try FrameCoverer(reader).covered(0, [rectangle])
        return (try reader.decoded(0), try self.reader(result.bytes, object).decoded(0), result)
    }

    /// Checks that pixels in the rectangle are black, and those outside, `margin` pixels away, as before.
    private func check(_ before: Frame, _ after: Frame, _ rectangle: PixelRectangle, margin: Int) {
        let (old, new) = (before.rgb8(), after.rgb8())
        var (bright, changed) = (0, 0)
        for y in 0..<before.height {
            for x in 0..<before.width {
                let place = 3 * (y * before.width + x)
                let pixel = new[place..<place + 3]
                if x >= rectangle.left, x < rectangle.right, y >= rectangle.top, y < rectangle.bottom {
                    // Colour that is interpolated may shine in from the blocks beside; brightness may not.
                    let isEdge =
                        margin > 0
                        && (x < rectangle.left + margin || x >= rectangle.right - margin
                            || y < rectangle.top + margin || y >= rectangle.bottom - margin)
                    if !isEdge, pixel.contains(where: { $0 > 0 }) { bright += 1 }
                } else if x < rectangle.left - margin || x >= rectangle.right + margin
                    || y < rectangle.top - margin || y >= rectangle.bottom + margin
                {
                    if pixel != old[place..<place + 3] { changed += 1 }
                }
            }
        }
        #expect(bright == 0 && changed == 0)
    }

    private func gray(_ width: Int, _ height: Int) -> [UInt8] {
        var random = SeededGenerator(seed: 5)
        return (0..<width * height).map { UInt8($0 % width * 2 % 200) + UInt8.random(in: 0...50, using: &random) }
    }

    @Test("makes its blocks black and leaves every other pixel as it was", arguments: [1, 30, 75, 100])
    func grayscale(quality: Int) throws {
        let image = try #require(GrayImage(width: 61, height: 45, pixels: gray(61, 45)))
        let codestream = try #require(Picture.jpeg(image, quality: quality))
        let object = Object(rows: 45, columns: 61)
        let (before, after, result) = try cover(
            codestream, object, PixelRectangle(left: 10, top: 17, right: 33, bottom: 24))
        #expect(result.isLossless)
        #expect(result.covered == [PixelRectangle(left: 8, top: 16, right: 40, bottom: 24)])
        #expect(
            zip(before.bytes, after.bytes).enumerated().allSatisfy { place, pair in
                let (x, y) = (place % 61, place / 61)
                return 8..<40 ~= x && 16..<24 ~= y ? pair.1 == 0 : pair.0 == pair.1
            })
    }

    @Test("is white in the file where the lowest value is white")
    func inverted() throws {
        let image = try #require(GrayImage(width: 16, height: 16, pixels: gray(16, 16)))
        let codestream = try #require(Picture.jpeg(image, quality: 90))
        let object = Object(rows: 16, columns: 16, photometric: "MONOCHROME1")
        let (_, after, _) = try cover(codestream, object, PixelRectangle(left: 0, top: 0, right: 16, bottom: 8))
        #expect(after.bytes.prefix(128).allSatisfy { $0 == 255 })
    }

    @Test("in colour, with restart markers and shared colour differences")
    func colour() throws {
        let object = Object(rows: 40, columns: 56, samples: 3, photometric: "YBR_FULL_422")
        let (before, after, result) = try cover(
            JPEGSamples.restart, object, PixelRectangle(left: 20, top: 10, right: 30, bottom: 20))
        #expect(result.isLossless && result.photometric == .ybrFull422)
        #expect(result.covered == [PixelRectangle(left: 16, top: 0, right: 32, bottom: 32)])
        check(before, after, result.covered[0], margin: 1)
    }

    @Test("of progressive JPEG compresses anew, and says so")
    func progressive() throws {
        let object = Object(rows: 40, columns: 56, samples: 3, photometric: "YBR_FULL")
        let rectangle = PixelRectangle(left: 20, top: 10, right: 30, bottom: 20)
        let (before, after, result) = try cover(JPEGSamples.progressive, object, rectangle)
        #expect(!result.isLossless && result.covered == [rectangle])
        let (old, new) = (before.rgb8(), after.rgb8())
        #expect(
            (0..<40 * 56).allSatisfy { pixel in
                let (x, y) = (pixel % 56, pixel / 56)
                let isInside = 22..<28 ~= x && 12..<18 ~= y
                let isFar = !(12..<38 ~= x && 2..<28 ~= y)
                return (0..<3).allSatisfy {
                    isInside
                        ? new[3 * pixel + $0] < 16
                        : !isFar || abs(Int(new[3 * pixel + $0]) - Int(old[3 * pixel + $0])) < 12
                }
            })
        // The progressive syntax itself is not written: every frame becomes baseline.
        let coverer = try FrameCoverer(reader(JPEGSamples.progressive, object, syntax: "1.2.840.10008.1.2.4.55"))
        #expect(coverer.changesEveryFrame && coverer.transferSyntax.uid == Self.jpeg)
    }

    @Test("once more changes nothing, and leaves comments and applications' data out")
    func again() throws {
        let object = Object(rows: 40, columns: 56, samples: 3, photometric: "YBR_FULL_422")
        let comment: [UInt8] = [0xFF, 0xFE, 0, 10] + Array("DOE^JANE".utf8)
        let codestream = JPEGSamples.restart.prefix(2) + comment + JPEGSamples.restart.dropFirst(2)
        let rectangle = PixelRectangle(left: 0, top: 0, right: 56, bottom: 10)
        let once = try FrameCoverer(reader(Array(codestream), object)).covered(0, [rectangle])
        #expect(!String(decoding: once.bytes, as: UTF8.self).contains("DOE^JANE"))
        let twice = try FrameCoverer(reader(once.bytes, object)).covered(0, [rectangle])
        #expect(twice.bytes == once.bytes)
    }

    @Test("of real files", arguments: References.all.filter { $0.syntax == "4.50" && $0.frame == 0 })
    func realFiles(row: References.Row) throws {
        guard let bytes = row.bytes else { return }
        let reader = try FrameReader(file: DICOMFile.read(bytes))
        let rectangle = PixelRectangle(
            left: reader.description.columns / 4, top: reader.description.rows / 4,
            right: reader.description.columns / 2, bottom: reader.description.rows / 2)
        let result = try FrameCoverer(reader).covered(0, [rectangle])
        #expect(result.isLossless)
        let codec = try #require(FrameCodecs.codec(for: reader.transferSyntax))
        let after = try codec.decode(result.bytes, reader.description)
        check(try reader.decoded(0), after, result.covered[0], margin: 1)
    }

    @Test("of 12 bits, and damaged ones of them", arguments: References.all.filter { $0.syntax == "4.51" })
    func twelveBits(row: References.Row) throws {
        guard let bytes = row.bytes else { return }
        let reader = try FrameReader(file: DICOMFile.read(bytes))
        let rectangle = PixelRectangle(left: 16, top: 8, right: 48, bottom: 24)
        let result = try FrameCoverer(reader).covered(0, [rectangle])
        #expect(result.isLossless && result.covered == [rectangle])
        let codec = try #require(FrameCodecs.codec(for: reader.transferSyntax))
        let (before, after) = (try reader.decoded(0), try codec.decode(result.bytes, reader.description))
        var expected = before
        expected.fill(rectangle)
        #expect(after.bytes == expected.bytes && after.bytes != before.bytes)

        var random = SeededGenerator(seed: 12)
        for _ in 0..<20 {
            var damaged = result.bytes
            for _ in 0...3 {
                damaged[Int.random(in: 2..<600, using: &random)] = UInt8.random(in: 0...255, using: &random)
            }
            _ = try? codec.decode(damaged, reader.description)
        }
    }

    @Test("in damaged codestreams gives a codestream or an error")
    func damaged() throws {
        let object = Object(rows: 40, columns: 56, samples: 3, photometric: "YBR_FULL_422")
        var random = SeededGenerator(seed: 11)
        for _ in 0..<2000 {
            var bytes = JPEGSamples.restart
            for _ in 0...Int.random(in: 0...2, using: &random) {
                bytes[Int.random(in: 2..<bytes.count, using: &random)] = UInt8.random(in: 0...255, using: &random)
            }
            if Bool.random(using: &random) { bytes.removeLast(Int.random(in: 1...400, using: &random)) }
            let coverer = try FrameCoverer(reader(bytes, object))
            _ = try? coverer.covered(0, [PixelRectangle(left: 3, top: 3, right: 20, bottom: 20)])
        }
    }
}
