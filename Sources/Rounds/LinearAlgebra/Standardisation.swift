internal import Glibc

/// Columns shifted and scaled to comparable size before sums of their products leave a site.
///
/// It changes no result: coefficients and covariances are turned back at the hub. It keeps the sums well conditioned, and
/// of a size that fixed-point masks hold without loss.
public struct Standardisation: Codable, Sendable, Equatable {
    public let center: [Double]
    public let scale: [Double]
    /// The constant column, which takes up the shifts; without one nothing is shifted.
    public let intercept: Int?

    /// - Parameters:
    ///   - sums: Σwx of each column over all sites.
    ///   - squares: Σwx².
    ///   - weight: Σw.
    public init(sums: [Double], squares: [Double], weight: Double, intercept: Int?) {
        self.intercept = intercept
        var center = [Double](repeating: 0, count: sums.count)
        var scale = [Double](repeating: 1, count: sums.count)
        for (column, (sum, square)) in zip(sums, squares).enumerated() where column != intercept && weight > 0 {
            let mean = sum / weight
            let size = (max(0, square) / weight).squareRoot()
            guard size > 0 else { continue }
            if intercept != nil {
                center[column] = mean
                // An estimate is enough: below this it would be rounding, and the column is constant or nearly so.
                scale[column] = max(max(0, square / weight - mean * mean).squareRoot(), 1e-8 * size)
            } else {
                scale[column] = size
            }
        }
        self.center = center
        self.scale = scale
    }

    public func applied(to matrix: Matrix) -> Matrix {
        var scaled = matrix
        for row in 0..<matrix.rows {
            for column in 0..<min(matrix.columns, center.count, scale.count) {
                scaled[row, column] = (matrix[row, column] - center[column]) / scale[column]
            }
        }
        return scaled
    }

    /// Coefficients of the columns as they were, from those of the standardised ones.
    public func coefficients(_ standardised: [Double]) -> [Double] { turned.times(standardised) }

    /// The covariance of those coefficients.
    public func covariance(_ standardised: Matrix) throws(RoundsError) -> Matrix {
        try turned.times(standardised).times(turned.transposed)
    }

    /// Coefficients of the standardised columns from those of the columns as they were.
    public func standardised(_ coefficients: [Double]) -> [Double] {
        var all = coefficients
        for column in all.indices where column != intercept {
            all[column] = coefficients[column] * scale[column]
            if let intercept { all[intercept] += coefficients[column] * center[column] }
        }
        return all
    }

    private var turned: Matrix {
        var matrix = Matrix(rows: scale.count, columns: scale.count)
        for column in scale.indices {
            matrix[column, column] = 1 / scale[column]
            if let intercept, column != intercept { matrix[intercept, column] = -center[column] / scale[column] }
        }
        return matrix
    }
}
