/// What a site sends in each round.
extension CoxRegression {
    public func layout(_ state: State) throws(RoundsError) -> Layout {
        let columns = state.covariates.count
        let triangle = columns * (columns + 1) / 2
        var parts: [Layout.Part] = []
        switch state.stage {
        case .totals:
            parts = [.counts("rows", 4), .counts("of level", columns), .reals("sum", columns + 1)]
            if let search = state.search { parts.append(.counts("events", search.count)) }
        case .spread:
            parts = [.reals("square", columns)]
            if let search = state.search { parts.append(.counts("events", search.count)) }
        case .search:
            parts = [.counts("events", state.search?.count ?? 0)]
        case .newton where isStratifiedBySite:
            parts = [
                .counts("too far"), .reals("value"), .reals("gradient", columns), .reals("information", triangle),
                .reals("time"), .reals("timed gradient", columns), .reals("timed information", triangle),
                .reals("squared information", triangle),
            ]
        case .newton:
            let cells = state.cells
            let width = CoxSums.width(columns)
            parts = [
                .counts("too far"), .reals("risk", cells.count * width),
                .reals("tied", ties == .efron ? cells.tied.count * width : 0),
            ]
            if state.newton?.evaluations == 0 {
                let times = state.search?.found.count ?? 0
                parts += [.counts("leaving", times + 1), .counts("at", times), .reals("event sums", columns + 1)]
                if weights != nil { parts.append(.reals("event weights", cells.count)) }
            } else {
                parts.append(.reals("timed events", columns))
            }
        case .concordance:
            parts = [isStratifiedBySite ? .counts("pairs", 3) : .counts("bands", state.pairs?.count ?? 0)]
        }
        return Layout(parts)
    }

    public func local(_ table: CohortTable, _ state: State) throws(RoundsError) -> Contribution {
        let rows = try CoxRows(table, self, state.design, state.scaling)
        var contribution = Contribution()
        switch state.stage {
        case .totals:
            totals(rows, state, &contribution)
            try addEvents(rows, state, &contribution)
        case .spread:
            var squares = [Double](repeating: 0, count: rows.columns)
            for (place, value) in rows.covariates.enumerated() { squares[place % rows.columns] += value * value }
            contribution.add(reals: squares, as: "square")
            try addEvents(rows, state, &contribution)
        case .search:
            try addEvents(rows, state, &contribution)
        case .newton where isStratifiedBySite:
            try ownLikelihood(rows, state, &contribution)
        case .newton:
            try riskSums(rows, state, &contribution)
        case .concordance:
            guard let beta = state.fit?.scaledBeta else { throw .shape("there are no coefficients to score with") }
            let own = isStratifiedBySite ? ownCells(rows, state) : state.cells
            let predictors = try rows.predictors(beta)
            var scored: [(stratum: Int, slot: Int, key: Int)] = []
            for row in 0..<rows.count {
                guard let cell = own.cell(rows.ticks[row], stratum: rows.strata[row]) else { continue }
                scored.append(
                    (
                        rows.strata[row], ConcordanceSearch.slot(cell: cell, isEvent: rows.events[row]),
                        ConcordanceSearch.key(predictors[row])
                    ))
            }
            if isStratifiedBySite {
                let counts = Concordance.counts(scored)
                contribution.add(
                    counts: [Int64(counts.concordant), Int64(counts.discordant), Int64(counts.tied)], as: "pairs")
            } else {
                contribution.add(counts: try state.pairs?.counts(scored) ?? [], as: "bands")
            }
        }
        return contribution
    }

    private func ownCells(_ rows: CoxRows, _ state: State) -> CoxCells {
        CoxCells(ticks: rows.ticks, events: rows.events, strata: rows.strata, count: state.design.strata.count)
    }

    private func totals(_ rows: CoxRows, _ state: State, _ contribution: inout Contribution) {
        var sums = [Double](repeating: 0, count: rows.columns + 1)
        var present = [Int64](repeating: 0, count: rows.columns)
        for (place, value) in rows.covariates.enumerated() {
            sums[place % rows.columns] += value
            if value != 0 { present[place % rows.columns] += 1 }
        }
        sums[rows.columns] = rows.offsets.reduce(0, +)
        contribution.add(
            counts: [rows.count, rows.events.count { $0 }, rows.missing, rows.nonPositive].map { Int64($0) },
            as: "rows")
        contribution.add(counts: present, as: "of level")
        contribution.add(reals: sums, as: "sum")
    }

    private func addEvents(
        _ rows: CoxRows, _ state: State, _ contribution: inout Contribution
    ) throws(RoundsError) {
        guard let search = state.search else { return }
        let died = rows.ticks.indices.filter { rows.events[$0] }.map { (tick: rows.ticks[$0], group: rows.strata[$0]) }
        contribution.add(counts: try search.counts(died), as: "events")
    }

