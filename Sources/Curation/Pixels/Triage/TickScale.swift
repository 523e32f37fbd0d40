import DICOMImaging

/// Tells the scales at the side of a picture from text: a row of ticks, even with a longer one now and then, is the same
/// again a few pixels on, over and over. No text is.
enum TickScale {
    /// How alike a region and itself some pixels on are, from -1 to 1, to be a scale. Lines of text one below the other, which
    /// have their feet in common, reach a half.
    private static let least = 0.72
    /// Times that the pattern comes, at least.
    private static let periods = 5
    /// What else there may be: a mark as large as this, such as the triangle at an ultrasound focus; three letters are longer.
    private static let largestMark = 14
    /// Shades by which a step differs from those that it repeats, to be something else.
    private static let other = 12

    /// Whether a region holds nothing but a scale, or a mark beside it.
    ///
    /// - Parameter isCoarse: of a region that was found in a reduced picture. Its edges are far from what it holds, and other
    ///   things lie within them; letters that are found there are larger than any tick, and unlike one another.
    static func fills(_ region: TextRegion, in image: GrayImage, isCoarse: Bool) -> Bool {
        let box = region.rectangle.intersection(
            PixelRectangle(left: 0, top: 0, right: image.width, bottom: image.height))
        guard !box.isEmpty, box.width * box.height <= 1 << 18 else { return false }
        let isDown = box.height > box.width
        let (length, breadth) = isDown ? (box.height, box.width) : (box.width, box.height)
        guard length >= 4 * periods, length >= 2 * breadth else { return false }
        // Steps along the scale: shades that change slowly do not count.
        var steps: [[Int]] = []
        for along in 0..<length - 1 {
            steps.append(
                (0..<breadth).map { across in
                    let (x, y) = isDown ? (box.left + across, box.top + along) : (box.left + along, box.top + across)
                    let at = y * image.width + x
                    // `along` + 1 is in the box too.
                    return Int(image.pixels[at + (isDown ? image.width : 1)]) - Int(image.pixels[at])
                })
        }
        let profile = steps.map { $0.reduce(0, +) }
        return (3...max(length / periods, 3)).contains { lag in
            likeness(profile, lag) >= Self.least && likeness(steps.flatMap(\.self), lag * breadth) >= Self.least
                && (isCoarse || !holdsMore(steps, lag))
        }
    }

    /// Whether there is something that is not repeated either before or after, larger than a mark.
    private static func holdsMore(_ steps: [[Int]], _ lag: Int) -> Bool {
        var (first, last, left, right) = (Int.max, -1, Int.max, -1)
        for (along, row) in steps.enumerated() {
            let (before, after) = (along - lag, along + lag)
            for (across, step) in row.enumerated() {
                let repeats = [before, after].contains {
                    steps.indices.contains($0) && abs(steps[$0][across] - step) < Self.other
                }
                guard !repeats else { continue }
                (first, last) = (min(first, along), max(last, along))
                (left, right) = (min(left, across), max(right, across))
            }
        }
        return last - first >= Self.largestMark || right - left >= Self.largestMark
    }

    /// The correlation of a row of numbers with itself some places on.
    private static func likeness(_ values: [Int], _ lag: Int) -> Double {
        guard lag < values.count else { return 0 }
        var (product, one, two) = (0, 0, 0)
        for (first, second) in zip(values, values.dropFirst(lag)) {
            product += first * second
            one += first * first
            two += second * second
        }
        guard one > 0, two > 0 else { return 0 }
        return Double(product) / (Double(one) * Double(two)).squareRoot()
    }
}
