import Glibc

/// What a site sums at one point β: for each cell, over its rows, w·exp(η) times 1, x and the upper triangle of x·xᵀ.
///
/// A risk set is the sum of its cell and all later ones, which the hub adds up. The cells of ties have a second sum, over
/// their events, for Efron's method.
struct CoxSums {
    var risk: [Double]
    var tied: [Double]
    /// Whether a linear predictor was so large that the sums are worth nothing: the step must be smaller.
    var isTooFar = false

    /// exp of more than this (a hazard of 5e8 times the mean) is no longer summed.
    static let largestPredictor = 20.0

    static func width(_ columns: Int) -> Int { 1 + columns + columns * (columns + 1) / 2 }

    init(_ rows: CoxRows, _ cells: CoxCells, beta: [Double], ties: CoxRegression.Ties) throws(RoundsError) {
        let columns = rows.columns
        let width = Self.width(columns)
        let tiedCells = ties == .efron ? cells.tied : []
        var tiedPlace = [Int](repeating: -1, count: cells.count)
        for (place, cell) in tiedCells.enumerated() { tiedPlace[cell] = place }
        risk = [Double](repeating: 0, count: cells.count * width)
        tied = [Double](repeating: 0, count: tiedCells.count * width)
        let predictors = try rows.predictors(beta)
        for row in 0..<rows.count {
            guard let cell = cells.cell(rows.ticks[row], stratum: rows.strata[row]) else { continue }
            if predictors[row] > Self.largestPredictor { isTooFar = true }
            let hazard = rows.weights[row] * exp(min(predictors[row], Self.largestPredictor))
            let values = rows.covariates[row * columns..<(row + 1) * columns]
            Self.add(hazard, values, to: &risk, at: cell * width)
            // A row at a tied time without the event is in the cell, but not among its events.
            if rows.events[row], tiedPlace[cell] >= 0, cells.ticks[cell] == rows.ticks[row] {
                Self.add(hazard, values, to: &tied, at: tiedPlace[cell] * width)
            }
        }
    }

    private static func add(_ hazard: Double, _ values: ArraySlice<Double>, to sums: inout [Double], at start: Int) {
        sums[start] += hazard
        var place = start + 1
        for value in values {
            sums[place] += hazard * value
            place += 1
        }
        for first in values.indices {
            let scaled = hazard * values[first]
            for second in first..<values.endIndex {
                sums[place] += scaled * values[second]
                place += 1
            }
        }
    }
}
