public import DICOMImaging

/// Looks for what could be text in a frame, fast enough for every frame of a hospital.
///
/// Letters are thin strokes, close together: where a picture has many, which is in few places, a small network says whether
/// they are text. It is done at several sizes, each half the one before, so that large letters are small ones too. What is
/// found is for OCR to read; what is not found is taken to be free of text.
public struct TextTriage: Sendable {
    /// Sizes looked at, at most: the frame, half of it, and so on; the least one has 64 pixels across and down.
    static let levels = 5
    /// The likelihood from which on a cell beside others is part of a line.
    static let leastOfCell: Float = 0.3

    /// The likelihood from which on a line is text.
    public let least: Double

    public init(least: Double = 0.5) {
        self.least = least
    }

    /// Places that look like text, in no particular order; none for nearly all frames.
    public func regions(in image: GrayImage) -> [TextRegion] {
        var found: [TextRegion] = []
        var net = TextNet()
        var level = image
        var scale = 1
        for _ in 0..<Self.levels {
            for region in candidates(in: level, scale: scale, &net) where region.likelihood >= least {
                if !TickScale.fills(region, in: image, isCoarse: scale >= 4) { found.append(region) }
            }
            guard level.width >= 200, level.height >= 200 else { break }
            level = level.halved()
            scale *= 2
        }
        return TextRegion.merged(found, width: image.width, height: image.height)
            .map { $0.withPolarity(in: image) }
    }

    /// The lines at one size, in pixels of the frame.
    private func candidates(in level: GrayImage, scale: Int, _ net: inout TextNet) -> [TextRegion] {
        guard level.width >= 12, level.height >= 8 else { return [] }
        let grid = CellGrid(level)
        let strokes = StrokeCells(grid, noise: NoiseMap(level, reach: StrokeCells.reach))
        let gate = CellGate(strokes, columns: grid.columns, rows: grid.rows)
        guard gate.count > 0 else { return [] }
        var likely = [UInt8](repeating: 0, count: gate.isOpen.count)
        var cells = [TextNet.Cell](repeating: TextNet.Cell(likelihood: 0, size: 0), count: gate.isOpen.count)
        for members in CellComponents.find(gate.isOpen, columns: grid.columns) {
            for (index, cell) in zip(members, net.look(at: members, in: grid)) {
                cells[index] = cell
                if cell.likelihood >= Self.leastOfCell { likely[index] = 1 }
            }
        }
        return CellComponents.find(likely, columns: grid.columns).compactMap {
            TextRegion(cells: $0, of: cells, columns: grid.columns, scale: scale)
        }
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
