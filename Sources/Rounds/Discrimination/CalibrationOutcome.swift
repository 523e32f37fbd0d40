extension Calibration {
    public struct Outcome: Codable, Sendable, Equatable {
        public struct Group: Codable, Sendable, Equatable {
            public let rows: ProtectedCount
            /// The mean prediction; nil where too few patients are in the group.
            public let predicted: Double?
            /// The share of events; nil where it would show a small number.
            public let observed: Double?
        }
        public let formula: Formula
        public let rows: Int64
        public let missing: ProtectedCount
        /// The mean squared difference between prediction and event.
        public let brier: Double
        /// The mean prediction, and the share of events.
        public let predicted: Double
        public let observed: Double
        /// Of the logistic regression on the logit: 1 for a perfect model, less for one that is too sure of itself.
        public let slope: GLM.Outcome.Coefficient
        /// With the logit as offset: 0 for a perfect model.
        public let intercept: GLM.Outcome.Coefficient
        /// Hosmer and Lemeshow's chi-squared with two degrees fewer than groups; nil where a group is not shown.
        public let hosmerLemeshow: ContingencyTests.ChiSquared?
        public let groups: [Group]
        public let sites: Int

        init(
            formula: Formula, sums: State.Sums, slope: GLM.Outcome, intercept: GLM.Outcome, counts: [Int64],
            events: [Int64], predicted: [Double], _ context: CombineContext
        ) throws(RoundsError) {
            guard counts.count == events.count, counts.count == predicted.count, slope.coefficients.count == 2,
                let large = intercept.coefficients.first
            else { throw .shape("the groups have not their sums") }
            let cell = Int64(context.rules.minimumCell)
            var chi = 0.0
            var hidden = false
            groups = counts.indices.map { group in
                let (n, event) = (counts[group], events[group])
                let mean = n > 0 ? predicted[group] / Double(n) : 0
                if n > 0 {
                    let expected = Double(n) * mean
                    chi += (Double(event) - expected) * (Double(event) - expected) / (expected * (1 - mean))
                }
                let isSmall = (event > 0 && event < cell) || (n - event > 0 && n - event < cell)
                hidden = hidden || isSmall
                return Group(
                    rows: ProtectedCount(n, context.rules), predicted: n >= max(1, cell) ? mean : nil,
                    observed: n >= max(1, cell) && !isSmall ? Double(event) / Double(n) : nil)
            }
            let degrees = counts.count { $0 > 0 } - 2
            hosmerLemeshow =
                hidden || degrees < 1 || !chi.isFinite
                ? nil
                : .init(
                    statistic: chi, degrees: degrees, p: Distributions.chiSquaredUpper(chi, degrees: Double(degrees)))
            let n = Double(sums.rows)
            self.formula = formula
            rows = sums.rows
            missing = ProtectedCount(sums.missing, context.rules)
            brier = sums.brier / n
            self.predicted = sums.predicted / n
            observed = Double(sums.events) / n
            self.slope = slope.coefficients[1]
            self.intercept = large
            sites = context.sites
        }
    }
}

extension Calibration.Outcome: TabularOutcome {
    public var tables: [ResultTable] {
        var measures: [[ResultTable.Cell]] = [
            [.text("Brier score"), .number(brier), .empty, .empty],
            [.text("mean prediction"), .number(predicted), .empty, .empty],
            [.text("share of events"), .number(observed), .empty, .empty],
            [.text("intercept"), .number(intercept.estimate), .number(intercept.low), .number(intercept.high)],
            [.text("slope"), .number(slope.estimate), .number(slope.low), .number(slope.high)],
        ]
        if let test = hosmerLemeshow {
            measures.append([
                .text("Hosmer–Lemeshow (p \(ResultTable.Cell.p(test.p).shown))"), .number(test.statistic), .empty,
                .empty,
            ])
        }
        return [
            ResultTable(
                "Calibration", columns: ["measure", "value", "95 % from", "to"], rows: measures,
                notes: ["\(rows) complete rows at \(sites) sites; \(missing) left out."]),
            ResultTable(
                "Groups by prediction", columns: ["group", "rows", "predicted", "observed"],
                rows: groups.enumerated().map {
                    [.count(Int64($0 + 1)), .count($1.rows), .number($1.predicted), .number($1.observed)]
                }),
        ]
    }
}
