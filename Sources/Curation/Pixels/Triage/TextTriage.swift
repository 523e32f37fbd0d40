public import DICOMImaging

/// Looks for what could be text in a frame, fast enough for every frame of a hospital.
///
/// Letters are thin strokes: lighter (or darker) than what lies on both sides of them a few pixels away, by much more than
/// the noise around. Strokes that hang together make glyphs; three and more glyphs of like height in a line make text. It is
/// done at several sizes, each half the one before, so that large letters are thin strokes too. What is found is for OCR to
/// read; what is not found is taken to be free of text.
public struct TextTriage: Sendable {
    /// Sizes looked at: the frame, half of it, a quarter of it.
    static let levels = 3

    /// The likelihood from which on a line is text.
    public let least: Double

    public init(least: Double = 0.5) {
        self.least = least
    }

    /// Every line that is looked at, whatever its likelihood: for training and for measuring.
    public func candidates(in image: GrayImage) -> [TextRegion] {
        var found: [TextRegion] = []
        var level = image
        var scale = 1
        for _ in 0..<Self.levels {
            guard level.width >= 24, level.height >= 16 else { break }
            // Small letters need a near look: the next letter is a few pixels away.
            for reach in scale == 1 ? [2, 4] : [4] {
                let noise = NoiseMap(level, reach: reach)
                for isBright in [true, false] {
                    let mask = StrokeMask(level, isBright: isBright, reach: reach, noise: noise)
                    guard mask.count > 0 else { continue }
                    let glyphs = Glyphs.find(in: mask)
                    for isVertical in [false, true] {
                        found += TextLines.find(
                            glyphs, mask, level, isVertical: isVertical, isBright: isBright, scale: scale)
                    }
                }
            }
            level = level.halved()
            scale *= 2
        }
        return found
    }

    /// Places that look like text, in no particular order; none for nearly all frames.
    public func regions(in image: GrayImage) -> [TextRegion] {
        let likely = candidates(in: image).filter { $0.likelihood >= least }
        return TextLines.merged(likely, width: image.width, height: image.height)
    }
}

extension GrayImage {
    /// Half as wide and half as high: each pixel the mean of four.
    func halved() -> GrayImage {
        let (w, h) = (width / 2, height / 2)
        guard w > 0, h > 0 else { return self }
        var half = [UInt8](repeating: 0, count: w * h)
        pixels.withUnsafeBufferPointer { from in
            half.withUnsafeMutableBufferPointer { to in
                // 2 * y + 1 < height and 2 * x + 1 < width for all y < h and x < w: every index is inside.
                for y in 0..<h {
                    let (upper, lower) = (2 * y * width, (2 * y + 1) * width)
                    for x in 0..<w {
                        let sum =
                            UInt16(from[upper + 2 * x]) &+ UInt16(from[upper + 2 * x + 1])
                            &+ UInt16(from[lower + 2 * x]) &+ UInt16(from[lower + 2 * x + 1])
                        to[y * w + x] = UInt8(truncatingIfNeeded: (sum &+ 2) >> 2)
                    }
                }
            }
        }
        return GrayImage(width: w, height: h, pixels: half) ?? self
    }
}
