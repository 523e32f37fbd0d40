/// The partial likelihood at a point, with what the test of proportional hazards needs of it.
struct CoxEvaluation {
    let value: Double
    let gradient: [Double]
    let information: Matrix
    /// The gradient, and the information, with each event weighted by its transformed time.
    let timedGradient: [Double]
    let timedInformation: Matrix
    let squaredInformation: Matrix
    /// The mean transformed time of the events.
    let meanTime: Double
    /// The baseline hazard of each cell; none where each site has its own.
    let hazards: [Double]

    /// From the sums of the cells.
    init(_ sum: Contribution, _ state: CoxRegression.State, _ ties: CoxRegression.Ties) throws(RoundsError) {
        let cells = state.cells
        let columns = state.covariates.count
        guard let newton = state.newton, state.eventSums.count == columns + 1,
            state.transformed.count == state.search?.found.count
        else { throw .shape("the events' own sums are missing") }
        let times = cells.times.map { state.transformed[$0] }
        let likelihood = try PartialLikelihood(
            cells, columns: columns, risk: try sum.reals("risk"), tied: try sum.reals("tied"),
            weights: state.eventWeights, times: times, ties: ties)
        value =
            likelihood.value + zip(newton.point, state.eventSums).reduce(0) { $0 + $1.0 * $1.1 }
            + state.eventSums[columns]
        gradient = zip(state.eventSums, likelihood.expected).map { $0 - $1 }
        information = likelihood.information
        // The first evaluation has no transform yet; it is never the last.
        let timed = newton.evaluations == 0 ? likelihood.timedExpected : try sum.reals("timed events")
        timedGradient = zip(timed, likelihood.timedExpected).map { $0 - $1 }
        timedInformation = likelihood.timedInformation
        squaredInformation = likelihood.squaredInformation
        hazards = likelihood.hazards
        meanTime =
            zip(times, cells.events).reduce(0) { $0 + $1.0 * Double($1.1) }
            / Double(max(1, cells.events.reduce(0, +)))
    }

    /// From the sums of the sites' own likelihoods.
    init(sites sum: Contribution, _ state: CoxRegression.State) throws(RoundsError) {
        let columns = state.covariates.count
        guard let value = try sum.reals("value").first, let time = try sum.reals("time").first else {
            throw .shape("a likelihood is missing")
        }
        self.value = value
        gradient = try sum.reals("gradient")
        timedGradient = try sum.reals("timed gradient")
        information = try Matrix(triangle: try sum.reals("information"), order: columns)
        timedInformation = try Matrix(triangle: try sum.reals("timed information"), order: columns)
        squaredInformation = try Matrix(triangle: try sum.reals("squared information"), order: columns)
        meanTime = time / Double(max(1, state.exclusions?.events ?? 0))
        hazards = []
    }
}
