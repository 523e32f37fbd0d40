/// The cells of a picture that are worth a second look: where strokes are many, and their neighbours.
struct CellGate {
    /// Strokes in a cell and its eight neighbours, of 576 pixels, from which on it may be looked at, and always is.
    static let fewest = 16.0
    static let enough = 40.0
    /// Cells across and down that are compared with one another.
    static let block = 12

    /// 1 where a cell is looked at, row by row.
    let isOpen: [UInt8]
    /// Cells that are looked at.
    let count: Int

    init(_ strokes: StrokeCells, columns: Int, rows: Int) {
        let sums = Self.sums(strokes.counts, columns, rows)
        var open = [UInt8](repeating: 0, count: columns * rows)
        for top in stride(from: 0, to: rows, by: Self.block) {
            for left in stride(from: 0, to: columns, by: Self.block) {
                let (bottom, right) = (min(top + Self.block, rows), min(left + Self.block, columns))
                // What noise alone gives: the third of the cells around that has the fewest strokes.
                var histogram = [Int](repeating: 0, count: 64)
                for row in top..<bottom {
                    for at in row * columns + left..<row * columns + right { histogram[Int(min(sums[at], 63))] += 1 }
                }
                var (seen, noise) = (0, 0)
                while noise < 63, seen + histogram[noise] < (bottom - top) * (right - left) / 3 {
                    seen += histogram[noise]
                    noise += 1
                }
                let threshold = UInt16(min(max(Self.fewest, 1.6 * Double(noise) + 12), Self.enough))
                for row in top..<bottom {
                    for at in row * columns + left..<row * columns + right where sums[at] >= threshold { open[at] = 1 }
                }
            }
        }
        isOpen = Self.grown(open, columns, rows)
        count = isOpen.reduce(0) { $0 + Int($1) }
    }

    /// Strokes in each cell and its neighbours.
    private static func sums(_ counts: [UInt8], _ columns: Int, _ rows: Int) -> [UInt16] {
        var across = counts.map { UInt16($0) }
        for row in 0..<rows {
            for at in row * columns..<(row + 1) * columns {
                if at > row * columns { across[at] += UInt16(counts[at - 1]) }
                if at + 1 < (row + 1) * columns { across[at] += UInt16(counts[at + 1]) }
            }
        }
        var sums = across
        for at in sums.indices {
            if at >= columns { sums[at] += across[at - columns] }
            if at + columns < sums.count { sums[at] += across[at + columns] }
        }
        return sums
    }

    /// With the eight neighbours of each cell.
    private static func grown(_ cells: [UInt8], _ columns: Int, _ rows: Int) -> [UInt8] {
        var across = cells
        for row in 0..<rows {
            for at in row * columns..<(row + 1) * columns {
                if at > row * columns { across[at] |= cells[at - 1] }
                if at + 1 < (row + 1) * columns { across[at] |= cells[at + 1] }
            }
        }
        var grown = across
        for at in grown.indices {
            if at >= columns { grown[at] |= across[at - columns] }
            if at + columns < grown.count { grown[at] |= across[at + columns] }
        }
        return grown
    }
}
