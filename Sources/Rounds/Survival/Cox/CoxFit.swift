/// The maximum that was found, in scaled covariates, and the tests made there.
struct CoxFit: Codable, Sendable, Equatable {
    let scaledBeta: [Double]
    /// The inverse of the information.
    let covariance: Matrix
    let firstValue: Double
    let value: Double
    let wald: Double
    let score: Double
    let evaluations: Int
    /// The test of proportional hazards for each covariate, and for all.
    let proportionality: [Double]
    let proportionalityOfAll: Double?
    /// The baseline hazard of each cell.
    let hazards: [Double]

    init(_ newton: NewtonSearch, step: [Double], _ at: CoxEvaluation, events: Int) throws(RoundsError) {
        scaledBeta = zip(newton.point, step).map { $0 + $1 }
        covariance = try at.information.inverted()
        firstValue = newton.firstValue
        value = at.value
        wald = zip(scaledBeta, at.information.times(scaledBeta)).reduce(0) { $0 + $1.0 * $1.1 }
        score = newton.scoreStatistic
        evaluations = newton.evaluations
        hazards = at.hazards

        // The score test for x·(g(t) - mean): its information, less what the coefficients explain of it.
        let mean = at.meanTime
        let order = scaledBeta.count
        var crossed = Matrix(rows: order, columns: order)
        var own = crossed
        for row in 0..<order {
            for column in 0..<order {
                let plain = at.information[row, column]
                let timed = at.timedInformation[row, column]
                crossed[row, column] = timed - mean * plain
                own[row, column] = at.squaredInformation[row, column] - 2 * mean * timed + mean * mean * plain
            }
        }
        let explained = try crossed.times(covariance).times(crossed.transposed)
        for row in 0..<order {
            for column in 0..<order { own[row, column] -= explained[row, column] }
        }
        let gradient = zip(at.timedGradient, at.gradient).map { $0 - mean * $1 }
        proportionality = (0..<order).map { own[$0, $0] > 0 ? gradient[$0] * gradient[$0] / own[$0, $0] : 0 }
        let solved: [Double]? = try? own.solved(gradient)
        proportionalityOfAll = solved.map { zip($0, gradient).reduce(0) { $0 + $1.0 * $1.1 } }
    }
}
