import CStatistics
import Glibc

/// The log-rank test of equal survival in several groups, and its weighted kin.
///
/// Sources: Mantel 1966; Gehan 1965 and Breslow 1970 (Wilcoxon); Tarone and Ware 1977; Peto and Peto 1972 (with the left
/// continuous pooled Kaplan–Meier, as R's `survdiff(rho = 1)`). Covariance: hypergeometric, as `survdiff`.
public struct LogRank: Sendable, Equatable, Codable {
    public enum Weights: String, Sendable, Equatable, Codable, CaseIterable {
        case logRank
        /// The number at risk.
        case wilcoxon
        /// Its square root.
        case taroneWare
        /// The pooled survival just before.
        case petoPeto
    }

    public let weights: Weights
    /// The places of the compared groups among the outcome's curves.
    public let groups: [Int]
    /// Weighted events of each group: seen, and expected if all had the same survival.
    public let observed: [Double]
    public let expected: [Double]
    public let chiSquare: Double
    public let degrees: Int
    public let p: Double

    /// Nil where there is nothing to compare: one group, or no variance.
    init?(_ table: RiskTable, groups: [Int], weights: Weights) {
        let size = groups.count
        guard size > 1 else { return nil }
        var observed = [Double](repeating: 0, count: size)
        var expected = observed
        var covariance = [Double](repeating: 0, count: size * size)
        var pooled = 1.0
        for place in table.ticks.indices {
            let died = groups.map { Double(table.events[place][$0]) }
            let risk = groups.map { Double(table.atRisk[place][$0]) }
            let d = died.reduce(0, +)
            let n = risk.reduce(0, +)
            guard n > 0, d > 0 else { continue }
            let weight: Double =
                switch weights {
                case .logRank: 1
                case .wilcoxon: n
                case .taroneWare: n.squareRoot()
                case .petoPeto: pooled
                }
            pooled *= (n - d) / n
            for row in 0..<size {
                observed[row] += weight * died[row]
                expected[row] += weight * d * risk[row] / n
                guard n > 1 else { continue }
                let factor = weight * weight * d * (n - d) / (n - 1) * risk[row] / n
                for column in 0..<size {
                    covariance[row * size + column] += factor * ((row == column ? 1 : 0) - risk[column] / n)
                }
            }
        }
        // Groups that nobody is at risk in say nothing; of the others, the last follows from the rest.
        let told = (0..<size).filter { expected[$0] > 0 }.dropLast()
        guard !told.isEmpty else { return nil }
        let difference = told.map { observed[$0] - expected[$0] }
        guard
            let matrix = try? Matrix(
                rows: told.count, columns: told.count,
                told.flatMap { row in told.map { covariance[row * size + $0] } }),
            let solved = try? matrix.solved(difference)
        else { return nil }
        self.weights = weights
        self.groups = groups
        self.observed = observed
        self.expected = expected
        chiSquare = zip(difference, solved).reduce(0) { $0 + $1.0 * $1.1 }
        degrees = told.count
        p = atles_chi_squared_upper(chiSquare, Double(degrees))
    }
}

extension LogRank {
    /// The p values of several tests of one question, adjusted after Holm 1979.
    static func holm(_ values: [Double]) -> [Double] {
        let order = values.indices.sorted { values[$0] < values[$1] }
        var adjusted = values
        var least = 0.0
        for (rank, place) in order.enumerated() {
            least = max(least, min(1, values[place] * Double(values.count - rank)))
            adjusted[place] = least
        }
        return adjusted
    }
}
