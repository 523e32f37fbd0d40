/// A picture in shades of grey: what is looked at for text, read by OCR, shown as a thumbnail.
public struct GrayImage: Sendable, Equatable {
    /// Columns.
    public let width: Int
    /// Rows.
    public let height: Int
    /// `width * height` values, row by row from the top left; 0 is black, 255 white.
    public var pixels: [UInt8]

    /// nil where the number of pixels is not that of the size, or the size is not positive.
    public init?(width: Int, height: Int, pixels: [UInt8]) {
        let (count, overflow) = width.multipliedReportingOverflow(by: height)
        guard width > 0, height > 0, !overflow, pixels.count == count else { return nil }
        self.width = width
        self.height = height
        self.pixels = pixels
    }

    /// For a size and pixels that are known to fit.
    init(unchecked width: Int, _ height: Int, _ pixels: [UInt8]) {
        self.width = width
        self.height = height
        self.pixels = pixels
    }
}

/// A rectangle of pixels in a frame; the right and bottom edges are not part of it.
public struct PixelRectangle: Sendable, Hashable {
    public var left, top, right, bottom: Int

    public init(left: Int, top: Int, right: Int, bottom: Int) {
        self.left = left
        self.top = top
        self.right = right
        self.bottom = bottom
    }

    public var width: Int { right - left }
    public var height: Int { bottom - top }
    public var isEmpty: Bool { right <= left || bottom <= top }
}
