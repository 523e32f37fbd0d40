import Glibc

/// One site's complete rows for a Cox model: times, events, strata and covariates, centred and scaled.
struct CoxRows {
    let columns: Int
    private(set) var ticks: [Int] = []
    private(set) var events: [Bool] = []
    private(set) var strata: [Int] = []
    private(set) var weights: [Double] = []
    /// Less the mean offset of all sites.
    private(set) var offsets: [Double] = []
    /// Row by row.
    private(set) var covariates: [Double] = []
    let missing: Int
    let nonPositive: Int

    var count: Int { ticks.count }

    init(
        _ table: CohortTable, _ plan: CoxRegression, _ design: Design, _ scaling: CoxScaling?
    ) throws(RoundsError) {
        let survival = try SurvivalRows(table, plan.time)
        let complete = try design.rows(of: table)
        let wanted = design.columns.indices.filter { $0 != design.intercept }
        columns = wanted.count
        if let scaling {
            guard scaling.means.count == columns, scaling.scales.count == columns else {
                throw .shape("the means and spreads are not of this model")
            }
        }
        var place = [Int](repeating: -1, count: table.rows)
        for (row, tableRow) in complete.tableRows.enumerated() { place[tableRow] = row }
        for (index, tableRow) in survival.rows.enumerated() where place[tableRow] >= 0 {
            let row = place[tableRow]
            ticks.append(survival.ticks[index])
            events.append(survival.events[index])
            strata.append(complete.strata[row])
            weights.append(complete.weights[row])
            offsets.append(complete.offset[row] - (scaling?.offsetMean ?? 0))
            for (column, source) in wanted.enumerated() {
                let value = complete.matrix[row, source]
                guard value.isFinite else { throw .variable(design.columns[source].name, "holds an infinite value") }
                if let scaling {
                    covariates.append((value - scaling.means[column]) / scaling.scales[column])
                } else {
                    covariates.append(value)
                }
            }
        }
        missing = table.rows - survival.nonPositive - ticks.count
        nonPositive = survival.nonPositive
    }

    /// The linear predictor of each row.
    func predictors(_ beta: [Double]) throws(RoundsError) -> [Double] {
        guard beta.count == columns else { throw .shape("the coefficients are not of this model") }
        var predictors = offsets
        for row in predictors.indices {
            for column in 0..<columns { predictors[row] += beta[column] * covariates[row * columns + column] }
        }
        return predictors
    }
}
