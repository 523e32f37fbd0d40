import DICOMImaging

/// The pixels of a picture that are part of a thin stroke.
struct StrokeMask {
    let width: Int
    let height: Int
    /// 1 for a stroke, 0 else; row by row. Rows and columns at the edges, as far as the reach goes, are 0.
    let pixels: [UInt8]
    /// Strokes that there are.
    let count: Int

    /// The least difference between a stroke and its surroundings, in shades of 256.
    static let leastContrast = 10.0
    /// How many times the noise a stroke must stand out.
    static let noiseFactor = 2.4

    /// - Parameter reach: pixels between a stroke and what it is compared with: strokes up to this width are seen.
    init(_ image: GrayImage, isBright: Bool, reach: Int, noise: NoiseMap) {
        (width, height) = (image.width, image.height)
        let thresholds = noise.deviations.map { UInt8(min(max(Self.leastContrast, $0 * Self.noiseFactor), 120)) }
        var mask = [UInt8](repeating: 0, count: image.pixels.count)
        let (w, h) = (image.width, image.height)
        let flip: UInt8 = isBright ? 0 : 255
        var count = 0
        if w >= 2 * reach + 16, h > 2 * reach {
            image.pixels.withUnsafeBytes { from in
                mask.withUnsafeMutableBytes { to in
                    // y runs from `reach` to `h - reach - 1`, x from `reach` to at most `w - reach - 16`: the pixels above, below
                    // and beside, 16 at a time, are inside the picture of w * h bytes, and so are the 16 that are written.
                    for y in reach..<h - reach {
                        let row = y * w
                        let tiles = (y / NoiseMap.tile) * noise.columns
                        var x = reach
                        while x < w - reach {
                            // The last step of a row goes back, so that it ends where the row does.
                            let start = min(x, w - reach - 16)
                            let at = row + start
                            let middle = Self.load(from, at, flip)
                            let beside = Self.greater(
                                Self.load(from, at - reach, flip), Self.load(from, at + reach, flip))
                            let above = Self.greater(
                                Self.load(from, at - reach * w, flip), Self.load(from, at + reach * w, flip))
                            let ground = Self.lesser(beside, above)
                            let threshold = SIMD16<UInt8>(repeating: thresholds[tiles + start / NoiseMap.tile])
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
}
