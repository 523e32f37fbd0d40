public import DICOM

/// Compressed frames as the fragments of a pixel data value (PS3.5 A.4): one fragment a frame, the Basic Offset Table
/// filled.
public struct EncapsulatedPixelData: Sendable {
    /// The Basic Offset Table, then the frames, each of an even number of bytes.
    public let fragments: [ArraySlice<UInt8>]
    /// Extended Offset Table (7FE0,0001) and its lengths (7FE0,0002), where offsets do not fit the basic one.
    public let extendedOffsets: [Int]?
    public let extendedLengths: [Int]?

    public init(frames: [[UInt8]]) {
        var (offsets, next) = ([Int](), 0)
        for frame in frames {
            offsets.append(next)
            next += 8 + frame.count + frame.count & 1
        }
        let fits = (offsets.last ?? 0) <= Int(UInt32.max)
        fragments =
            [(fits ? Self.table(offsets) : [])[...]] + frames.map { $0.count & 1 == 0 ? $0[...] : ($0 + [0])[...] }
        extendedOffsets = fits ? nil : offsets
        extendedLengths = fits ? nil : frames.map(\.count)
    }

    /// Appends the pixel data, and the extended table where there is one.
    public func append(to builder: inout DataSetBuilder) {
        if let extendedOffsets, let extendedLengths {
            builder.append(.extendedOffsetTable, .ov, bytes: Self.table(extendedOffsets, size: 8))
            builder.append(.extendedOffsetTableLengths, .ov, bytes: Self.table(extendedLengths, size: 8))
        }
        builder.append(.pixelData, .ob, fragments: fragments)
    }

    static func table(_ numbers: [Int], size: Int = 4) -> [UInt8] {
        numbers.flatMap { number in (0..<size).map { UInt8(truncatingIfNeeded: number >> (8 * $0)) } }
    }
}

extension EncapsulatedPixelData {
    // For objects too large for memory, in pieces as they are made: the start, an item for each frame, the end. The offset
    // table stays empty, as it may (A.4): readers have one fragment for each frame.

    /// An empty Basic Offset Table.
    public static let streamStart: [UInt8] = [0xFE, 0xFF, 0x00, 0xE0, 0, 0, 0, 0]

    /// A frame as one fragment; nil where it has 4 GB and more.
    public static func streamItem(_ frame: [UInt8]) -> [UInt8]? {
        let length = frame.count + frame.count & 1
        guard length < Int(UInt32.max) else { return nil }
        return [0xFE, 0xFF, 0x00, 0xE0] + table([length]) + frame + [UInt8](repeating: 0, count: frame.count & 1)
    }

    /// The delimiter of the value.
    public static let streamEnd: [UInt8] = [0xFE, 0xFF, 0xDD, 0xE0, 0, 0, 0, 0]
}
