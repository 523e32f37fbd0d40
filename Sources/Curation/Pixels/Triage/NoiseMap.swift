import DICOMImaging

/// How noisy a picture is in each of its squares.
struct NoiseMap {
    /// Side of the squares.
    static let tile = 32
    let columns, rows: Int
    /// Standard deviation in each square, in shades of 256.
    let deviations: [Double]

    /// From the differences of pixels that lie a stroke's reach apart: the third of them that is least, which letters on a
    /// quiet ground do not raise. Of a normal distribution, a third lies within 0.43 deviations of the difference, and that
    /// has 1.41 of the pixels'.
    init(_ image: GrayImage, reach: Int) {
        let (w, h) = (image.width, image.height)
        let (count, rows) = ((w + Self.tile - 1) / Self.tile, (h + Self.tile - 1) / Self.tile)
        var deviations = [Double](repeating: 0, count: count * rows)
        var histogram = [UInt16](repeating: 0, count: 256)
        image.pixels.withUnsafeBufferPointer { from in
            for row in 0..<rows {
                for column in 0..<count {
                    let (left, right) = (column * Self.tile, min(column * Self.tile + Self.tile, w - reach))
                    guard right > left else { continue }
                    for index in 0..<256 { histogram[index] = 0 }
                    var total = 0
                    // y < h and x + reach < w: every index is inside the picture.
                    for y in stride(from: row * Self.tile, to: min(row * Self.tile + Self.tile, h), by: 4) {
                        for x in stride(from: left, to: right, by: 2) {
                            let difference = Int(from[y &* w &+ x]) - Int(from[y &* w &+ x &+ reach])
                            histogram[abs(difference)] &+= 1
                            total &+= 1
                        }
                    }
                    var (seen, shade) = (0, 0)
                    while shade < 255, seen + Int(histogram[shade]) < total / 3 {
                        seen += Int(histogram[shade])
                        shade += 1
                    }
                    // Between two shades: where in the histogram's step the third lies.
                    let within = Double(total / 3 - seen) / Double(max(histogram[shade], 1))
                    deviations[row * count + column] = max((Double(shade) - 0.5 + within) / 0.61, 0)
                }
            }
        }
        (columns, self.rows) = (count, rows)
        self.deviations = deviations
    }
}
