import DICOMImaging

/// What tells a line of text from a row of other things: even ink on an even ground, letters of one height on one line,
/// room above and below.
struct LineTraits {
    static let count = 14
    let values: [Double]

    init?(
        _ glyphs: [Glyph], _ box: PixelRectangle, _ mask: StrokeMask, _ image: GrayImage, isBright: Bool,
        isVertical: Bool
    ) {
        let (w, h) = (mask.width, mask.height)
        guard box.left >= 0, box.top >= 0, box.right <= w, box.bottom <= h, !box.isEmpty, !glyphs.isEmpty else {
            return nil
        }
        var (ink, inkSquares, strokes) = (0, 0, 0)
        var (ground, groundSquares, others) = (0, 0, 0)
        let flip: UInt8 = isBright ? 0 : 255
        for y in box.top..<box.bottom {
            for index in y * w + box.left..<y * w + box.right {
                let value = Int(image.pixels[index] ^ flip)
                if mask.pixels[index] != 0 {
                    ink += value
                    inkSquares += value * value
                    strokes += 1
                } else {
                    ground += value
                    groundSquares += value * value
                    others += 1
                }
            }
        }
        guard strokes > 0, others > 0 else { return nil }
        func deviation(_ sum: Int, _ squares: Int, _ count: Int) -> Double {
            let mean = Double(sum) / Double(count)
            return max(Double(squares) / Double(count) - mean * mean, 0).squareRoot()
        }
        let contrast = Double(ink) / Double(strokes) - Double(ground) / Double(others)
        let scale = max(abs(contrast), 1)
        // Strokes in bands as high as half the line, above and below it; beside it where it runs down.
        let thick = isVertical ? box.width : box.height
        let band = max(2, thick / 2)
        var (outside, room) = (0, 0)
        for side in [-1, 1] {
            let near =
                isVertical
                ? PixelRectangle(
                    left: side < 0 ? box.left - 1 - band : box.right + 1, top: box.top,
                    right: side < 0 ? box.left - 1 : box.right + 1 + band, bottom: box.bottom)
                : PixelRectangle(
                    left: box.left, top: side < 0 ? box.top - 1 - band : box.bottom + 1, right: box.right,
                    bottom: side < 0 ? box.top - 1 : box.bottom + 1 + band)
            let inside = near.intersection(PixelRectangle(left: 0, top: 0, right: w, bottom: h))
            guard !inside.isEmpty else { continue }
            room += inside.width * inside.height
            for y in inside.top..<inside.bottom {
                for index in y * w + inside.left..<y * w + inside.right { outside += Int(mask.pixels[index]) }
            }
        }
        let density = Double(strokes) / Double(strokes + others)
        let count = Double(glyphs.count)
        let heights = glyphs.map { Double($0.height) }
        let height = heights.reduce(0, +) / count
        func spread(_ values: [Double]) -> Double {
            let mean = values.reduce(0, +) / Double(max(values.count, 1))
            let squares = values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) }
            return (squares / Double(max(values.count, 1))).squareRoot()
        }
        let area = Double(glyphs.reduce(0) { $0 + $1.area })
        let runs = Double(glyphs.reduce(0) { $0 + $1.runs })
        let letters = Double(glyphs.reduce(0) { $0 + max(1, $1.width * 10 / max($1.height * 12, 1)) })
        let length = Double(isVertical ? box.height : box.width)
        let gaps = zip(glyphs, glyphs.dropFirst()).map { Double($1.left - $0.right) }
        // How far feet are from the straight line from the first to the last.
        let feet = glyphs.map { Double($0.bottom) }
        let steps = zip(feet, feet.dropFirst()).map { abs($1 - $0) }.sorted()
        let step = steps.isEmpty ? height : steps[steps.count / 2]
        values = [
            logarithm(letters), logarithm(scale), logarithm(scale / (deviation(ground, groundSquares, others) + 1)),
            deviation(ink, inkSquares, strokes) / scale, spread(heights) / height,
            density, runs / heights.reduce(0, +),
            Double(outside) / Double(max(room, 1)) / max(density, 0.01),
            logarithm(length / Double(max(thick, 1))), step / height, spread(gaps) / height,
            area / runs / height, Double(thick) / height, height,
        ]
    }
}

/// A rough logarithm to the base 2, straight between powers: quick, and the same everywhere.
private func logarithm(_ value: Double) -> Double {
    guard value > 0, value.isFinite else { return -20 }
    return Double(value.exponent) + value.significand - 1
}
