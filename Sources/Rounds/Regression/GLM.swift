/// A generalised linear model by iteratively reweighted least squares: `glm(binomial, event ~ age + C(stage))`.
///
/// Each round a site sends XᵀWX, Xᵀ(y − μ), deviance and log-likelihood of its complete rows, at the coefficients that the
/// hub gave; the hub takes Newton's step on their sum. That is the pooled fit, to rounding. Weights are frequency weights.
/// The first round finds the columns' sizes, so that sums of products stay well conditioned.
public struct GLM: FederatedComputation {
    public static let name = "glm"
    /// After so many steps a fit that still moves has no end.
    static let maximumIterations = 60

    public let family: GLMFamily
    public let formula: Formula
    /// A variable with frequency weights.
    public let weights: String?
    /// The confidence of the intervals.
    public let confidence: Double

    public init(_ family: GLMFamily, _ formula: Formula, weights: String? = nil, confidence: Double = 0.95) {
        self.family = family
        self.formula = formula
        self.weights = weights
        self.confidence = confidence
    }

    public var variables: [String] {
        formula.variables + (weights.map { [$0] } ?? []).filter { !formula.variables.contains($0) }
    }

    public struct State: Codable, Sendable {
        let design: Design
        var fit: Fit?

        /// Known after the first round.
        struct Fit: Codable, Sendable {
            let rows: Int64
            let missing: Int64
            let unknownLevel: Int64
            let weight: Double
            let scaling: Standardisation
            /// Of the standardised columns.
            var coefficients: [Double]
            var null: Double
            var iteration = 0
            var step: [Double] = []
            var halvings = 0
            var deviance: Double?
            var vif: [Double] = []
        }
    }

    public func start(_ schema: Schema) throws(RoundsError) -> State {
        guard formula.left.count == 1 else {
            throw .plan("a model has one outcome before the ~, as in event ~ age")
        }
        guard formula.strata.isEmpty else { throw .plan("strata belong to survival models: use C(…) here") }
        guard confidence > 0, confidence < 1 else { throw .plan("a confidence lies between 0 and 1, as 0.95") }
        let design = try Design(formula, schema: schema, weights: weights)
        guard !design.columns.isEmpty else { throw .plan("the model has no term at all") }
        return State(design: design)
    }

    public func parameters(_ state: State) -> Int { state.design.columns.count }

    public func layout(_ state: State) -> Layout {
        let p = state.design.columns.count
        guard let fit = state.fit else {
            return Layout(
                .counts("rows", 3), .counts("ones", p), .reals("y", 3), .reals("x", p), .reals("xx", p), .reals("xy", p)
            )
        }
        var parts: [Layout.Part] = [.reals("hessian", p * p), .reals("gradient", p), .reals("fit", 6)]
        if fit.iteration == 0 { parts.append(.reals("gram", p * p)) }
        return Layout(parts)
    }

    public func local(_ table: CohortTable, _ state: State) throws(RoundsError) -> Contribution {
        let rows = try state.design.rows(of: table)
        let outcome = rows.left.first ?? []
        if let objection = family.objection(outcome) {
            throw .variable(formula.left.first?.description ?? "", "\(objection); \(family.rawValue) needs others")
        }
        guard let fit = state.fit else { return sizes(rows, outcome, state.design) }
        return products(rows, outcome, fit)
    }

    private func sizes(_ rows: DesignRows, _ outcome: [Double], _ design: Design) -> Contribution {
        let p = design.columns.count
        var ones = [Int64](repeating: 0, count: p)
        var x = [CompensatedSum](repeating: .init(), count: p)
        var xx = x
        var xy = x
        var y = [CompensatedSum](repeating: .init(), count: 3)
        for row in 0..<rows.count {
            let weight = rows.weights[row]
            y[0].add(weight)
            y[1].add(weight * outcome[row])
            y[2].add(weight * outcome[row] * outcome[row])
            for (column, value) in rows.matrix.row(row).enumerated() {
                if design.columns[column].isIndicator, value == 1 { ones[column] += 1 }
                x[column].add(weight * value)
                xx[column].add(weight * value * value)
                xy[column].add(weight * value * outcome[row])
            }
        }
        var contribution = Contribution()
        contribution.add(counts: [Int64(rows.count), Int64(rows.missing), Int64(rows.unknownLevel)], as: "rows")
        contribution.add(counts: ones, as: "ones")
        contribution.add(reals: y.map(\.value), as: "y")
        contribution.add(reals: x.map(\.value), as: "x")
        contribution.add(reals: xx.map(\.value), as: "xx")
        contribution.add(reals: xy.map(\.value), as: "xy")
        return contribution
    }

    private func products(_ rows: DesignRows, _ outcome: [Double], _ fit: State.Fit) -> Contribution {
        let matrix = fit.scaling.applied(to: rows.matrix)
        let eta = matrix.times(fit.coefficients)
        var weights = [Double](repeating: 0, count: rows.count)
        var gradient = [Double](repeating: 0, count: matrix.columns)
        // Deviance and log-likelihood of the model; then of the null model, with its gradient and curvature.
        var sums = [CompensatedSum](repeating: .init(), count: 6)
        for row in 0..<rows.count {
            let weight = rows.weights[row]
            let predictor = family.bounded(eta[row] + rows.offset[row])
            weights[row] = weight * family.variance(predictor)
            let residual = weight * (outcome[row] - family.mean(predictor))
            for (column, value) in matrix.row(row).enumerated() { gradient[column] += residual * value }
            sums[0].add(weight * family.deviance(outcome[row], predictor))
            sums[1].add(weight * family.logLikelihood(outcome[row], predictor))
            let null = family.bounded(fit.null + rows.offset[row])
            sums[2].add(weight * family.deviance(outcome[row], null))
            sums[3].add(weight * family.logLikelihood(outcome[row], null))
            sums[4].add(weight * (outcome[row] - family.mean(null)))
            sums[5].add(weight * family.variance(null))
        }
        var contribution = Contribution()
        contribution.add(reals: matrix.weightedGram(weights).values, as: "hessian")
        contribution.add(reals: gradient, as: "gradient")
        contribution.add(reals: sums.map(\.value), as: "fit")
        if fit.iteration == 0 { contribution.add(reals: matrix.weightedGram(rows.weights).values, as: "gram") }
        return contribution
    }
}

extension Design.Column {
    /// Whether it is 1 for some categories and 0 for all others.
    var isIndicator: Bool {
        !pieces.isEmpty
            && pieces.allSatisfy { if case .level = $0 { true } else { false } }
    }
}
