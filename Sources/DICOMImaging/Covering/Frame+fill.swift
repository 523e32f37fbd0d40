extension Frame {
    /// Covers a rectangle with black, whatever that is in the frame's photometric interpretation. What lies outside the
    /// frame is left out; in YBR_FULL_422 the columns that share colour with covered ones are covered too.
    public mutating func fill(_ rectangle: PixelRectangle) {
        fill([rectangle])
    }

    /// Covers rectangles.
    public mutating func fill(_ rectangles: [PixelRectangle]) {
        let rectangles = rectangles.map { $0.clipped(to: bounds) }.filter { !$0.isEmpty }
        guard !rectangles.isEmpty else { return }
        let pattern = blackSamples
        for rectangle in rectangles {
            if description.bitsAllocated == 1 {
                fillBits(rectangle, with: pattern[0] & 1)
            } else if description.photometric == .ybrFull422 {
                fillPairs(rectangle, with: pattern)
            } else if description.isPlanar {
                let size = description.bytesPerSample
                for channel in 0..<description.samplesPerPixel {
                    let sample = Array(pattern[channel * size..<(channel + 1) * size])
                    fill(rectangle, from: channel * description.pixels * size, with: sample)
                }
            } else {
                fill(rectangle, from: 0, with: pattern)
            }
        }
    }

    /// Rows of copies of a pattern: a pixel, or a sample of one plane.
    private mutating func fill(_ rectangle: PixelRectangle, from start: Int, with pattern: [UInt8]) {
        let row = (0..<rectangle.width).flatMap { _ in pattern }
        for y in rectangle.top..<rectangle.bottom {
            let from = start + (y * width + rectangle.left) * pattern.count
            bytes.replaceSubrange(from..<from + row.count, with: row)
        }
    }

    private mutating func fillBits(_ rectangle: PixelRectangle, with bit: UInt8) {
        for y in rectangle.top..<rectangle.bottom {
            for pixel in y * width + rectangle.left..<y * width + rectangle.right {
                let mask: UInt8 = 1 << UInt8(pixel % 8)
                bytes[pixel / 8] = bit == 1 ? bytes[pixel / 8] | mask : bytes[pixel / 8] & ~mask
            }
        }
    }

    private mutating func fillPairs(_ rectangle: PixelRectangle, with pattern: [UInt8]) {
        let size = description.bytesPerSample
        let (luma, blue, red) = (pattern[0..<size], pattern[size..<2 * size], pattern[2 * size..<3 * size])
        let pair = Array(luma + luma + blue + red)
        for y in rectangle.top..<rectangle.bottom {
            for index in (y * width + rectangle.left) / 2...(y * width + rectangle.right - 1) / 2 {
                let from = index * pair.count
                guard from + pair.count <= bytes.count else { return }
                bytes.replaceSubrange(from..<from + pair.count, with: pair)
            }
        }
    }

    /// The bytes of a black pixel. Foreign bits above the stored ones are zeros in it.
    private var blackSamples: [UInt8] {
        let size = description.bytesPerSample
        if description.isFloat { return floatBlack }
        let shift = description.highBit + 1 - description.bitsStored
        return blackValues.flatMap { value in
            let stored = description.bitsStored == 64 ? UInt64.max : 1 << UInt64(description.bitsStored) - 1
            let raw = (UInt64(bitPattern: Int64(value)) & stored) << UInt64(shift)
            return (0..<size).map { UInt8(truncatingIfNeeded: raw >> UInt64(8 * $0)) }
        }
    }

    /// The stored values of a black pixel.
    private var blackValues: [Int] {
        let bits = description.bitsStored
        switch description.photometric {
        case .monochrome1, .monochrome2:
            return [
                description.isSigned ? signedBlack : description.photometric == .monochrome2 ? 0 : Self.highest(bits)
            ]
        case .palette: return [description.palette?.darkest ?? 0]
        case .ybrFull, .ybrFull422, .ybrPartial422, .ybrPartial420: return [0, 1 << (bits - 1), 1 << (bits - 1)]
        case .rgb, .ybrICT, .ybrRCT: return [0, 0, 0]
        }
    }

    /// The highest unsigned value.
    private static func highest(_ bits: Int) -> Int { bits >= 63 ? .max : 1 << bits - 1 }

    /// Signed values have no zero point that is black: the padding value, which stands for no picture, or the blackest
    /// value of the frame.
    private var signedBlack: Int {
        if let padding = description.padding { return padding }
        let values = description.bitsAllocated > 16 ? wideValues.map { Int(exactly: $0) ?? 0 } : storedValues
        return (description.photometric == .monochrome2 ? values.min() : values.max()) ?? 0
    }

    private var floatBlack: [UInt8] {
        let finite = wideValues.lazy.filter(\.isFinite)
        let value = (description.photometric == .monochrome1 ? finite.max() : finite.min()) ?? 0
        let raw = description.bitsAllocated == 32 ? UInt64(Float(value).bitPattern) : value.bitPattern
        return (0..<description.bytesPerSample).map { UInt8(truncatingIfNeeded: raw >> UInt64(8 * $0)) }
    }
}

extension Palette {
    /// The pixel value whose colour is the darkest.
    var darkest: Int {
        let lumas = (0..<count).map { Colour.luma(red[$0], green[$0], blue[$0]) }
        let index = lumas.indices.min { lumas[$0] < lumas[$1] } ?? 0
        return first + index
    }
}