    private func riskSums(
        _ rows: CoxRows, _ state: State, _ contribution: inout Contribution
    ) throws(RoundsError) {
        guard let newton = state.newton, let search = state.search else { throw .shape("there is no point to sum at") }
        let cells = state.cells
        let sums = try CoxSums(rows, cells, beta: newton.point, ties: ties)
        contribution.add(counts: [sums.isTooFar ? 1 : 0], as: "too far")
        contribution.add(reals: sums.risk, as: "risk")
        contribution.add(reals: sums.tied, as: "tied")
        let ticks = search.found.map(\.tick)
        guard newton.evaluations == 0 else {
            guard state.transformed.count == ticks.count else { throw .shape("the event times have no transform") }
            contribution.add(
                reals: eventSums(rows) { row in
                    let place = ticks.countNotAfter(rows.ticks[row]) - 1
                    return place >= 0 ? state.transformed[place] : 0
                }, as: "timed events")
            return
        }
        var leaving = [Int64](repeating: 0, count: ticks.count + 1)
        var at = [Int64](repeating: 0, count: ticks.count)
        var offset = 0.0
        var cellWeights = [Double](repeating: 0, count: cells.count)
        for row in 0..<rows.count {
            let place = ticks.countNotAfter(rows.ticks[row])
            leaving[place] += 1
            if place > 0, ticks[place - 1] == rows.ticks[row] { at[place - 1] += 1 }
            guard rows.events[row] else { continue }
            offset += rows.weights[row] * rows.offsets[row]
            if let cell = cells.cell(rows.ticks[row], stratum: rows.strata[row]) {
                cellWeights[cell] += rows.weights[row]
            }
        }
        contribution.add(counts: leaving, as: "leaving")
        contribution.add(counts: at, as: "at")
        contribution.add(reals: eventSums(rows) { _ in 1 } + [offset], as: "event sums")
        if weights != nil { contribution.add(reals: cellWeights, as: "event weights") }
    }

    /// Σ w·f·x over the rows with an event.
    private func eventSums(_ rows: CoxRows, _ factor: (Int) -> Double) -> [Double] {
        var sums = [Double](repeating: 0, count: rows.columns)
        for row in 0..<rows.count where rows.events[row] {
            let weight = rows.weights[row] * factor(row)
            for column in 0..<rows.columns { sums[column] += weight * rows.covariates[row * rows.columns + column] }
        }
        return sums
    }

    /// A stratified site's own likelihood.
    private func ownLikelihood(
        _ rows: CoxRows, _ state: State, _ contribution: inout Contribution
    ) throws(RoundsError) {
        guard let newton = state.newton else { throw .shape("there is no point to sum at") }
        let cells = ownCells(rows, state)
        let sums = try CoxSums(rows, cells, beta: newton.point, ties: ties)
        var cellWeights = [Double](repeating: 0, count: cells.count)
        let predictors = try rows.predictors(newton.point)
        var value = 0.0
        var time = 0.0
        for row in 0..<rows.count where rows.events[row] {
            if let cell = cells.cell(rows.ticks[row], stratum: rows.strata[row]) {
                cellWeights[cell] += rows.weights[row]
            }
            value += rows.weights[row] * predictors[row]
            time += Double(rows.ticks[row])
        }
        let own = try PartialLikelihood(
            cells, columns: rows.columns, risk: sums.risk, tied: sums.tied, weights: weights == nil ? [] : cellWeights,
            times: cells.ticks.map { Double($0) }, ties: ties)
        func difference(_ first: [Double], _ second: [Double]) -> [Double] { zip(first, second).map { $0 - $1 } }
        contribution.add(counts: [sums.isTooFar ? 1 : 0], as: "too far")
        contribution.add(reals: [value + own.value], as: "value")
        contribution.add(reals: difference(eventSums(rows) { _ in 1 }, own.expected), as: "gradient")
        contribution.add(reals: own.information.triangle, as: "information")
        contribution.add(reals: [time], as: "time")
        contribution.add(
            reals: difference(eventSums(rows) { Double(rows.ticks[$0]) }, own.timedExpected), as: "timed gradient")
        contribution.add(reals: own.timedInformation.triangle, as: "timed information")
        contribution.add(reals: own.squaredInformation.triangle, as: "squared information")
    }
}

extension Matrix {
    /// The upper triangle of a symmetric matrix, row by row.
    var triangle: [Double] { (0..<rows).flatMap { row in (row..<max(row, columns)).map { self[row, $0] } } }

    /// The symmetric matrix of an upper triangle.
    init(triangle: [Double], order: Int) throws(RoundsError) {
        guard triangle.count == order * (order + 1) / 2 else { throw .shape("a triangle of a matrix has another size") }
        self.init(rows: order, columns: order)
        var place = 0
        for row in 0..<order {
            for column in row..<order {
                self[row, column] = triangle[place]
                self[column, row] = triangle[place]
                place += 1
            }
        }
    }
}
