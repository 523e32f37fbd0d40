/// Strokes that hang together.
struct Glyph: Sendable {
    var left, top, right, bottom: Int
    /// Stroke pixels.
    var area: Int
    /// Runs of strokes in its rows: a letter has one to three in each.
    var runs: Int

    var width: Int { right - left }
    var height: Int { bottom - top }
    /// Share of its box that is stroke.
    var fill: Double { Double(area) / Double(max(width * height, 1)) }
    /// Runs in a row of it, on average.
    var runsPerRow: Double { Double(runs) / Double(max(height, 1)) }
}

enum Glyphs {
    /// Heights that letters have at one size of the picture.
    static let heights = 4...48
    /// Runs in a picture, at most: more is noise all over.
    private static let mostRuns = 400_000

    private struct Run {
        let left: Int
        let right: Int
        let row: Int
    }

    /// The glyphs of a mask: connected strokes of a letter's size. Touching letters are one glyph.
    static func find(in mask: StrokeMask) -> [Glyph] {
        let runs = runs(of: mask)
        guard !runs.isEmpty else { return [] }
        var parents = Array(0..<runs.count)
        func root(_ index: Int) -> Int {
            var index = index
            while parents[index] != index {
                parents[index] = parents[parents[index]]
                index = parents[index]
            }
            return index
        }
        // Runs of one row against those of the row above, both from left to right.
        var above = 0
        for (index, run) in runs.enumerated() {
            while above < index,
                runs[above].row < run.row - 1 || (runs[above].row == run.row - 1 && runs[above].right < run.left)
            {
                above += 1
            }
            var other = above
            while other < index, runs[other].row == run.row - 1, runs[other].left <= run.right {
                let (one, two) = (root(other), root(index))
                if one != two { parents[max(one, two)] = min(one, two) }
                other += 1
            }
        }
        // The root of a glyph is its first run: when another comes, the glyph is there.
        var places = [Int32](repeating: -1, count: runs.count)
        var glyphs: [Glyph] = []
        for (index, run) in runs.enumerated() {
            let key = root(index)
            let place = Int(places[key])
            guard place >= 0 else {
                places[key] = Int32(glyphs.count)
                glyphs.append(
                    Glyph(
                        left: run.left, top: run.row, right: run.right, bottom: run.row + 1,
                        area: run.right - run.left, runs: 1))
                continue
            }
            glyphs[place].left = min(glyphs[place].left, run.left)
            glyphs[place].right = max(glyphs[place].right, run.right)
            glyphs[place].bottom = max(glyphs[place].bottom, run.row + 1)
            glyphs[place].area += run.right - run.left
            glyphs[place].runs += 1
        }
        return glyphs.filter { looksLikeLetters($0) }
    }

    private static func looksLikeLetters(_ glyph: Glyph) -> Bool {
        guard heights.contains(glyph.height) || heights.contains(glyph.width), glyph.area >= 4 else { return false }
        // A line, a frame, a scale; or a speck.
        return glyph.height <= 400 && glyph.width <= 400 && glyph.fill >= 0.08
    }

    private static func runs(of mask: StrokeMask) -> [Run] {
        var runs: [Run] = []
        mask.pixels.withUnsafeBytes { bytes in
            // y < height and x < width throughout; eight at a time only where eight are left in the row.
            for y in 0..<mask.height {
                let row = y * mask.width
                var x = 0
                while x < mask.width {
                    if x + 8 <= mask.width, bytes.loadUnaligned(fromByteOffset: row + x, as: UInt64.self) == 0 {
                        x += 8
                        continue
                    }
                    guard bytes[row + x] != 0 else {
                        x += 1
                        continue
                    }
                    let left = x
                    while x < mask.width, bytes[row + x] != 0 { x += 1 }
                    runs.append(Run(left: left, right: x, row: y))
                }
                if runs.count > mostRuns { break }
            }
        }
        return runs
    }
}
