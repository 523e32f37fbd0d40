import DICOMImaging

extension TextRegion {
    /// The region that likely cells make; nil for one cell alone, which is less than any text.
    ///
    /// - Parameters:
    ///   - members: indices of cells that hang together.
    ///   - scale: pixels of the frame in one of the cells' picture.
    init?(cells members: [Int], of cells: [TextNet.Cell], columns: Int, scale: Int) {
        guard members.count >= 2, columns > 0 else { return nil }
        let (across, down) = (members.map { $0 % columns }, members.map { $0 / columns })
        guard let left = across.min(), let right = across.max(), let top = down.min(), let bottom = down.max() else {
            return nil
        }
        let side = CellGrid.side * scale
        rectangle = PixelRectangle(
            left: left * side, top: top * side, right: (right + 1) * side, bottom: (bottom + 1) * side)
        let sizes = members.map { cells[$0].size }.sorted()
        let size = max(Double(sizes[sizes.count / 2]) * Double(scale), 4)
        glyphHeight = max(Int(size * 0.7), 3)
        isVertical = rectangle.height > rectangle.width * 3 / 2 && Double(rectangle.width) < 2.5 * size
        glyphs = max(Int(Double(max(rectangle.width, rectangle.height)) / (0.55 * size)), 1)
        isBright = true
        // The second best cell: one alone may err.
        likelihood = Double(members.map { cells[$0].likelihood }.sorted()[members.count - 2])
    }

    /// Lines are lighter or darker than most of what is around them: what is farther from the middle shade decides.
    func withPolarity(in image: GrayImage) -> TextRegion {
        let box = rectangle.intersection(PixelRectangle(left: 0, top: 0, right: image.width, bottom: image.height))
        guard !box.isEmpty else { return self }
        var histogram = [Int](repeating: 0, count: 256)
        for y in box.top..<box.bottom {
            for index in y * image.width + box.left..<y * image.width + box.right {
                histogram[Int(image.pixels[index])] += 1
            }
        }
        func shade(_ share: Double) -> Int {
            let wanted = Int(Double(box.width * box.height) * share)
            var seen = 0
            return histogram.indices.first {
                seen += histogram[$0]
                return seen > wanted
            } ?? 255
        }
        var region = self
        let middle = shade(0.5)
        region.isBright = shade(0.97) - middle >= middle - shade(0.03)
        return region
    }

    /// Regions that overlap, or follow one another on a line, as one; larger than their cells by what the outermost letters
    /// may need.
    static func merged(_ regions: [TextRegion], width: Int, height: Int) -> [TextRegion] {
        var merged: [TextRegion] = []
        var waiting = regions.map { $0.grown(width, height) }.sorted {
            ($0.likelihood, $0.glyphs) > ($1.likelihood, $1.glyphs)
        }
        // A region that grew may meet others: until none does.
        while let region = waiting.popLast() {
            if let place = merged.firstIndex(where: { $0.belongs(with: region) }) {
                waiting.append(merged.remove(at: place).joined(region))
            } else {
                merged.append(region)
            }
        }
        return merged
    }

    private func grown(_ width: Int, _ height: Int) -> TextRegion {
        let (along, across) = (max(3, glyphHeight / 2), max(2, glyphHeight / 4))
        let (x, y) = isVertical ? (across, along) : (along, across)
        var grown = self
        grown.rectangle = PixelRectangle(
            left: max(rectangle.left - x, 0), top: max(rectangle.top - y, 0), right: min(rectangle.right + x, width),
            bottom: min(rectangle.bottom + y, height))
        return grown
    }

    /// Whether two regions are one line: they share most of the smaller one, or follow each other at a word's distance.
    private func belongs(with other: TextRegion) -> Bool {
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
        let thick = isVertical ? min(one.width, two.width) : min(one.height, two.height)
        return gap <= 2 * high && shared * 2 >= thick
    }

    private func joined(_ other: TextRegion) -> TextRegion {
        var both = likelihood >= other.likelihood ? self : other
        both.rectangle = rectangle.union(other.rectangle)
        // Lines of one text, each seen at its own size, are not counted twice.
        both.glyphs = rectangle.overlapsMuch(other.rectangle) ? max(glyphs, other.glyphs) : glyphs + other.glyphs
        return both
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
