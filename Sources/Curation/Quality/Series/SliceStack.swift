/// Parallel slices in the order of their positions along the normal: what tells whether one is missing.
struct SliceStack: Sendable {
    /// A place between two neighbours that is not one slice wide.
    struct Gap: Sendable, Equatable {
        /// The position, by number, after which it is.
        let after: Int
        /// Millimetres to the next position.
        let width: Double
        /// Whole slices that fit into it; 0 where the spacing is merely uneven.
        let missing: Int
    }

    /// Positions along the normal in millimetres, ascending, each once.
    let positions: [Double]
    /// The poses at each position, by number in what the stack was made of.
    let members: [[Int]]
    /// The usual distance of neighbours; nil for fewer than three positions.
    let spacing: Double?
    let gaps: [Gap]
    /// How far the stack moves sideways from its first to its last position, in millimetres.
    let shear: Double

    /// Positions closer than this are one: scanners write them with different rounding.
    static let samePosition = 0.02
    /// How far a distance may be from the usual one, as a part of it.
    static let tolerance = 0.1

    init(_ poses: [SlicePose]) {
        let normal = poses.first?.orientation.normal ?? Vector3(0, 0, 1)
        let heights = poses.map { $0.position.dot(normal) }
        let order = poses.indices.sorted { heights[$0] < heights[$1] }
        var positions: [Double] = []
        var members: [[Int]] = []
        for index in order {
            if let last = positions.last, heights[index] - last <= Self.samePosition {
                members[members.count - 1].append(index)
            } else {
                positions.append(heights[index])
                members.append([index])
            }
        }
        self.positions = positions
        self.members = members
        let widths = zip(positions, positions.dropFirst()).map { $1 - $0 }
        spacing = positions.count < 3 ? nil : Self.usual(widths)
        gaps = spacing.map { Self.gaps(widths, spacing: $0) } ?? []
        shear = Self.shear(poses, members)
    }

    /// The median: gaps are few.
    private static func usual(_ widths: [Double]) -> Double? {
        guard !widths.isEmpty else { return nil }
        return widths.sorted()[(widths.count - 1) / 2]
    }

    private static func gaps(_ widths: [Double], spacing: Double) -> [Gap] {
        guard spacing > 0 else { return [] }
        // A tenth of the spacing, or the tenth of a millimetre by which two positions with one decimal are rounded; but
        // never so much that a missing slice would pass.
        let allowed = min(max(tolerance * spacing, 0.1), 0.4 * spacing) + samePosition
        return widths.enumerated().compactMap { index, width in
            guard abs(width - spacing) > allowed else { return nil }
            let slices = width / spacing
            let whole = slices.rounded()
            // Positions wander a little over a wide gap. Of a stack that is mostly absent nobody can tell.
            let isWhole =
                whole >= 2 && Int(min(whole, 1e9)) <= widths.count && abs(slices - whole) <= min(0.1 * whole, 0.3)
            return Gap(after: index, width: width, missing: isWhole ? Int(whole) - 1 : 0)
        }
    }

    private static func shear(_ poses: [SlicePose], _ members: [[Int]]) -> Double {
        guard let first = members.first?.first, let last = members.last?.first else { return 0 }
        let (orientation, way) = (poses[first].orientation, poses[last].position - poses[first].position)
        let (right, down) = (way.dot(orientation.row), way.dot(orientation.column))
        return (right * right + down * down).squareRoot()
    }
}

extension SliceStack {
    /// How many images most positions have.
    var usualMultiplicity: Int {
        var counts: [Int: Int] = [:]
        for images in members { counts[images.count, default: 0] += 1 }
        return counts.max { ($0.value, $0.key) < ($1.value, $1.key) }?.key ?? 0
    }

    var isUniform: Bool { Set(members.map(\.count)).count <= 1 }

    /// Slices that fit into all gaps.
    var missing: Int { gaps.reduce(0) { $0 + $1.missing } }
}
