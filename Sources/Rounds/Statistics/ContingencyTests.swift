internal import Glibc

/// Tests of independence for a table of counts.
public enum ContingencyTests {
    public struct ChiSquared: Codable, Sendable, Equatable {
        public let statistic: Double
        public let degrees: Int
        public let p: Double
    }

    public struct OddsRatio: Codable, Sendable, Equatable {
        public let estimate: Double
        /// Woolf's interval, at 95 %.
        public let low: Double
        public let high: Double
    }

    /// Pearson's chi-squared of a table; rows and columns without a patient are left out. Nil below 2 × 2.
    ///
    /// - Parameter yates: with the continuity correction, for 2 × 2 tables (as scipy: at most the difference itself).
    public static func chiSquared(_ table: [[Int64]], yates: Bool = false) -> ChiSquared? {
        guard let kept = withoutEmptyLines(table) else { return nil }
        let rows = kept.map { Double($0.reduce(0, &+)) }
        let columns = (kept.first ?? []).indices.map { column in kept.reduce(0.0) { $0 + Double($1[column]) } }
        let total = rows.reduce(0, +)
        var statistic = 0.0
        for (row, counts) in kept.enumerated() {
            for (column, count) in counts.enumerated() {
                let expected = rows[row] * columns[column] / total
                var difference = abs(Double(count) - expected)
                if yates { difference -= min(0.5, difference) }
                statistic += difference * difference / expected
            }
        }
        let degrees = (rows.count - 1) * (columns.count - 1)
        if yates, degrees != 1 { return nil }
        return ChiSquared(
            statistic: statistic, degrees: degrees,
            p: Distributions.chiSquaredUpper(statistic, degrees: Double(degrees)))
    }

    /// Cramér's V.
    public static func cramersV(_ table: [[Int64]]) -> Double? {
        guard let test = chiSquared(table), let kept = withoutEmptyLines(table) else { return nil }
        let total = kept.reduce(0.0) { $0 + $1.reduce(0.0) { $0 + Double($1) } }
        return (test.statistic / total / Double(min(kept.count, kept.first?.count ?? 0) - 1)).squareRoot()
    }

    /// Fisher's exact test, two-sided: the probability of all tables with these margins that are no more likely.
    public static func fisher(_ a: Int64, _ b: Int64, _ c: Int64, _ d: Int64) -> Double? {
        guard [a, b, c, d].allSatisfy({ $0 >= 0 && $0 < 1 << 29 }) else { return nil }
        let (marked, draws, total) = (a + b, a + c, a + b + c + d)
        let observed = Distributions.hypergeometric(a, marked: marked, draws: draws, total: total)
        guard observed.isFinite, total > 0 else { return nil }
        // R's and scipy's tolerance for tables that are as likely.
        let limit = observed * (1 + 1e-7)
        var sum = CompensatedSum()
        sum.add(observed)
        for up in [true, false] {
            var probability = observed
            var hits = a
            let end = up ? min(marked, draws) : max(0, draws + marked - total)
            while hits != end, probability > 0 {
                let (k, n, r, all) = (Double(hits), Double(draws), Double(marked), Double(total))
                probability *=
                    up
                    ? (r - k) * (n - k) / ((k + 1) * (all - r - n + k + 1))
                    : k * (all - r - n + k) / ((r - k + 1) * (n - k + 1))
                hits += up ? 1 : -1
                if probability <= limit { sum.add(probability) }
            }
        }
        return min(1, sum.value)
    }

    /// The odds ratio of a 2 × 2 table; nil where a cell is empty.
    public static func oddsRatio(_ a: Int64, _ b: Int64, _ c: Int64, _ d: Int64) -> OddsRatio? {
        let cells = [a, b, c, d].map { Double($0) }
        guard cells.allSatisfy({ $0 > 0 }) else { return nil }
        let ratio = cells[0] * cells[3] / (cells[1] * cells[2])
        let error = cells.reduce(0) { $0 + 1 / $1 }.squareRoot() * Distributions.normalQuantile(0.975)
        return OddsRatio(estimate: ratio, low: exp(log(ratio) - error), high: exp(log(ratio) + error))
    }

    private static func withoutEmptyLines(_ table: [[Int64]]) -> [[Int64]]? {
        let rows = table.filter { $0.contains { $0 > 0 } }
        let columns = (rows.first ?? []).indices.filter { column in rows.contains { $0[column] > 0 } }
        guard rows.count >= 2, columns.count >= 2 else { return nil }
        return rows.map { row in columns.map { row[$0] } }
    }
}
