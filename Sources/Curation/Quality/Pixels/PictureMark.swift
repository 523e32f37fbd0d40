import DICOMImaging

/// How a picture looks, small enough to keep for every frame of a large data set: a perceptual hash to find candidates
/// by, and the picture in 16 × 16 greys to tell chance from likeness.
struct PictureMark: Sendable, Equatable {
    let hash: PerceptualHash
    /// 256 means of 4 bits each.
    let greys: [UInt8]

    private static let side = 16

    /// Nil for a picture that is too plain to be told from others: nearly all of one grey.
    init?(_ image: GrayImage) {
        guard image.width >= Self.side, image.height >= Self.side else { return nil }
        let small = image.scaled(width: Self.side, height: Self.side)
        let levels = small.pixels.map { $0 >> 4 }
        guard levels.count == Self.side * Self.side, Self.deviation(levels) >= 1 else { return nil }
        hash = PerceptualHash(image)
        greys = stride(from: 0, to: levels.count, by: 2).map { levels[$0] << 4 | levels[$0 + 1] }
    }

    /// Bits of the hashes that may differ.
    static let hashDistance = 6
    /// The correlation from which two pictures are taken for the same.
    static let likeness = 0.99

    /// Whether both show the same picture, whatever its size, depth, compression and shades.
    func isLike(_ other: PictureMark) -> Bool {
        hash.distance(to: other.hash) <= Self.hashDistance && correlation(with: other) >= Self.likeness
    }

    /// Pearson's correlation of the small pictures, -1 to 1.
    func correlation(with other: PictureMark) -> Double {
        let (one, two) = (levels, other.levels)
        let count = Double(one.count)
        let (meanOne, meanTwo) = (one.reduce(0, +) / count, two.reduce(0, +) / count)
        var (both, first, second) = (0.0, 0.0, 0.0)
        for (a, b) in zip(one, two) {
            both += (a - meanOne) * (b - meanTwo)
            first += (a - meanOne) * (a - meanOne)
            second += (b - meanTwo) * (b - meanTwo)
        }
        return first > 0 && second > 0 ? both / (first * second).squareRoot() : 0
    }

    private var levels: [Double] { greys.flatMap { [Double($0 >> 4), Double($0 & 15)] } }

    /// The standard deviation, in sixteenths of the range.
    private static func deviation(_ levels: [UInt8]) -> Double {
        let values = levels.map { Double($0) }
        let mean = values.reduce(0, +) / Double(max(values.count, 1))
        return (values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / Double(max(values.count, 1))).squareRoot()
    }
}
