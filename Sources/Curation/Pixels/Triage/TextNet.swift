import DICOMImaging

/// A small convolutional network that tells, for each cell of a picture, how likely it is part of a line of text, and how high
/// the text is. It was trained on rendered text and on pictures of everything that is none: `Benchmarks/pixels/train.py`, of
/// pages that `pages.py` makes.
///
/// It sees edges, not shades: the root of the differences across and down, so that faint text and bold text are alike. It is
/// run on the cells that ``CellGate`` opens alone; what lies outside of them is zero to every layer, as it was in training.
struct TextNet {
    /// What the network says of a cell.
    struct Cell {
        /// From 0 to 1.
        let likelihood: Float
        /// Size of the text in pixels of the picture: the height from the top of an h to the foot of a g, roughly.
        let size: Float
    }

    /// What the layers give. It is kept from one look to the next, because memory that is new has to be cleared twice.
    private var edges = Plane(side: 8, channels: 2)
    private var (a, b, c) = (Plane(side: 4, channels: 8), Plane(side: 2, channels: 16), Plane(side: 2, channels: 16))
    private var (d, e) = (Plane(side: 1, channels: 32), Plane(side: 1, channels: 32))

    /// What there is at each of some cells of a picture that hang together, in their order.
    mutating func look(at members: [Int], in grid: CellGrid) -> [Cell] {
        let columns = members.map { $0 % grid.columns }
        let rows = members.map { $0 / grid.columns }
        guard let left = columns.min(), let right = columns.max(), let top = rows.min(), let bottom = rows.max() else {
            return []
        }
        let places = zip(columns, rows).map { Place(column: $0 - left, row: $1 - top) }
        let (across, down) = (right - left + 1, bottom - top + 1)
        edges.clear(across, down)
        edges.fill(from: grid, left, top, places)
        a.clear(across, down)
        b.clear(across, down)
        c.clear(across, down)
        d.clear(across, down)
        e.clear(across, down)
        Self.edges.run(edges, &a, places)
        Self.strokes.run(a, &b, places)
        Self.corners.run(b, &c, places)
        Self.letters.run(c, &d, places)
        Self.words.run(d, &e, places)
        Self.lines.run(e, &d, places)
        Self.surroundings.run(d, &e, places)
        return places.map { place in
            let start = e.shape.offset(place.column, place.row)
            var (text, size) = (Self.ending[64], Self.ending[65])
            for channel in 0..<32 {
                let value = e.values[start + channel]
                text += value * Self.ending[2 * channel]
                size += value * Self.ending[2 * channel + 1]
            }
            return Cell(
                likelihood: 1 / (1 + Self.power(-text)), size: 11 * Self.power(size * 0.693_147_2))
        }
    }

    /// e^x, near enough for what has been learned, from -12 to 12: (1 + x / 1024)^1024.
    private static func power(_ x: Float) -> Float {
        var power = 1 + min(max(x, -12), 12) / 1024
        for _ in 0..<10 { power *= power }
        return power
    }

    /// A cell among those that are looked at together.
    struct Place {
        let column, row: Int
    }

    /// How the pixels and values of a plane lie in memory.
    struct Shape {
        /// Pixels of zeros all round: as far as any layer looks.
        static let margin = 2
        let side, channels: Int
        /// Pixels from a row to the next.
        var stride = 0

        /// Where a pixel's values are, from -`margin` on.
        @inline(__always)
        func offset(_ x: Int, _ y: Int) -> Int { ((y + Self.margin) * stride + x + Self.margin) * channels }
    }

    /// What a layer gives: some pixels for each cell, some values for each pixel; zero where no layer wrote.
    struct Plane {
        private(set) var shape: Shape
        var values: [Float] = []

        init(side: Int, channels: Int) { shape = Shape(side: side, channels: channels) }

        /// Zeros for so many cells.
        mutating func clear(_ columns: Int, _ rows: Int) {
            shape.stride = columns * shape.side + 2 * Shape.margin
            let count = shape.stride * (rows * shape.side + 2 * Shape.margin) * shape.channels
            values.withUnsafeMutableBufferPointer { $0.prefix(count).update(repeating: 0) }
            if values.count < count { values += repeatElement(0, count: count - values.count) }
        }

        /// The edges of a picture: roots of differences, with their sign.
        mutating func fill(from grid: CellGrid, _ left: Int, _ top: Int, _ places: [Place]) {
            let shape = shape
            values.withUnsafeMutableBufferPointer { to in
                grid.pixels.withUnsafeBufferPointer { from in
                    TextNet.roots.withUnsafeBufferPointer { roots in
                        for place in places {
                            // The cell is one of the grid's, whose margin holds the neighbours; differences of bytes
                            // plus 255 are from 0 to 510, of 511 roots.
                            let start = grid.offset(column: left + place.column, row: top + place.row)
                            for y in 0..<8 {
                                var at = start &+ y &* grid.stride
                                var target = shape.offset(8 &* place.column, 8 &* place.row &+ y)
                                for _ in 0..<8 {
                                    to[target] = roots[Int(from[at &+ 1]) &- Int(from[at &- 1]) &+ 255]
                                    to[target &+ 1] =
                                        roots[Int(from[at &+ grid.stride]) &- Int(from[at &- grid.stride]) &+ 255]
                                    at &+= 1
                                    target &+= 2
                                }
                            }
                        }
                    }
                }
            }
        }
    }

    private static let roots: [Float] = (-255...255).map {
        Float($0.signum()) * Float($0.magnitude).squareRoot() / 4
    }
}
