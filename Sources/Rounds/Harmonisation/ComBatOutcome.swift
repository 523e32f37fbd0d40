extension ComBat {
    /// What all sites need to harmonise their own features.
    public struct Outcome: Codable, Sendable, Equatable {
        public let design: Design
        public let features: [String]
        /// Of the covariates (columns, without the intercept) for each feature (rows).
        public let coefficients: Matrix
        /// The common mean of each feature.
        public let means: [Double]
        /// The variance within sites of each feature.
        public let variances: [Double]
        public let rows: Int64
        public let missing: ProtectedCount
        public let sites: Int
    }

    /// A site's own shift and scale of each standardised feature, before and after empirical Bayes. It stays at the site.
    public struct SiteEffect: Sendable, Equatable {
        public let shift: [Double]
        public let scale: [Double]
        public let rawShift: [Double]
        public let rawScale: [Double]
    }
}

extension ComBat.Outcome {
    /// A site's table with its features harmonised. Rows without all covariates and features have none of them.
    ///
    /// - Throws: ``RoundsError/numerical(_:)`` where the site has too few complete rows for a variance of its own.
    public func harmonised(
        _ table: CohortTable
    ) throws(RoundsError) -> (table: CohortTable, effect: ComBat.SiteEffect) {
        let site = try ComBat.Site(table, design)
        guard site.rows >= 2 else { throw .numerical("a site with fewer than two complete rows cannot be harmonised") }
        guard coefficients.rows == features.count, means.count == features.count, variances.count == features.count,
            coefficients.columns == site.covariates.count, site.features.count == features.count,
            variances.allSatisfy({ $0 > 0 })
        else { throw .shape("the harmonisation does not fit its own features") }
        var explained: [[Double]] = []
        var standardised: [[Double]] = []
        for feature in features.indices {
            let line = coefficients.row(feature)
            let expected = (0..<site.rows).map { row in
                means[feature] + zip(site.covariates, line).reduce(0) { $0 + $1.0[row] * $1.1 }
            }
            explained.append(expected)
            standardised.append(
                zip(site.features[feature], expected).map { ($0 - $1) / variances[feature].squareRoot() })
        }
        let effect = EmpiricalBayes(standardised).effect
        var harmonised = table
        for (feature, name) in features.enumerated() {
            var values = [Double](repeating: .nan, count: table.rows)
            for (place, row) in site.tableRows.enumerated() {
                let residual =
                    (standardised[feature][place] - effect.shift[feature]) / effect.scale[feature].squareRoot()
                values[row] = residual * variances[feature].squareRoot() + explained[feature][place]
            }
            try harmonised.add(.numbers(values), as: variableName(name))
        }
        return (harmonised, effect)
    }

    /// A feature's description is its name, in backquotes where it is no plain word.
    private func variableName(_ written: String) -> String {
        written.first == "`" ? String(written.dropFirst().dropLast()) : written
    }
}

/// One site's shifts and scales, drawn towards what is common to its features (parametric priors).
struct EmpiricalBayes {
    let effect: ComBat.SiteEffect

    /// - Parameter features: the site's standardised values, feature by feature: two features or more, two rows or more.
    init(_ features: [[Double]]) {
        let n = Double(features.first?.count ?? 0)
        let count = Double(features.count)
        let shift = features.map { $0.compensatedSum / n }
        let scale = zip(features, shift).map { values, mean in
            let variance = values.map { ($0 - mean) * ($0 - mean) }.compensatedSum / (n - 1)
            return variance == 0 ? 1 : variance
        }
        func moments(_ values: [Double]) -> (mean: Double, variance: Double) {
            let mean = values.compensatedSum / count
            return (mean, values.map { ($0 - mean) * ($0 - mean) }.compensatedSum / (count - 1))
        }
        let (shiftMean, shiftVariance) = moments(shift)
        let (m, s2) = moments(scale)
        var (newShift, newScale) = (shift, scale)
        if s2 > 0, shiftVariance > 0 {
            // The inverse gamma prior of the scales by the method of moments.
            let a = (2 * s2 + m * m) / s2
            let b = (m * s2 + m * m * m) / s2
            // Until nothing changes by a ten-thousandth of itself. As in neuroCombat the shift's change is divided by the
            // shift with its sign, so that only positive shifts count: its numbers are those that studies compare with.
            for _ in 0..<10_000 {
                var change = -Double.infinity
                for feature in features.indices {
                    let (oldShift, oldScale) = (newShift[feature], newScale[feature])
                    newShift[feature] =
                        (shiftVariance * n * shift[feature] + oldScale * shiftMean) / (shiftVariance * n + oldScale)
                    let squares = features[feature].map { ($0 - newShift[feature]) * ($0 - newShift[feature]) }
                    newScale[feature] = (0.5 * squares.compensatedSum + b) / (n / 2 + a - 1)
                    change = max(change, abs(newShift[feature] - oldShift) / oldShift)
                    change = max(change, abs(newScale[feature] - oldScale) / oldScale)
                }
                if !(change > 1e-4) { break }
            }
        }
        effect = ComBat.SiteEffect(shift: newShift, scale: newScale, rawShift: shift, rawScale: scale)
    }
}

extension ComBat.Outcome: TabularOutcome {
    public var tables: [ResultTable] {
        let covariates = design.names.filter { $0 != "Intercept" }
        return [
            ResultTable(
                "ComBat", columns: ["feature", "common mean", "sd within sites"] + covariates,
                rows: features.enumerated().map { place, name in
                    [.text(name), .number(means[place]), .number(variances[place].squareRoot())]
                        + coefficients.row(place).map { .number($0) }
                },
                notes: [
                    "\(rows) complete rows at \(sites) sites; \(missing) left out. Each site harmonises its own features "
                        + "with these numbers; its own shift and scale stay there."
                ])
        ]
    }
}
