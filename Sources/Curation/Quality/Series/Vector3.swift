/// A point or direction in the patient's coordinates, in millimetres.
struct Vector3: Sendable, Equatable {
    var x, y, z: Double

    /// Nil where there are not three finite numbers.
    init?(_ numbers: some Collection<Double>) {
        let all = Array(numbers)
        guard all.count == 3, all.allSatisfy(\.isFinite) else { return nil }
        (x, y, z) = (all[0], all[1], all[2])
    }

    init(_ x: Double, _ y: Double, _ z: Double) {
        (self.x, self.y, self.z) = (x, y, z)
    }

    var length: Double { dot(self).squareRoot() }

    func dot(_ other: Vector3) -> Double { x * other.x + y * other.y + z * other.z }

    func cross(_ other: Vector3) -> Vector3 {
        Vector3(y * other.z - z * other.y, z * other.x - x * other.z, x * other.y - y * other.x)
    }

    static func - (left: Vector3, right: Vector3) -> Vector3 {
        Vector3(left.x - right.x, left.y - right.y, left.z - right.z)
    }
}

/// The directions of an image's rows and columns (PS3.3 C.7.6.2.1.1).
struct SliceOrientation: Sendable, Equatable {
    let row, column: Vector3

    /// Nil where there are not six finite numbers.
    init?(_ numbers: [Double]) {
        guard numbers.count == 6, let row = Vector3(numbers[0..<3]), let column = Vector3(numbers[3..<6]) else {
            return nil
        }
        (self.row, self.column) = (row, column)
    }

    var normal: Vector3 { row.cross(column) }

    /// Both of length 1 and at a right angle, to a thousandth: what rounding to six digits leaves.
    var isOrthonormal: Bool {
        abs(row.length - 1) < 1e-3 && abs(column.length - 1) < 1e-3 && abs(row.dot(column)) < 1e-3
    }

    /// Parallel, and turned the same way: within a quarter of a degree.
    func isParallel(to other: SliceOrientation) -> Bool {
        row.dot(other.row) > 0.99999 && column.dot(other.column) > 0.99999
    }
}
