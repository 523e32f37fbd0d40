/// What the hub makes of each round's sum.
extension CoxRegression {
    public func combine(
        _ sum: Contribution, _ state: State, _ context: CombineContext
    ) throws(RoundsError) -> Step<State, CoxOutcome> {
        var next = state
        switch state.stage {
        case .totals:
            try takeTotals(sum, &next, context)
            next.search = try narrowed(state.search, sum)
            next.stage = .spread
        case .spread:
            try takeSpread(sum, &next)
            next.search = try narrowed(state.search, sum)
            next.stage = .search
        case .search:
            next.search = try narrowed(state.search, sum)
        case .newton:
            try takeEvaluation(sum, &next, context)
        case .concordance:
            return try takePairs(sum, next, context)
        }
        if next.stage == .search, next.search?.isOver ?? true {
            next.stage = .newton
            next.newton = NewtonSearch(columns: next.covariates.count)
        }
        if next.stage == .newton, next.fit != nil {
            guard concordance, weights == nil else { return .done(try outcome(next, nil, context)) }
            next.stage = .concordance
            next.pairs = isStratifiedBySite ? nil : ConcordanceSearch(next.cells)
        }
        return .next(next)
    }

    private func narrowed(_ search: EventSearch?, _ sum: Contribution) throws(RoundsError) -> EventSearch? {
        guard let search else { return nil }
        return try search.narrowed(try sum.people("events"))
    }

    private func takeTotals(
        _ sum: Contribution, _ state: inout State, _ context: CombineContext
    ) throws(RoundsError) {
        let rows = try sum.people("rows")
        let present = try sum.people("of level")
        let sums = try sum.reals("sum")
        let columns = state.covariates.count
        guard rows.count == 4, sums.count == columns + 1, present.count == columns else {
            throw .shape("there are not the totals that were asked for")
        }
        let (count, events) = (rows[0], rows[1])
        let least = Int64(context.rules.minimumCell)
        guard count > 0 else { throw .numerical("no row has a time, an event and all covariates") }
        guard events > 0 else {
            throw .numerical("there is not one event in \(time.event) among the rows that can be used")
        }
        guard count >= least, events >= least else {
            throw .withheld("the model would stand on fewer than \(least) patients or events")
        }
        guard Double(columns) <= context.rules.parametersPerRow * Double(events) else {
            throw .withheld(
                "\(columns) coefficients are more than \(context.rules.parametersPerRow) for each event")
        }
        let pieces = state.design.columns.enumerated().filter { $0.offset != state.design.intercept }.map(\.element)
        for (column, found) in zip(pieces, present) where column.isOfCategories {
            guard found > 0 else { throw .numerical("no row has \(column.name): leave the level out or join it") }
            guard found >= least else { throw .withheld("\(column.name) stands for fewer than \(least) patients") }
        }
        state.exclusions = Exclusions(
            rows: Int(count), events: Int(events), missing: ProtectedCount(rows[2], context.rules),
            nonPositive: ProtectedCount(rows[3], context.rules))
        state.scaling = CoxScaling(
            means: sums.dropLast().map { $0 / Double(count) }, scales: Array(repeating: 1, count: columns),
            offsetMean: sums[columns] / Double(count))
    }

    private func takeSpread(_ sum: Contribution, _ state: inout State) throws(RoundsError) {
        let squares = try sum.reals("square")
        guard let scaling = state.scaling, let rows = state.exclusions?.rows, squares.count == scaling.means.count
        else { throw .shape("there are not the squares that were asked for") }
        for (column, name) in state.covariates.enumerated() {
            let spread = (max(0, squares[column]) / Double(max(1, rows))).squareRoot()
            guard spread > 1e-12 * max(1e-6, abs(scaling.means[column])) else {
                throw .variable(name, "has the same value in all rows that can be used: leave it out")
            }
            state.scaling?.scales[column] = spread
        }
    }

    private func takeEvaluation(
        _ sum: Contribution, _ state: inout State, _ context: CombineContext
    ) throws(RoundsError) {
        guard var newton = state.newton else { throw .shape("there is no point that was evaluated") }
        let names = state.covariates
        if try sum.people("too far").contains(where: { $0 > 0 }) {
            try newton.retreat()
            state.newton = newton
            return
        }
        if newton.evaluations == 0, !isStratifiedBySite { try takeFirst(sum, &state) }
        let evaluation = try isStratifiedBySite ? CoxEvaluation(sites: sum, state) : CoxEvaluation(sum, state, ties)
        switch try newton.move(
            value: evaluation.value, gradient: evaluation.gradient, information: evaluation.information, names: names)
        {
        case .evaluate: break
        case .found(let step):
            state.fit = try CoxFit(newton, step: step, evaluation, events: state.exclusions?.events ?? 0)
        }
        state.newton = newton
    }

    /// What is counted once: the events' own sums, and who is at risk, for the transform of time.
    private func takeFirst(_ sum: Contribution, _ state: inout State) throws(RoundsError) {
        state.eventSums = try sum.reals("event sums")
        if weights != nil { state.eventWeights = try sum.reals("event weights") }
        let leaving = try sum.people("leaving").map { Int($0) }
        let at = try sum.people("at").map { Int($0) }
        let found = state.search?.found ?? []
        guard leaving.count == found.count + 1, at.count == found.count else {
            throw .shape("there are not the counts of patients at risk")
        }
        let all = leaving.reduce(0, +)
        var atRisk = all - leaving[0]
        var survival = 1.0
        state.transformed = found.enumerated().map { place, time in
            defer {
                survival *= 1 - Double(time.events.reduce(0, +)) / Double(max(1, atRisk))
                atRisk -= leaving[place + 1]
            }
            switch timeTransform {
            case .identity: return Double(time.tick)
            case .rank: return Double(all - atRisk) + Double(at[place] + 1) / 2
            case .km: return 1 - survival
            }
        }
    }

    private func takePairs(
        _ sum: Contribution, _ state: State, _ context: CombineContext
    ) throws(RoundsError) -> Step<State, CoxOutcome> {
        if isStratifiedBySite {
            let counts = try sum.people("pairs").map { Int($0) }
            guard counts.count == 3 else { throw .shape("there are not the counts of pairs") }
            return .done(
                try outcome(
                    state, Concordance(concordant: counts[0], discordant: counts[1], tied: counts[2]), context))
        }
        guard let pairs = try state.pairs?.narrowed(try sum.people("bands")) else {
            throw .shape("there are no bands of scores")
        }
        guard !pairs.isOver else { return .done(try outcome(state, pairs.outcome, context)) }
        var next = state
        next.pairs = pairs
        return .next(next)
    }
}

extension Design.Column {
    /// Whether the column is 1 or 0 by the levels of categories.
    var isOfCategories: Bool {
        !pieces.isEmpty && pieces.allSatisfy { if case .level = $0 { true } else { false } }
    }
}
