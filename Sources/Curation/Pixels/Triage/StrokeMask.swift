import DICOMImaging

/// The pixels of a picture that are part of a thin stroke.
struct StrokeMask {
    let width: Int
    let height: Int
    /// 1 for a stroke, 0 else; row by row. Rows and columns at the edges, as far as the reach goes, are 0.
    let pixels: [UInt8]
    /// Strokes that there are.
    let count: Int

    var isEmpty: Bool { count == 0 }

    /// Side of the squares that noise is measured in.
    private static let tile = 32

    init(_ image: GrayImage, isBright: Bool) {
        (width, height) = (image.width, image.height)
        let thresholds = StrokeMask.thresholds(image)
        let tiles = (image.width + Self.tile - 1) / Self.tile
        var mask = [UInt8](repeating: 0, count: image.pixels.count)
        let (w, h, reach) = (image.width, image.height, TextTriage.reach)
        let flip: UInt8 = isBright ? 0 : 255
        var count = 0
        if w > 2 * reach, h > 2 * reach {
            image.pixels.withUnsafeBytes { from in
                mask.withUnsafeMutableBytes { to in
                    // y runs from `reach` to `h - reach - 1`, x from `reach` to at most `w - reach - 16`: the pixels above, below
                    // and beside, 16 at a time, are inside the picture of w * h bytes, and so are the 16 that are written.
                    for y in reach..<h - reach {
                        let row = y * w
                        var x = reach
                        while x < w - reach {
                            // The last step of a row goes back, so that it ends where the row does.
                            let start = min(x, w - reach - 16)
                            if start < reach { break }
                            let at = row + start
                            let middle = Self.load(from, at, flip)
                            let beside = Self.greater(
                                Self.load(from, at - reach, flip), Self.load(from, at + reach, flip))
                            let above = Self.greater(
                                Self.load(from, at - reach * w, flip), Self.load(from, at + reach * w, flip))
                            let ground = Self.lesser(beside, above)
                            let threshold = SIMD16<UInt8>(
                                repeating: thresholds[(y / Self.tile) * tiles + start / Self.tile])
                            // Brighter than the ground by the threshold, without overflow.
                            let isStroke = (middle .> ground) .& ((middle &- ground) .>= threshold)
                            let marks = SIMD16<UInt8>(repeating: 0).replacing(with: 1, where: isStroke)
                            to.storeBytes(of: marks, toByteOffset: at, as: SIMD16<UInt8>.self)
                            count &+= Int(marks.wrappedSum())
                            x = start + 16
                        }
                    }
                }
            }
        }
        pixels = mask
        self.count = count
    }

    private static func load(_ bytes: UnsafeRawBufferPointer, _ offset: Int, _ flip: UInt8) -> SIMD16<UInt8> {
        bytes.loadUnaligned(fromByteOffset: offset, as: SIMD16<UInt8>.self) ^ SIMD16(repeating: flip)
    }

    private static func greater(_ one: SIMD16<UInt8>, _ other: SIMD16<UInt8>) -> SIMD16<UInt8> {
        one.replacing(with: other, where: other .> one)
    }

    private static func lesser(_ one: SIMD16<UInt8>, _ other: SIMD16<UInt8>) -> SIMD16<UInt8> {
        one.replacing(with: other, where: other .< one)
    }

    /// How much a stroke must stand out in each square: a multiple of the median difference between neighbours there, which
    /// letters on a quiet ground do not raise.
    private static func thresholds(_ image: GrayImage) -> [UInt8] {
        let (w, h) = (image.width, image.height)
        let (columns, rows) = ((w + tile - 1) / tile, (h + tile - 1) / tile)
        var thresholds = [UInt8](repeating: UInt8(TextTriage.leastContrast), count: columns * rows)
        var histogram = [UInt16](repeating: 0, count: 64)
        image.pixels.withUnsafeBufferPointer { from in
            for row in 0..<rows {
                for column in 0..<columns {
                    let (left, right) = (column * tile, min(column * tile + tile, w - 2))
                    guard right > left else { continue }
                    for index in 0..<64 { histogram[index] = 0 }
                    var total = 0
                    // y < h and x + 2 < w: every index is inside the picture.
                    for y in stride(from: row * tile, to: min(row * tile + tile, h), by: 4) {
                        for x in stride(from: left, to: right, by: 1) {
                            let difference = Int(from[y * w + x]) - Int(from[y * w + x + 2])
                            histogram[min(abs(difference), 63)] &+= 1
                            total &+= 1
                        }
                    }
                    var seen = 0
                    var median = 0
                    while median < 63, seen + Int(histogram[median]) <= total / 2 {
                        seen += Int(histogram[median])
                        median += 1
                    }
                    thresholds[row * columns + column] = UInt8(
                        min(max(TextTriage.leastContrast, median * TextTriage.noiseFactor), 160))
                }
            }
        }
        return thresholds
    }
}
