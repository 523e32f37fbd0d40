import DICOMImaging

/// How many pixels of thin strokes there are in each cell of a picture, lighter and darker ones alike: letters are made of
/// them, and most of a picture is not.
struct StrokeCells {
    /// The least difference between a stroke and its surroundings, in shades of 256.
    static let leastContrast = 10.0
    /// How many times the noise a stroke must stand out.
    static let noiseFactor = 2.4
    /// Pixels between a stroke and what it is compared with: strokes up to this width are seen.
    static let reach = 2

    /// 0 to 128 by cell, row by row: a pixel may be counted as light and as dark.
    let counts: [UInt8]

    init(_ grid: CellGrid, noise: NoiseMap) {
        let thresholds = noise.deviations.map {
            UInt8(min(max(Self.leastContrast, $0 * Self.noiseFactor), 120))
        }
        let (columns, rows, stride, reach) = (grid.columns, grid.rows, grid.stride, Self.reach)
        let cellsPerTile = NoiseMap.tile / CellGrid.side
        counts = [UInt8](unsafeUninitializedCapacity: columns * rows) { result, filled in
            grid.pixels.withUnsafeBytes { from in
                // The margin of the grid is wider than the reach: all 16 bytes of every load are inside it. The columns are
                // even, so that both cells of a step are there.
                for row in 0..<rows {
                    let tiles = min(row / cellsPerTile, noise.rows - 1) * noise.columns
                    for column in Swift.stride(from: 0, to: columns, by: 2) {
                        let tile = tiles + min(column / cellsPerTile, noise.columns - 1)
                        let threshold = SIMD16<UInt8>(repeating: thresholds[tile])
                        var sum = SIMD16<UInt8>(repeating: 0)
                        var at = grid.offset(column: column, row: row)
                        for _ in 0..<CellGrid.side {
                            sum &+= Self.marks(from, at, stride, reach, threshold)
                            at &+= stride
                        }
                        result[row &* columns &+ column] = sum.lowHalf.wrappedSum()
                        result[row &* columns &+ column &+ 1] = sum.highHalf.wrappedSum()
                    }
                }
            }
            filled = columns * rows
        }
    }

    /// 1 for a stroke, 0 else, for 16 pixels: lighter than both neighbours across or both up and down; or darker.
    @inline(__always)
    private static func marks(
        _ bytes: UnsafeRawBufferPointer, _ at: Int, _ stride: Int, _ reach: Int, _ threshold: SIMD16<UInt8>
    ) -> SIMD16<UInt8> {
        func load(_ offset: Int) -> SIMD16<UInt8> {
            bytes.loadUnaligned(fromByteOffset: offset, as: SIMD16<UInt8>.self)
        }
        let middle = load(at)
        let (left, right) = (load(at &- reach), load(at &+ reach))
        let (upper, lower) = (load(at &- reach &* stride), load(at &+ reach &* stride))
        let light = pointwiseMin(pointwiseMax(left, right), pointwiseMax(upper, lower))
        let dark = pointwiseMax(pointwiseMin(left, right), pointwiseMin(upper, lower))
        // Differences without overflow: a maximum less one of its two.
        let isLight = (pointwiseMax(middle, light) &- light) .>= threshold
        let isDark = (dark &- pointwiseMin(middle, dark)) .>= threshold
        let (none, one) = (SIMD16<UInt8>(repeating: 0), SIMD16<UInt8>(repeating: 1))
        return none.replacing(with: one, where: isLight) &+ none.replacing(with: one, where: isDark)
    }
}
