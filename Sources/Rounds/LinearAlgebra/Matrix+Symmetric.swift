internal import CLapack

/// Symmetric matrices: solved and inverted through Cholesky's factor, taken apart into eigenvectors (LAPACK).
extension Matrix {
    /// The largest system that is solved here.
    static let maximumOrder = 4096

    private func order() throws(RoundsError) -> Int32 {
        guard rows == columns, rows >= 1, rows <= Self.maximumOrder else {
            throw .numerical("a system of \(rows) × \(columns) cannot be solved")
        }
        guard values.allSatisfy(\.isFinite) else { throw .numerical("the system holds what is no finite number") }
        return Int32(rows)
    }

    /// The solution of `self · x = right`, for a positive definite matrix (DPOSV).
    public func solved(_ right: [Double]) throws(RoundsError) -> [Double] {
        let order = try order()
        guard right.count == rows else { throw .shape("the right side has \(right.count) values, not \(rows)") }
        var factor = values
        var solution = right
        guard LAPACKE_dposv(LAPACK_COL_MAJOR, 76, order, 1, &factor, order, &solution, order) == 0 else {
            throw .numerical("the system is not positive definite: columns may depend on each other")
        }
        return solution
    }

    /// The inverse of a positive definite matrix (DPOTRF, DPOTRI).
    public func inverted() throws(RoundsError) -> Matrix {
        let order = try order()
        var inverse = self
        guard LAPACKE_dpotrf(LAPACK_COL_MAJOR, 76, order, &inverse.values, order) == 0,
            LAPACKE_dpotri(LAPACK_COL_MAJOR, 76, order, &inverse.values, order) == 0
        else { throw .numerical("the matrix has no inverse: columns may depend on each other") }
        // The lower triangle in column order is the upper one in ours.
        for row in 0..<rows {
            for column in 0..<row { inverse[row, column] = inverse[column, row] }
        }
        return inverse
    }

    /// Eigenvalues, the smallest first, and their eigenvectors as rows (DSYEV).
    public func eigen() throws(RoundsError) -> (values: [Double], vectors: Matrix) {
        let order = try order()
        var vectors = self
        var eigenvalues = [Double](repeating: 0, count: rows)
        guard LAPACKE_dsyev(LAPACK_COL_MAJOR, 86, 76, order, &vectors.values, order, &eigenvalues) == 0 else {
            throw .numerical("the eigenvalues were not found")
        }
        return (eigenvalues, vectors)
    }
}
