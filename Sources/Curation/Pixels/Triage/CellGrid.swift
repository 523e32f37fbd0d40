import DICOMImaging

/// A picture cut into cells of 8 × 8 pixels, with a margin all round that repeats its edges, so that what looks at the
/// neighbours of a pixel needs no care at the edges.
struct CellGrid {
    /// Side of a cell in pixels.
    static let side = 8
    /// Pixels around the picture.
    static let margin = 8

    /// Cells across and down; the columns are even, because two are looked at at once.
    let columns, rows: Int
    /// Bytes from a row of pixels to the next.
    let stride: Int
    /// `stride` × (8 × rows + 2 × margin) levels of grey.
    let pixels: [UInt8]

    init(_ image: GrayImage) {
        let (w, h) = (image.width, image.height)
        columns = (w + 15) / 16 * 2
        rows = (h + 7) / 8
        stride = columns * Self.side + 2 * Self.margin
        let (stride, height, margin) = (stride, rows * Self.side + 2 * Self.margin, Self.margin)
        pixels = [UInt8](unsafeUninitializedCapacity: stride * height) { to, count in
            image.pixels.withUnsafeBufferPointer { from in
                // The source row is clamped to 0..<h; the target is written from row * stride to its end, never beyond.
                for row in 0..<height {
                    let source = min(max(row - margin, 0), h - 1) * w
                    let start = row * stride
                    for x in 0..<margin { to[start &+ x] = from[source] }
                    for x in 0..<w { to[start &+ margin &+ x] = from[source &+ x] }
                    for x in margin + w..<stride { to[start &+ x] = from[source &+ w &- 1] }
                }
            }
            count = stride * height
        }
    }

    /// Where the pixel at the upper left of a cell is in `pixels`.
    @inline(__always)
    func offset(column: Int, row: Int) -> Int {
        (row * Self.side + Self.margin) * stride + column * Self.side + Self.margin
    }
}
