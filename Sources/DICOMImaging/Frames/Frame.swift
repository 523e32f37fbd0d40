/// One decoded frame of an object.
///
/// The bytes are the frame's part of a native pixel data value (PS3.5 8.1), in little endian order and with the layout that
/// ``description`` tells: interleaved, or by plane where `isPlanar`; YBR_FULL_422 as two luminances and two colour
/// differences for each pair of pixels; bits of one packed, the first pixel in the lowest bit. What a codec gives is
/// interleaved and says what its colours have become.
public struct Frame: Sendable, Equatable {
    public internal(set) var description: PixelDescription
    /// `description.bytesPerFrame` bytes.
    public internal(set) var bytes: [UInt8]

    /// Throws where there are not as many bytes as the description says.
    public init(_ description: PixelDescription, bytes: [UInt8]) throws(ImagingError) {
        guard bytes.count == description.bytesPerFrame else {
            throw ImagingError(
                .pixelDataShort, "the frame has \(bytes.count) of \(description.bytesPerFrame) bytes")
        }
        self.description = description
        self.bytes = bytes
    }

    public var width: Int { description.columns }
    public var height: Int { description.rows }

    /// The frame's edges.
    public var bounds: PixelRectangle { PixelRectangle(left: 0, top: 0, right: width, bottom: height) }
}

extension PixelRectangle {
    /// What two rectangles share; empty where they do not meet.
    public func clipped(to other: PixelRectangle) -> PixelRectangle {
        let (left, top) = (max(left, other.left), max(top, other.top))
        return PixelRectangle(
            left: left, top: top, right: max(left, min(right, other.right)),
            bottom: max(top, min(bottom, other.bottom)))
    }
}
