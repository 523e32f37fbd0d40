/// Finds columns that are a combination of others, from the cross product XᵀX, and names them.
public enum Collinearity {
    /// The smallest eigenvalue of the scaled cross product at which columns count as independent.
    public static let tolerance = 1e-11

    /// Throws ``RoundsError/numerical(_:)`` with the names of the columns that depend on each other.
    ///
    /// - Parameters:
    ///   - gram: XᵀX, or XᵀWX; it is scaled to a diagonal of ones first, so that units do not matter.
    ///   - names: the columns' names.
    public static func check(_ gram: Matrix, names: [String]) throws(RoundsError) {
        guard gram.rows == gram.columns, gram.rows == names.count, !names.isEmpty else {
            throw .shape("the cross product has not a row for each column")
        }
        let diagonal = gram.diagonal
        let empty = zip(names, diagonal).filter { !($0.1 > 0) }.map(\.0)
        guard empty.isEmpty else {
            throw .numerical(
                "\(list(empty)) \(empty.count == 1 ? "is" : "are") zero in all complete rows: leave it out")
        }
        var scaled = gram
        for row in 0..<gram.rows {
            for column in 0..<gram.columns {
                scaled[row, column] /= (diagonal[row] * diagonal[column]).squareRoot()
            }
        }
        let (values, vectors) = try scaled.eigen()
        guard let smallest = values.first, smallest < tolerance else { return }
        let weights = vectors.row(0).map { abs($0) }
        let largest = weights.max() ?? 0
        let involved = zip(names, weights).filter { $0.1 > 1e-3 * largest }.map(\.0)
        throw .numerical("\(list(involved)) depend on each other (perfect collinearity): leave one of them out")
    }

    private static func list(_ names: [String]) -> String {
        let shown = names.prefix(8).joined(separator: ", ")
        return names.count > 8 ? "\(shown) and \(names.count - 8) more" : shown
    }
}
