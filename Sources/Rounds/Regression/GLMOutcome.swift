internal import Glibc

extension GLM {
    public struct Outcome: Codable, Sendable, Equatable {
        public struct Coefficient: Codable, Sendable, Equatable {
            public let name: String
            public let estimate: Double
            public let standardError: Double
            /// t for the gaussian, z for the others.
            public let statistic: Double
            public let p: Double
            /// The confidence interval.
            public let low: Double
            public let high: Double
            /// Variance inflation factor; nil for the intercept.
            public let vif: Double?
        }

        public let family: GLMFamily
        public let formula: Formula
        public let coefficients: [Coefficient]
        /// Of the coefficients, in their order.
        public let covariance: Matrix
        public let confidence: Double
        /// Complete rows, and what was left out.
        public let rows: Int64
        public let missing: ProtectedCount
        public let unknownLevel: ProtectedCount
        /// Rows (or their weights) less coefficients.
        public let residualDegrees: Double
        public let deviance: Double
        public let nullDeviance: Double
        public let logLikelihood: Double
        public let nullLogLikelihood: Double
        public let aic: Double
        public let bic: Double
        /// The residual variance for the gaussian, 1 for the others.
        public let dispersion: Double
        /// 1 − deviance / null deviance for the gaussian; nil for the others.
        public let rSquared: Double?
        /// McFadden's and Cox and Snell's pseudo R².
        public let mcFadden: Double
        public let coxSnell: Double
        public let iterations: Int
        public let sites: Int
    }

    func outcome(
        _ design: Design, _ fit: State.Fit, _ hessian: Matrix, _ sums: [Double], _ context: CombineContext
    ) throws(RoundsError) -> Outcome {
        let p = design.columns.count
        let n = fit.weight
        let degrees = n - Double(p)
        guard degrees > 0 else { throw .numerical("there are no more rows than coefficients") }
        if family == .gaussian, sums[2] <= 1e-28 * n * max(1, fit.null * fit.null) {
            throw .numerical("\(formula.left.first?.description ?? "the outcome") is the same in all complete rows")
        }
        let dispersion = family == .gaussian ? sums[0] / degrees : 1
        var covariance = try fit.scaling.covariance(try hessian.inverted())
        for place in covariance.values.indices { covariance.values[place] *= dispersion }
        let quantile =
            family == .gaussian
            ? Distributions.studentQuantile((1 + confidence) / 2, degrees: degrees)
            : Distributions.normalQuantile((1 + confidence) / 2)
        var vif = fit.vif[...]
        var coefficients: [Outcome.Coefficient] = []
        for (place, estimate) in fit.scaling.coefficients(fit.coefficients).enumerated() {
            let error = covariance[place, place].squareRoot()
            let statistic = estimate / error
            coefficients.append(
                .init(
                    name: design.names[place], estimate: estimate, standardError: error, statistic: statistic,
                    p: family == .gaussian
                        ? Distributions.studentTwoSided(statistic, degrees: degrees)
                        : Distributions.normalTwoSided(statistic),
                    low: estimate - quantile * error, high: estimate + quantile * error,
                    vif: place == design.intercept ? nil : vif.popFirst()))
        }
        let gaussian = { (squares: Double) in -n / 2 * (log(2 * Double.pi * squares / n) + 1) }
        let likelihood = family == .gaussian ? gaussian(sums[0]) : sums[1]
        let null = family == .gaussian ? gaussian(sums[2]) : sums[3]
        return Outcome(
            family: family, formula: formula, coefficients: coefficients, covariance: covariance,
            confidence: confidence, rows: fit.rows, missing: ProtectedCount(fit.missing, context.rules),
            unknownLevel: ProtectedCount(fit.unknownLevel, context.rules), residualDegrees: degrees,
            deviance: sums[0], nullDeviance: sums[2], logLikelihood: likelihood, nullLogLikelihood: null,
            aic: -2 * likelihood + 2 * Double(p), bic: -2 * likelihood + log(n) * Double(p), dispersion: dispersion,
            rSquared: family == .gaussian ? 1 - sums[0] / sums[2] : nil, mcFadden: 1 - likelihood / null,
            coxSnell: 1 - exp(2 * (null - likelihood) / n), iterations: fit.iteration + 1, sites: context.sites)
    }
}

extension GLM.Outcome: TabularOutcome {
    public var tables: [ResultTable] {
        let percent = ResultTable.Cell.shown(confidence * 100)
        let ratio: String? =
            switch family {
            case .gaussian: nil
            case .binomial: "odds ratio"
            case .poisson: "rate ratio"
            }
        var columns = ["term", "coefficient", "std. error", family == .gaussian ? "t" : "z", "p"]
        columns += ["\(percent) % from", "to"]
        if let ratio { columns += [ratio, "from", "to"] }
        columns.append("VIF")
        let rows = coefficients.map { term -> [ResultTable.Cell] in
            var row: [ResultTable.Cell] = [
                .text(term.name), .number(term.estimate), .number(term.standardError), .number(term.statistic),
                .p(term.p), .number(term.low), .number(term.high),
            ]
            if ratio != nil { row += [term.estimate, term.low, term.high].map { .number(exp($0)) } }
            return row + [term.vif.map { .number($0) } ?? .empty]
        }
        let fit: [(String, ResultTable.Cell)] = [
            ("rows", .count(self.rows)), ("residual degrees of freedom", .number(residualDegrees)),
            ("deviance", .number(deviance)), ("null deviance", .number(nullDeviance)),
            ("log-likelihood", .number(logLikelihood)), ("AIC", .number(aic)), ("BIC", .number(bic)),
            rSquared.map { ("R²", .number($0)) } ?? ("pseudo R² (McFadden)", .number(mcFadden)),
            ("iterations", .count(Int64(iterations))),
        ]
        return [
            ResultTable(
                "\(formula)", columns: columns, rows: rows,
                notes: [
                    "\(family.rawValue), \(self.rows) complete rows at \(sites) sites; left out: \(missing) with a "
                        + "missing value, \(unknownLevel) with a level that the plan does not know."
                ]),
            ResultTable("Fit", columns: ["measure", "value"], rows: fit.map { [.text($0.0), $0.1] }),
        ]
    }
}

extension GLM: WrittenPlan {
    public static var synopsis: String { "glm(gaussian|binomial|poisson, outcome ~ terms, weights=, confidence=0.95)" }
    public static var aliases: [String] { ["lm", "logistic", "poisson"] }

    public init(_ arguments: inout PlanArguments) throws(RoundsError) {
        let family: GLMFamily
        switch arguments.computation {
        case "lm": family = .gaussian
        case "logistic": family = .binomial
        case "poisson": family = .poisson
        default:
            let word = try arguments.name("a family, as in glm(binomial, event ~ age)")
            guard let known = GLMFamily(rawValue: word) else {
                throw .plan(
                    "there is no family \(word)" + NearestName.hint(word, among: GLMFamily.allCases.map(\.rawValue))
                        + " (families: gaussian, binomial, poisson)")
            }
            family = known
        }
        let weights = try arguments.text("weights")
        let confidence = try arguments.number("confidence") ?? 0.95
        self.init(family, try arguments.formula(), weights: weights, confidence: confidence)
    }
}
