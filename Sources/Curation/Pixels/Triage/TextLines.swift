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
    static func find(
        _ glyphs: [Glyph], _ mask: StrokeMask, _ image: GrayImage, isVertical: Bool, isBright: Bool, scale: Int
    ) -> [TextRegion] {
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
        return lines.compactMap { line in
            guard line.isCandidate else { return nil }
            let (l, t, r, b) =
                isVertical
                ? (line.top, line.left, line.bottom, line.right) : (line.left, line.top, line.right, line.bottom)
            let box = PixelRectangle(left: l, top: t, right: r, bottom: b)
            guard let traits = LineTraits(line.members, box, mask, image, isBright: isBright, isVertical: isVertical)
            else { return nil }
            let likelihood = TextForest.likelihood(traits)
            return TextRegion(
                rectangle: PixelRectangle(left: l * scale, top: t * scale, right: r * scale, bottom: b * scale),
                glyphs: line.letters, glyphHeight: line.height * scale, isVertical: isVertical, isBright: isBright,
                likelihood: likelihood, traits: traits.values)
        }
    }

    private struct Line {
        var left, top, right, bottom: Int
        var members: [Glyph]
        /// Mean height of the glyphs.
        var height: Int
        private var sum: Int
        private var last: Glyph

        init(_ glyph: Glyph) {
            (left, top, right, bottom) = (glyph.left, glyph.top, glyph.right, glyph.bottom)
            (members, height, sum, last) = ([glyph], glyph.height, glyph.height, glyph)
        }

        /// How far the next glyph may be: the space between two words.
        var reach: Int { 2 * height + 3 }

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
            members.append(glyph)
            sum += glyph.height
            height = sum / members.count
            last = glyph
        }

        /// A wide glyph is several letters that touch.
        var letters: Int { members.reduce(0) { $0 + max(1, $1.width * 10 / max($1.height * 12, 1)) } }

        var isCandidate: Bool { letters >= TextLines.fewest && right - left >= height + height / 2 }
    }

    /// Regions that overlap, or follow one another on a line, as one; larger than their strokes by what a faint first or last
    /// letter may need.
    static func merged(_ regions: [TextRegion], width: Int, height: Int) -> [TextRegion] {
        var merged: [TextRegion] = []
        var waiting = regions.sorted { ($0.likelihood, $0.glyphs) > ($1.likelihood, $1.glyphs) }
        // A region that grew may meet others: until none does.
        while let region = waiting.popLast() {
            if let place = merged.firstIndex(where: { $0.belongs(with: region) }) {
                waiting.append(merged.remove(at: place).joined(region))
            } else {
                merged.append(region)
            }
        }
        return merged.map { region in
            let (along, across) = (max(3, region.glyphHeight), max(2, region.glyphHeight / 3))
            let (x, y) = region.isVertical ? (across, along) : (along, across)
            var grown = region
            let box = region.rectangle
            grown.rectangle = PixelRectangle(
                left: max(box.left - x, 0), top: max(box.top - y, 0), right: min(box.right + x, width),
                bottom: min(box.bottom + y, height))
            return grown
        }
    }
}

extension TextRegion {
    /// Whether two regions are one line: they share most of the smaller one, or follow each other at a word's distance.
    fileprivate func belongs(with other: TextRegion) -> Bool {
        if rectangle.overlapsMuch(other.rectangle) { return true }
        guard isVertical == other.isVertical else { return false }
        let (low, high) = (min(glyphHeight, other.glyphHeight), max(glyphHeight, other.glyphHeight))
        guard high <= 2 * low + 2 else { return false }
        let (one, two) = (rectangle, other.rectangle)
        let gap =
            isVertical
            ? max(one.top, two.top) - min(one.bottom, two.bottom) : max(one.left, two.left) - min(one.right, two.right)
        let shared =
            isVertical
            ? min(one.right, two.right) - max(one.left, two.left) : min(one.bottom, two.bottom) - max(one.top, two.top)
        return gap <= 3 * high && shared * 2 >= low
    }

    fileprivate func joined(_ other: TextRegion) -> TextRegion {
        let main = likelihood >= other.likelihood ? self : other
        var both = main
        both.rectangle = rectangle.union(other.rectangle)
        // Lines of one text, each seen at its own size, are not counted twice.
        both.glyphs = rectangle.overlapsMuch(other.rectangle) ? max(glyphs, other.glyphs) : glyphs + other.glyphs
        return both
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
