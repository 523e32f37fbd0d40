import Glibc

/// The value, gradient and information of Cox's partial likelihood at one point, from the sums of the cells.
struct PartialLikelihood {
    /// Without the part that the events' own covariates give: Σ over the events of -log of the risk set's sum.
    private(set) var value = 0.0
    /// What the gradient expects of the events: Σ of the risk sets' mean covariates.
    private(set) var expected: [Double]
    private(set) var information: Matrix
    /// The same with each event weighted by its transformed time, and (information only) by its square.
    private(set) var timedExpected: [Double]
    private(set) var timedInformation: Matrix
    private(set) var squaredInformation: Matrix
    /// The baseline hazard of each cell, at covariates of zero.
    private(set) var hazards: [Double]

    /// - Parameters:
    ///   - weights: Σ w over the events of each cell; empty for their number.
    ///   - times: the transformed time of each cell; empty where it is not asked for.
    init(
        _ cells: CoxCells, columns: Int, risk: [Double], tied: [Double], weights: [Double], times: [Double],
        ties: CoxRegression.Ties
    ) throws(RoundsError) {
        let width = CoxSums.width(columns)
        let tiedCells = ties == .efron ? cells.tied : []
        guard risk.count == cells.count * width, tied.count == tiedCells.count * width,
            weights.isEmpty || weights.count == cells.count, times.isEmpty || times.count == cells.count
        else { throw .shape("there are not the sums of the risk sets") }
        expected = [Double](repeating: 0, count: columns)
        timedExpected = expected
        information = Matrix(rows: columns, columns: columns)
        timedInformation = information
        squaredInformation = information
        hazards = [Double](repeating: 0, count: cells.count)
        var nextTied = tiedCells.count - 1
        for range in cells.ranges.reversed() {
            var sums = [Double](repeating: 0, count: width)
            for cell in range.reversed() {
                for place in 0..<width { sums[place] += risk[cell * width + place] }
                let events = cells.events[cell]
                let weight = weights.isEmpty ? Double(events) : weights[cell]
                let time = times.isEmpty ? 0 : times[cell]
                if nextTied >= 0, tiedCells[nextTied] == cell {
                    // Efron: of d tied events the k-th sees k/d of the others' share gone.
                    let own = tied[nextTied * width..<(nextTied + 1) * width]
                    nextTied -= 1
                    for step in 0..<events {
                        let gone = Double(step) / Double(events)
                        let left = zip(sums, own).map { $0 - gone * $1 }
                        add(left, weight: weight / Double(events), time: time, cell: cell)
                    }
                } else {
                    add(sums, weight: weight, time: time, cell: cell)
                }
            }
        }
        for first in 0..<columns {
            for second in 0..<first {
                information[first, second] = information[second, first]
                timedInformation[first, second] = timedInformation[second, first]
                squaredInformation[first, second] = squaredInformation[second, first]
            }
        }
    }

    /// One event (or several that see the same risk set).
    private mutating func add(_ sums: [Double], weight: Double, time: Double, cell: Int) {
        let total = sums[0]
        guard total > 0, weight > 0 else { return }
        let columns = expected.count
        value -= weight * log(total)
        hazards[cell] += weight / total
        var place = 1 + columns
        for first in 0..<columns {
            let mean = sums[1 + first] / total
            expected[first] += weight * mean
            timedExpected[first] += weight * time * mean
            for second in first..<columns {
                let variance = weight * (sums[place] / total - mean * sums[1 + second] / total)
                place += 1
                information[first, second] += variance
                timedInformation[first, second] += time * variance
                squaredInformation[first, second] += time * time * variance
            }
        }
    }
}
