/// Where the pixel data of a file lies. A header scan ends here; nothing of it is in memory.
public struct PixelDataLocation: Sendable, Equatable {
    public enum Length: Sendable, Equatable {
        case bytes(Int)
        /// Encapsulated: fragments until a delimiter.
        case undefined
    }

    /// (7FE0,0008), (7FE0,0009) or (7FE0,0010).
    public let tag: Tag
    public let vr: VR
    /// Where the element begins: what comes before is the header. In the file; in the inflated data set when deflated.
    public let elementOffset: Int
    /// Where its value begins.
    public let valueOffset: Int
    public let length: Length
    /// Whether the numbers in it are big endian.
    public let isBigEndian: Bool

    public var isEncapsulated: Bool { length == .undefined }
}

extension PixelDataLocation {
    /// The bytes of the value in the source, checked: for encapsulated data, from the Basic Offset Table to the end of
    /// the delimiter, found by going from fragment to fragment and reading eight bytes of each. What follows in the
    /// file is not part of the object's image.
    ///
    /// Throws where the source ends before the value does, or the fragments are not in order.
    public func extent(in source: some ByteSource) throws(DICOMError) -> Range<Int> {
        switch length {
        case .bytes(let count):
            guard valueOffset + count <= source.count else {
                throw DICOMError(
                    .pixelDataShort, offset: elementOffset, tag: tag,
                    "the pixel data has \(max(source.count - valueOffset, 0)) of \(count) bytes; the file is cut off")
            }
            return valueOffset..<valueOffset + count
        case .undefined:
            return try fragments(in: source).extent
        }
    }

    /// Where each fragment's bytes lie, the Basic Offset Table first, and the extent of them all.
    public func fragments(
        in source: some ByteSource, limits: Limits = .standard
    ) throws(DICOMError) -> (ranges: [Range<Int>], extent: Range<Int>) {
        var ranges: [Range<Int>] = []
        var position = valueOffset
        while true {
            let header = try source.bytes(at: position, count: 8)
            guard header.count == 8 else {
                throw DICOMError(
                    .pixelDataShort, offset: position, tag: tag,
                    "the file ends before the delimiter of the pixel data; it is cut off")
            }
            let value = Header(header, isBigEndian: isBigEndian)
            switch value.tag {
            case .sequenceDelimitationItem:
                return (ranges, valueOffset..<position + 8)
            case .item where value.length != .max:
                let range = position + 8..<position + 8 + Int(value.length)
                guard range.upperBound <= source.count else {
                    throw DICOMError(
                        .pixelDataShort, offset: position, tag: tag,
                        "fragment \(ranges.count) claims \(value.length) bytes, \(max(source.count - range.lowerBound, 0)) are left; the file is cut off"
                    )
                }
                guard ranges.count < limits.maximumElements else {
                    throw DICOMError(
                        .tooManyElements, offset: position, tag: tag, "more than \(limits.maximumElements) fragments")
                }
                ranges.append(range)
                position = range.upperBound
            default:
                throw DICOMError(
                    .badFragments, offset: position, tag: tag,
                    "there is no item or delimiter after fragment \(ranges.count - 1); the pixel data is damaged")
            }
        }
    }

    /// A tag and a 32-bit length.
    private struct Header {
        let tag: Tag
        let length: UInt32

        init(_ bytes: [UInt8], isBigEndian: Bool) {
            let order = isBigEndian ? [1, 0, 3, 2, 7, 6, 5, 4] : [0, 1, 2, 3, 4, 5, 6, 7]
            let bytes = order.map { bytes[$0] }
            tag = Tag(UInt16(bytes[0]) | UInt16(bytes[1]) << 8, UInt16(bytes[2]) | UInt16(bytes[3]) << 8)
            length = UInt32(bytes[4]) | UInt32(bytes[5]) << 8 | UInt32(bytes[6]) << 16 | UInt32(bytes[7]) << 24
        }
    }
}

extension ByteSource {
    /// Reads, with errors of the source turned into one of ours.
    func bytes(at offset: Int, count: Int) throws(DICOMError) -> [UInt8] {
        do {
            return try read(at: offset, count: count)
        } catch {
            throw DICOMError(.unreadable, offset: offset, "the bytes cannot be read: \(error)")
        }
    }
}
