/// A short description of how a picture looks: pictures that look the same have hashes that differ in few bits, whatever
/// their size, depth and compression.
///
/// The difference hash: the picture in 9 × 8 means; a bit for each pair of neighbours in a row, set where the right one is
/// brighter.
public struct PerceptualHash: Sendable, Hashable, Codable {
    public let bits: UInt64

    public init(bits: UInt64) {
        self.bits = bits
    }

    /// Of a picture. Pictures smaller than 9 × 8 are hashed as they would look enlarged.
    public init(_ image: GrayImage) {
        var bits: UInt64 = 0
        for row in 0..<8 {
            let means = (0..<9).map { Self.mean(image, column: $0, row: row) }
            for column in 0..<8 {
                bits = bits << 1 | (means[column + 1] > means[column] ? 1 : 0)
            }
        }
        self.bits = bits
    }

    /// How many bits differ: 0 for pictures that look the same, near 32 for any two others.
    public func distance(to other: PerceptualHash) -> Int { (bits ^ other.bits).nonzeroBitCount }

    /// The mean of one of 9 × 8 cells, in 256ths.
    private static func mean(_ image: GrayImage, column: Int, row: Int) -> Int {
        let left = column * image.width / 9
        let right = max(left + 1, (column + 1) * image.width / 9)
        let top = row * image.height / 8
        let bottom = max(top + 1, (row + 1) * image.height / 8)
        var sum = 0
        for y in top..<bottom {
            for x in left..<right { sum += Int(image.pixels[y * image.width + x]) }
        }
        return sum * 256 / ((right - left) * (bottom - top))
    }
}
