/// Newton's method with halved steps, one evaluation a round.
struct NewtonSearch: Codable, Sendable, Equatable {
    /// The point that the next round evaluates.
    var point: [Double]
    /// The best point so far, and the step that was tried from it.
    private(set) var best: [Double]?
    private(set) var bestValue = 0.0
    private(set) var halvings = 0
    private(set) var evaluations = 0
    /// The value, the score statistic and the information's diagonal at the first point, of zeros.
    private(set) var firstValue = 0.0
    private(set) var scoreStatistic = 0.0
    private(set) var firstDiagonal: [Double] = []

    enum Move: Equatable {
        case evaluate
        /// The last step, to the maximum.
        case found(step: [Double])
    }

    /// Steps (in spreads of a covariate) below this end the search: Newton's next would be its square.
    static let tolerance = 1e-10
    static let maximumEvaluations = 60

    init(columns: Int) { point = [Double](repeating: 0, count: columns) }

    /// Half way back, where the sums could not be made.
    mutating func retreat() throws(RoundsError) {
        guard let best, halvings < 30 else {
            throw .numerical("the linear predictor is too large to be summed: look at the offset and for outliers")
        }
        halvings += 1
        evaluations += 1
        point = zip(point, best).map { ($0 + $1) / 2 }
    }

    /// What to do after an evaluation at ``point``.
    ///
    /// - Throws: ``RoundsError/numerical(_:)`` for collinearity, separation, and a search without end; each names covariates.
    mutating func move(
        value: Double, gradient: [Double], information: Matrix, names: [String]
    ) throws(RoundsError) -> Move {
        evaluations += 1
        guard value.isFinite else { throw .numerical("the partial likelihood is no finite number") }
        let isFirst = best == nil
        if isFirst {
            try Collinearity.check(information, names: names)
            firstValue = value
            firstDiagonal = information.diagonal
        } else if value < bestValue - 1e-10 * max(1, abs(bestValue)), halvings < 30, let best {
            halvings += 1
            point = zip(point, best).map { ($0 + $1) / 2 }
            return .evaluate
        }
        let gain = value - bestValue
        best = point
        bestValue = value
        halvings = 0
        let solved: [Double]? = try? information.solved(gradient)
        guard let step = solved else { throw separation(information, [], names) }
        if isFirst { scoreStatistic = zip(step, gradient).reduce(0) { $0 + $1.0 * $1.1 } }
        let largest = step.map { abs($0) }.max() ?? 0
        if !isFirst {
            if largest <= Self.tolerance { return .found(step: step) }
            // The likelihood stands still and the coefficients do not: it has no maximum.
            let faded = zip(information.diagonal, firstDiagonal).contains { $0 < 1e-3 * $1 }
            if gain < 1e-5, largest > 0.05, faded { throw separation(information, step, names) }
        }
        guard evaluations < Self.maximumEvaluations else { throw separation(information, step, names) }
        point = zip(point, step).map { $0 + $1 }
        return .evaluate
    }

    /// The error for coefficients without a finite value, with the names of those that lost most of their information.
    private func separation(_ information: Matrix, _ step: [Double], _ names: [String]) -> RoundsError {
        let left = zip(information.diagonal, firstDiagonal).map { $1 > 0 ? $0 / $1 : 1 }
        let least = left.min() ?? 1
        let involved = zip(names, left).filter { $0.1 <= 3 * least }.map(\.0)
        return .numerical(
            "\(involved.prefix(5).joined(separator: ", ")) separates the events from the others (or all but), so that its "
                + "coefficient has no finite value: leave it out, or join a level to another")
    }
}
