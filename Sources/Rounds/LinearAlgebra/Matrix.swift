/// A dense matrix of doubles, stored row by row.
public struct Matrix: Sendable, Equatable, Codable {
    public let rows: Int
    public let columns: Int
    public internal(set) var values: [Double]

    /// Zeros.
    public init(rows: Int, columns: Int) {
        self.rows = max(0, rows)
        self.columns = max(0, columns)
        values = Array(repeating: 0, count: self.rows * self.columns)
    }

    /// - Throws: ``RoundsError/shape(_:)`` unless there are rows × columns values.
    public init(rows: Int, columns: Int, _ values: [Double]) throws(RoundsError) {
        guard rows >= 0, columns >= 0, rows.multipliedReportingOverflow(by: columns) == (values.count, false) else {
            throw .shape("a matrix of \(rows) × \(columns) has not \(values.count) values")
        }
        self.rows = rows
        self.columns = columns
        self.values = values
    }

    public static func diagonal(_ values: [Double]) -> Matrix {
        var matrix = Matrix(rows: values.count, columns: values.count)
        for (place, value) in values.enumerated() { matrix[place, place] = value }
        return matrix
    }

    /// Rows and columns count from 0; as with arrays, they are the caller's own and not read from outside.
    public subscript(_ row: Int, _ column: Int) -> Double {
        get { values[row * columns + column] }
        set { values[row * columns + column] = newValue }
    }

    public func row(_ row: Int) -> ArraySlice<Double> { values[(row * columns)..<((row + 1) * columns)] }

    public var diagonal: [Double] { (0..<min(rows, columns)).map { self[$0, $0] } }

    /// The product with a column vector of ``columns`` values.
    public func times(_ vector: [Double]) -> [Double] {
        (0..<rows).map { line in zip(row(line), vector).reduce(0) { $0 + $1.0 * $1.1 } }
    }

    public func times(_ other: Matrix) throws(RoundsError) -> Matrix {
        guard columns == other.rows else {
            throw .shape("\(rows) × \(columns) cannot be multiplied by \(other.rows) × \(other.columns)")
        }
        var product = Matrix(rows: rows, columns: other.columns)
        for line in 0..<rows {
            for inner in 0..<columns {
                let factor = self[line, inner]
                if factor == 0 { continue }
                for column in 0..<other.columns { product[line, column] += factor * other[inner, column] }
            }
        }
        return product
    }

    public var transposed: Matrix {
        var other = Matrix(rows: columns, columns: rows)
        for line in 0..<rows {
            for column in 0..<columns { other[column, line] = self[line, column] }
        }
        return other
    }

    /// XᵀWX for the weights of the rows: what a site sends of its design matrix.
    public func weightedGram(_ weights: [Double]) -> Matrix {
        var gram = Matrix(rows: columns, columns: columns)
        for (line, weight) in zip(0..<rows, weights) where weight != 0 {
            let own = row(line)
            let start = own.startIndex
            for first in 0..<columns {
                let scaled = weight * own[start + first]
                if scaled == 0 { continue }
                for second in first..<columns { gram.values[first * columns + second] += scaled * own[start + second] }
            }
        }
        for first in 0..<columns {
            for second in 0..<first { gram[first, second] = gram[second, first] }
        }
        return gram
    }
}

extension Matrix {
    private enum CodingKeys: CodingKey { case rows, columns, values }

    /// It may come from another machine: sizes must agree before anything is looked up by them.
    public init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        try self.init(
            rows: container.decode(Int.self, forKey: .rows), columns: container.decode(Int.self, forKey: .columns),
            container.decode([Double].self, forKey: .values))
    }
}
