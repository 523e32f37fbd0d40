import DICOM
import DICOMImaging
import TestSupport
import Testing

@Suite("Covering frames of an object")
struct FrameCovererTests {
    private let rectangle = PixelRectangle(left: 5, top: 3, right: 14, bottom: 9)

    private func reader(
        _ frames: [[UInt8]], _ object: Object, _ syntax: TransferSyntax, imaging: ImagingLimits = .standard
    ) throws -> FrameReader {
        let dataSet = try object.dataSet { EncapsulatedPixelData(frames: frames).append(to: &$0) }
        return try FrameReader(
            file: DICOMFile(meta: DataSet(), dataSet: dataSet, transferSyntax: syntax), imaging: imaging)
    }

    @Test(
        "without loss leaves every pixel outside as it was, in the same transfer syntax",
        arguments: ["5", "4.57", "4.70", "4.80", "4.81", "4.90", "4.91"], [8, 16, 24])
    func lossless(syntax: String, bits: Int) throws {
        let syntax = TransferSyntax(uid: "1.2.840.10008.1.2.\(syntax)")
        let codec = try #require(FrameCodecs.codec(for: syntax))
        let object =
            bits == 24
            ? Object(rows: 20, columns: 31, samples: 3, photometric: "RGB", frames: 2)
            : Object(rows: 20, columns: 31, allocated: bits, frames: 2)
        var random = SeededGenerator(seed: 2)
        let count = try object.description().bytesPerFrame
        let frames = try (0..<2).map { _ in
            try object.frame((0..<count).map { _ in UInt8.random(in: 1...255, using: &random) })
        }
        let encoded = try frames.map { try #require(try codec.encode($0)) }
        let coverer = try FrameCoverer(reader(encoded, object, syntax))
        #expect(!coverer.changesEveryFrame)
        let result = try coverer.covered(1, [rectangle])
        #expect(result.isLossless && result.covered == [rectangle])
        var expected = frames[1]
        expected.fill(rectangle)
        #expect(try codec.decode(result.bytes, object.description()).bytes == expected.bytes)
        // A frame without rectangles is copied, not compressed again.
        #expect(try coverer.covered(0, []).bytes.starts(with: encoded[0]))
    }

    @Test("of JPEG 2000 that transforms colour inside stays so, whichever transformation it was")
    func transformedColour() throws {
        let syntax = TransferSyntax(uid: "1.2.840.10008.1.2.4.90")
        let row = try #require(References.all.first { $0.file.hasSuffix("examples_jpeg2k.dcm") })
        guard let bytes = row.bytes else { return }
        let reader = try FrameReader(file: DICOMFile.read(bytes))
        let result = try FrameCoverer(reader).covered(0, [rectangle])
        #expect(result.photometric == .ybrRCT)
        var expected = try reader.decoded(0)
        expected.fill(rectangle)
        let codec = try #require(FrameCodecs.codec(for: syntax))
        #expect(try codec.decode(result.bytes, reader.description).bytes == expected.bytes)
    }

    @Test("of a syntax that is only read becomes the nearest one that is written")
    func replaced() throws {
        let object = Object(rows: 20, columns: 31)
        let codec = try #require(FrameCodecs.codec(for: TransferSyntax(uid: "1.2.840.10008.1.2.4.90")))
        let frame = try object.frame([UInt8](repeating: 9, count: 620))
        let encoded = try #require(try codec.encode(frame))
        let syntax = TransferSyntax(uid: "1.2.840.10008.1.2.4.201")
        #expect(error { try FrameCoverer(reader([encoded], object, syntax)) }?.code == .unsupported)
        var imaging = ImagingLimits()
        imaging.acceptsHighThroughput = true
        let coverer = try FrameCoverer(reader([encoded], object, syntax, imaging: imaging))
        #expect(coverer.changesEveryFrame && coverer.transferSyntax.uid == "1.2.840.10008.1.2.4.90")
        #expect(try codec.decode(coverer.covered(0, []).bytes, object.description()).bytes == frame.bytes)
    }

    @Test("of video is refused before anything is done")
    func video() throws {
        let reader = try reader([[0, 0, 0, 1]], Object(), TransferSyntax(uid: "1.2.840.10008.1.2.4.102"))
        #expect(error { try FrameCoverer(reader) }?.code == .unsupported)
    }

    @Test(
        "gives the whole value, in memory and as a stream, which reads back with the covered frame alone changed",
        arguments: [
            TransferSyntax.explicitLittleEndian, .implicitLittleEndian, .explicitBigEndian,
            TransferSyntax(uid: "1.2.840.10008.1.2.5"),
        ],
        [8, 16])
    func value(syntax: TransferSyntax, bits: Int) throws {
        let object = Object(rows: 3, columns: 5, allocated: bits, frames: 3)
        let count = try object.description().bytesPerFrame
        let frames = try (1...3).map { try object.frame([UInt8](repeating: UInt8($0), count: count)) }
        var native = NativePixelData()
        for frame in frames { native.append(frame) }
        let fragments = try frames.map {
            try #require(try FrameCodecs.codec(for: TransferSyntax(uid: "1.2.840.10008.1.2.5"))?.encode($0))
        }
        let bytes = native.finish()
        let original = try object.dataSet { builder in
            if syntax.isEncapsulated {
                EncapsulatedPixelData(frames: fragments).append(to: &builder)
            } else {
                builder.append(.pixelData, .ow, bytes: bytes)
            }
        }
        let file = try DICOMWriter.file(meta: DataSet(), dataSet: original, transferSyntax: syntax)
        let source = MemorySource(file)
        let header = try DICOMFile.readHeader(source)
        let coverer = try FrameCoverer(FrameReader(file: header, source: source))
        #expect(coverer.changesEveryFrame == syntax.isBigEndian)

        let rectangle = PixelRectangle(left: 1, top: 1, right: 3, bottom: 2)
        let result = try coverer.pixelData(covering: [1: [rectangle]])
        #expect(result.covered == [1: [rectangle]] && result.isLossless)
        let whole = try DICOMWriter.file(
            meta: DataSet(), dataSet: object.dataSet { result.append(to: &$0) }, transferSyntax: result.transferSyntax)
        var stream = try DICOMWriter.header(meta: DataSet(), dataSet: original, transferSyntax: result.transferSyntax)
        stream += DICOMWriter.pixelDataHeader(try #require(header.pixelData), transferSyntax: result.transferSyntax)
        try coverer.stream(covering: [1: [rectangle]]) { stream += $0 }

        var expected = frames
        expected[1].fill(rectangle)
        for bytes in [whole, stream] {
            for reader in try readers(bytes) {
                #expect(try (0..<3).map { try reader.decoded($0).bytes } == expected.map(\.bytes))
            }
        }
    }

    @Test("of floating point pixels stays Float Pixel Data")
    func floats() throws {
        let object = Object(rows: 1, columns: 2, allocated: 32, vr: .of, tag: .floatPixelData)
        let numbers = [Float(-1.5), 2.5].flatMap { number in (0..<4).map { UInt8(number.bitPattern >> (8 * $0) & 255) }
        }
        let file = DICOMFile(
            meta: DataSet(), dataSet: try object.dataSet(numbers), transferSyntax: .explicitLittleEndian)
        let result = try FrameCoverer(FrameReader(file: file)).pixelData(
            covering: [0: [PixelRectangle(left: 1, top: 0, right: 2, bottom: 1)]])
        let dataSet = try object.dataSet { result.append(to: &$0) }
        // The darkest number of the frame.
        #expect(dataSet[.floatPixelData]?.bytes.elementsEqual(numbers.prefix(4) + numbers.prefix(4)) == true)
        #expect(dataSet[.pixelData] == nil)
    }
}
