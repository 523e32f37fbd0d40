import DICOMImaging

/// Glyphs that stand in a line.
enum TextLines {
    /// Glyphs that make a text.
    static let fewest = 3

    /// Lines of glyphs of like height that follow each other closely.
    ///
    /// - Parameters:
    ///   - isVertical: lines from top to bottom, of text that is turned by a quarter.
    ///   - scale: pixels of the frame in one of the glyphs' picture.
    static func find(_ glyphs: [Glyph], isVertical: Bool, isBright: Bool, scale: Int) -> [TextRegion] {
        let boxes = (isVertical ? glyphs.map(\.turned) : glyphs).filter { Glyphs.heights.contains($0.height) }
            .sorted { ($0.left, $0.top) < ($1.left, $1.top) }
        var lines: [Line] = []
        // Lines that can still go on, the newest last: glyphs come from left to right.
        var open: [Int] = []
        for box in boxes {
            open.removeAll { lines[$0].right + lines[$0].reach < box.left }
            if let place = open.last(where: { lines[$0].takes(box) }) {
                lines[place].add(box)
            } else {
                lines.append(Line(box))
                open.append(lines.count - 1)
                if open.count > 512 { open.removeFirst() }
            }
        }
        return lines.filter(\.isText).map { line in
            let (l, t, r, b) =
                isVertical
                ? (line.top, line.left, line.bottom, line.right) : (line.left, line.top, line.right, line.bottom)
            return TextRegion(
                rectangle: PixelRectangle(left: l * scale, top: t * scale, right: r * scale, bottom: b * scale),
                glyphs: line.glyphs, glyphHeight: line.height * scale, isVertical: isVertical, isBright: isBright)
        }
    }

    private struct Line {
        var left, top, right, bottom: Int
        var glyphs: Int
        /// Mean height of the glyphs.
        var height: Int
        private var sum: Int
        private var last: Glyph
        private var runs: Double
        private var areas: Int
        private var tallest: Int

        init(_ glyph: Glyph) {
            (left, top, right, bottom) = (glyph.left, glyph.top, glyph.right, glyph.bottom)
            (glyphs, height, sum, last) = (Line.letters(glyph), glyph.height, glyph.height, glyph)
            (runs, areas, tallest) = (glyph.runsPerRow, glyph.area, glyph.height)
            count = 1
        }

        private var count: Int

        /// How far the next glyph may be: the space between two words.
        var reach: Int { height + height / 2 + 2 }

        func takes(_ glyph: Glyph) -> Bool {
            guard glyph.left >= last.left, glyph.left - right <= reach else { return false }
            let (low, high) = (min(glyph.height, height), max(glyph.height, height))
            guard high * 10 <= low * 21 else { return false }
            // The same line, with some slope: most of the lower one's height beside the other.
            let overlap = min(glyph.bottom, last.bottom) - max(glyph.top, last.top)
            return overlap * 2 >= low
        }

        mutating func add(_ glyph: Glyph) {
            right = max(right, glyph.right)
            top = min(top, glyph.top)
            bottom = max(bottom, glyph.bottom)
            glyphs += Line.letters(glyph)
            count += 1
            sum += glyph.height
            height = sum / count
            last = glyph
            runs += glyph.runsPerRow
            areas += glyph.area
            tallest = max(tallest, glyph.height)
        }

        /// A wide glyph is several letters that touch.
        private static func letters(_ glyph: Glyph) -> Int { max(1, glyph.width * 10 / max(glyph.height * 12, 1)) }

        var isText: Bool {
            guard glyphs >= TextLines.fewest, right - left >= height else { return false }
            // One wide stroke with a single run in each row is a line of something else.
            let perRow = runs / Double(count)
            guard count >= 3 || perRow >= 1.6 else { return false }
            // Letters leave ground between their strokes, and are no dust.
            let box = Double((right - left) * max(height, 1))
            let fill = Double(areas) / max(box, 1)
            return fill >= 0.1 && fill <= 0.85 && tallest <= 3 * max(height, 1)
        }
    }

    /// Regions that overlap as one, a little larger than their strokes.
    static func merged(_ regions: [TextRegion], width: Int, height: Int) -> [TextRegion] {
        var merged: [TextRegion] = []
        for region in regions.sorted(by: { $0.glyphs > $1.glyphs }) {
            if let place = merged.firstIndex(where: { $0.rectangle.overlapsMuch(region.rectangle) }) {
                let one = merged[place]
                merged[place] = TextRegion(
                    rectangle: one.rectangle.union(region.rectangle), glyphs: one.glyphs, glyphHeight: one.glyphHeight,
                    isVertical: one.isVertical, isBright: one.isBright)
            } else {
                merged.append(region)
            }
        }
        return merged.map { region in
            let margin = max(2, region.glyphHeight / 4)
            let box = region.rectangle
            return TextRegion(
                rectangle: PixelRectangle(
                    left: max(box.left - margin, 0), top: max(box.top - margin, 0),
                    right: min(box.right + margin, width),
                    bottom: min(box.bottom + margin, height)),
                glyphs: region.glyphs, glyphHeight: region.glyphHeight, isVertical: region.isVertical,
                isBright: region.isBright)
        }
    }
}

extension Glyph {
    /// With rows and columns in each other's place.
    fileprivate var turned: Glyph {
        Glyph(left: top, top: left, right: bottom, bottom: right, area: area, runs: runs)
    }
}

extension PixelRectangle {
    func union(_ other: PixelRectangle) -> PixelRectangle {
        PixelRectangle(
            left: min(left, other.left), top: min(top, other.top), right: max(right, other.right),
            bottom: max(bottom, other.bottom))
    }

    func intersection(_ other: PixelRectangle) -> PixelRectangle {
        PixelRectangle(
            left: max(left, other.left), top: max(top, other.top), right: min(right, other.right),
            bottom: min(bottom, other.bottom))
    }

    /// More than half of the smaller one.
    func overlapsMuch(_ other: PixelRectangle) -> Bool {
        let common = intersection(other)
        guard !common.isEmpty else { return false }
        return 2 * common.width * common.height > min(width * height, other.width * other.height)
    }
}
