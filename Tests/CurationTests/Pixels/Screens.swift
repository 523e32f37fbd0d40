import Curation
import DICOM
import DICOMImaging
import Foundation

/// Objects with text in their pixels, put together for a test: a soft ground of 320 × 240 that rendered text is stamped on.
struct Screen {
    static let (columns, rows) = (320, 240)
    /// What is in every pixel of each frame, before it becomes samples; 0 to 255.
    var frames: [[UInt8]]
    var sopClass = "1.2.840.10008.5.1.4.1.1.6.1"
    var photometric = "MONOCHROME2"
    var isPlanar = false
    var burnedIn: String?

    init(frames: Int = 1) {
        let ground = (0..<Self.rows).flatMap { y in (0..<Self.columns).map { x in UInt8(20 + (x + y) / 16) } }
        self.frames = Array(repeating: ground, count: frames)
    }

    /// Stamps one of the fixtures; its box.
    @discardableResult
    mutating func stamp(_ name: String, left: Int, top: Int, frame: Int = 0) throws -> PixelRectangle {
        let path = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "Fixtures/\(name).pgm")
        let data = [UInt8](try Data(contentsOf: path))
        let head = data.split(separator: UInt8(ascii: "\n"), maxSplits: 3).prefix(2)
            .flatMap { $0.split(separator: UInt8(ascii: " ")) }.compactMap { Int(String(decoding: $0, as: UTF8.self)) }
        let (width, height) = (head[0], head[1])
        let mask = data.suffix(width * height)
        for y in 0..<height {
            for x in 0..<width {
                let index = (top + y) * Self.columns + left + x
                let ink = Int(mask[mask.startIndex + y * width + x])
                frames[frame][index] = UInt8((Int(frames[frame][index]) * (255 - ink) + 235 * ink) / 255)
            }
        }
        return PixelRectangle(left: left, top: top, right: left + width, bottom: top + height)
    }

    /// The samples of a frame in the photometric interpretation.
    func samples(_ frame: Int) -> [UInt8] {
        switch (photometric, isPlanar) {
        case ("MONOCHROME1", _): frames[frame].map { 255 - $0 }
        case ("RGB", false): frames[frame].flatMap { [$0, $0, $0] }
        case ("RGB", true): frames[frame] + frames[frame] + frames[frame]
        default: frames[frame]
        }
    }

    func file(_ syntax: TransferSyntax = .explicitLittleEndian) throws -> DICOMFile {
        func describe(_ builder: inout DataSetBuilder) {
            builder.append(.samplesPerPixel, .us, ints: [photometric == "RGB" ? 3 : 1])
            builder.append(.photometricInterpretation, .cs, string: photometric)
            if photometric == "RGB" { builder.append(.planarConfiguration, .us, ints: [isPlanar ? 1 : 0]) }
            builder.append(.numberOfFrames, .is, ints: [frames.count])
            builder.append(.rows, .us, ints: [Self.rows])
            builder.append(.columns, .us, ints: [Self.columns])
            builder.append(.bitsAllocated, .us, ints: [8])
            builder.append(.bitsStored, .us, ints: [8])
            builder.append(.highBit, .us, ints: [7])
            builder.append(.pixelRepresentation, .us, ints: [0])
            if let burnedIn { builder.append(.burnedInAnnotation, .cs, string: burnedIn) }
        }
        guard syntax.uid != TransferSyntax.explicitLittleEndian.uid else {
            return try Objects.file(sopClass: sopClass) {
                describe(&$0)
                $0.append(.pixelData, .ow, bytes: frames.indices.flatMap { samples($0) })
            }
        }
        let description = try PixelDescription(Objects.file(sopClass: sopClass, describe).dataSet)
        guard let codec = FrameCodecs.codec(for: syntax) else { throw ScreenError() }
        let fragments = try frames.indices.map { index in
            guard let bytes = try codec.encode(Frame(description, bytes: samples(index))) else { throw ScreenError() }
            return bytes
        }
        return try Objects.file(sopClass: sopClass, syntax: syntax) {
            describe(&$0)
            EncapsulatedPixelData(frames: fragments).append(to: &$0)
        }
    }
}

struct ScreenError: Error {}

/// An object's frames with its pixel data replaced.
func covered(_ file: DICOMFile, _ pixels: CoveredPixelData) throws -> FrameReader {
    var builder = DataSetBuilder()
    builder.append(contentsOf: file.dataSet)
    pixels.append(to: &builder)
    return try FrameReader(
        file: DICOMFile(meta: file.meta, dataSet: builder.finish(), transferSyntax: pixels.transferSyntax))
}
