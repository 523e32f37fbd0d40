/// ComBat: takes the differences between sites (scanners, protocols) out of features, and keeps those that covariates
/// explain: `combat(volume, thickness ~ age + C(sex))`. The batch is the site.
///
/// Johnson, Li and Rabinovic (Biostatistics 2007), Fortin et al. (NeuroImage 2018), as `neuroCombat` computes it. The hub
/// needs sums only: coefficients of the covariates from cross products within sites, the common mean, and the pooled
/// variance. The rest (location and scale of the site, empirical Bayes) concerns one site, and is done there by
/// ``Outcome/harmonised(_:)`` with the outcome.
public struct ComBat: FederatedComputation {
    public static let name = "combat"

    /// The features before the ~, the covariates to be kept behind it (`~ 1` for none).
    public let formula: Formula

    public init(_ formula: Formula) {
        self.formula = formula
    }

    public var variables: [String] { formula.variables }

    public struct State: Codable, Sendable {
        let design: Design
        /// After the first round: rows of the features, columns of the covariates.
        var coefficients: Matrix?
        var means: [Double] = []
        var rows: Int64 = 0
        var missing: Int64 = 0
    }

    private var features: [String] { formula.left.map(\.description) }

    public func start(_ schema: Schema) throws(RoundsError) -> State {
        guard formula.left.count >= 2, formula.left.count <= Design.maximumColumns else {
            throw .plan("ComBat needs two features or more before the ~, as it learns from one for the others")
        }
        for feature in formula.left {
            guard case .variable = feature else { throw .plan("ComBat's features are variables, not \(feature)") }
        }
        guard formula.hasIntercept, formula.offsets.isEmpty, formula.strata.isEmpty else {
            throw .plan("ComBat knows covariates only: no - 1, offset or strata")
        }
        return State(design: try Design(formula, schema: schema))
    }

    public func parameters(_ state: State) -> Int { state.design.columns.count }

    public func layout(_ state: State) -> Layout {
        let (p, g) = (state.design.columns.count - 1, formula.left.count)
        guard state.coefficients == nil else { return Layout(.reals("residual", g)) }
        return Layout(
            .counts("rows", 2), .reals("x", p), .reals("y", g), .reals("xx", p * p), .reals("xy", p * g),
            .reals("yy", g))
    }

    public func local(_ table: CohortTable, _ state: State) throws(RoundsError) -> Contribution {
        let site = try Site(table, state.design)
        var contribution = Contribution()
        if let coefficients = state.coefficients {
            contribution.add(
                reals: site.features.indices.map { feature in
                    site.residuals(feature, Array(coefficients.row(feature))).map { $0 * $0 }.compensatedSum
                }, as: "residual")
            return contribution
        }
        contribution.add(counts: [Int64(site.rows), Int64(site.missing)], as: "rows")
        contribution.add(reals: site.covariates.map(\.compensatedSum), as: "x")
        contribution.add(reals: site.features.map(\.compensatedSum), as: "y")
        let x = site.covariates.map(Site.centered)
        let y = site.features.map(Site.centered)
        contribution.add(reals: x.flatMap { first in x.map { Site.product(first, $0) } }, as: "xx")
        contribution.add(reals: x.flatMap { first in y.map { Site.product(first, $0) } }, as: "xy")
        contribution.add(reals: y.map { Site.product($0, $0) }, as: "yy")
        return contribution
    }

    public func combine(
        _ sum: Contribution, _ state: State, _ context: CombineContext
    ) throws(RoundsError) -> Step<State, Outcome> {
        if let coefficients = state.coefficients {
            return .done(
                Outcome(
                    design: state.design, features: features, coefficients: coefficients, means: state.means,
                    variances: try sum.reals("residual").map { $0 / Double(state.rows) }, rows: state.rows,
                    missing: ProtectedCount(state.missing, context.rules), sites: context.sites))
        }
        let rows = try sum.patients("rows")
        let (p, g) = (state.design.columns.count - 1, formula.left.count)
        guard rows.count == 2 else { throw .shape("two counts of rows are expected") }
        try context.require(rows: rows[0], for: "the harmonisation")
        try context.require(parameters: p + 1, rows: rows[0])
        for (name, squares) in zip(features, try sum.reals("yy")) where !(squares > 0) {
            throw .numerical("\(name) has the same value in all complete rows of each site: leave it out")
        }
        var next = state
        next.coefficients = try coefficients(
            try Matrix(rows: p, columns: p, try sum.reals("xx")), try Matrix(rows: p, columns: g, try sum.reals("xy")),
            state.design)
        let n = Double(rows[0])
        let x = try sum.reals("x").map { $0 / n }
        next.means = zip(try sum.reals("y"), next.coefficients?.times(x) ?? []).map { $0 / n - $1 }
        next.rows = rows[0]
        next.missing = rows[1]
        return .next(next)
    }

    /// Solved at the scale of one, so that units do not matter.
    private func coefficients(_ xx: Matrix, _ xy: Matrix, _ design: Design) throws(RoundsError) -> Matrix {
        var solved = Matrix(rows: xy.columns, columns: xx.rows)
        guard xx.rows > 0 else { return solved }
        try Collinearity.check(xx, names: Array(design.names.filter { $0 != "Intercept" }))
        let scale = xx.diagonal.map { $0.squareRoot() }
        var scaled = xx
        for row in 0..<xx.rows {
            for column in 0..<xx.rows { scaled[row, column] /= scale[row] * scale[column] }
        }
        for feature in 0..<xy.columns {
            let solution = try scaled.solved((0..<xx.rows).map { xy[$0, feature] / scale[$0] })
            for row in 0..<xx.rows { solved[feature, row] = solution[row] / scale[row] }
        }
        return solved
    }
}

extension ComBat {
    /// A site's complete rows, column by column.
    struct Site {
        let covariates: [[Double]]
        let features: [[Double]]
        let rows: Int
        let missing: Int
        let tableRows: [Int]

        init(_ table: CohortTable, _ design: Design) throws(RoundsError) {
            let complete = try design.rows(of: table)
            let kept = (0..<complete.matrix.columns).filter { $0 != design.intercept }
            covariates = kept.map { column in (0..<complete.count).map { complete.matrix[$0, column] } }
            features = complete.left
            rows = complete.count
            missing = complete.missing + complete.unknownLevel
            tableRows = complete.tableRows
        }

        static func centered(_ values: [Double]) -> [Double] {
            guard !values.isEmpty else { return [] }
            let mean = values.compensatedSum / Double(values.count)
            return values.map { $0 - mean }
        }

        static func product(_ first: [Double], _ second: [Double]) -> Double {
            zip(first, second).map { $0 * $1 }.compensatedSum
        }

        /// What the covariates do not explain of a feature, around the site's own mean.
        func residuals(_ feature: Int, _ coefficients: [Double]) -> [Double] {
            Self.centered(
                features[feature].indices.map { row in
                    features[feature][row] - zip(covariates, coefficients).reduce(0) { $0 + $1.0[row] * $1.1 }
                })
        }
    }
}

extension ComBat: WrittenPlan {
    public static var synopsis: String { "combat(feature, feature, … ~ covariates)" }

    public init(_ arguments: inout PlanArguments) throws(RoundsError) {
        self.init(try arguments.formula())
    }
}
