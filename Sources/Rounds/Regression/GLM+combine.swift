extension GLM {
    public func combine(
        _ sum: Contribution, _ state: State, _ context: CombineContext
    ) throws(RoundsError) -> Step<State, Outcome> {
        guard let fit = state.fit else {
            var next = state
            next.fit = try first(sum, state.design, context)
            return .next(next)
        }
        return try step(sum, state, fit, context)
    }

    /// After the first round: whether there is enough to fit, and from where Newton's method starts.
    private func first(
        _ sum: Contribution, _ design: Design, _ context: CombineContext
    ) throws(RoundsError) -> State.Fit {
        let counts = try sum.patients("rows")
        let y = try sum.reals("y")
        guard counts.count == 3, y.count == 3 else { throw .shape("the sums of the first round are incomplete") }
        try context.require(rows: counts[0], for: "the model")
        try context.require(parameters: design.columns.count, rows: counts[0])
        guard counts[0] > design.columns.count else {
            throw .numerical("\(design.columns.count) coefficients cannot be estimated from so few complete rows")
        }
        guard y[0] > 0 else { throw .numerical("all weights are zero") }
        let mean = y[1] / y[0]
        let outcome = formula.left.first?.description ?? "the outcome"
        switch family {
        case .gaussian: break
        case .binomial, .poisson:
            if y[1] == 0 { throw .numerical("\(outcome) is 0 in all complete rows: there is no event") }
            if family == .binomial, y[1] == y[0] { throw .numerical("\(outcome) is 1 in all complete rows") }
        }
        let rare = min(y[1], family == .binomial ? y[0] - y[1] : y[1])
        if family == .binomial, weights == nil, rare < Double(context.rules.minimumCell) {
            throw .withheld("fewer than \(context.rules.minimumCell) patients have one of the two outcomes")
        }
        for (name, ones) in zip(design.names, try sum.patients("ones"))
        where ones > 0 && ones < context.rules.minimumCell {
            throw .withheld(
                "fewer than \(context.rules.minimumCell) patients are in \(name): join levels, or leave it out")
        }
        try separation(design, y, try sum.reals("x"), try sum.reals("xy"), outcome)
        let scaling = Standardisation(
            sums: try sum.reals("x"), squares: try sum.reals("xx"), weight: y[0], intercept: design.intercept)
        var coefficients = [Double](repeating: 0, count: design.columns.count)
        if let intercept = design.intercept, formula.offsets.isEmpty { coefficients[intercept] = family.link(mean) }
        return State.Fit(
            rows: counts[0], missing: counts[1], unknownLevel: counts[2], weight: y[0], scaling: scaling,
            coefficients: coefficients, null: formula.offsets.isEmpty ? family.link(mean) : 0)
    }

    /// A category without an event, or with events only, has an infinite coefficient.
    private func separation(
        _ design: Design, _ y: [Double], _ x: [Double], _ xy: [Double], _ outcome: String
    ) throws(RoundsError) {
        guard family != .gaussian else { return }
        for (place, column) in design.columns.enumerated() where column.isIndicator && x[place] > 0 {
            let never = xy[place] == 0
            let always = family == .binomial && xy[place] == x[place]
            if never || always {
                throw .numerical(
                    "\(outcome) is \(never ? "0" : "1") in all rows with \(column.name) (separation): its coefficient is "
                        + "infinite; join levels, or leave it out")
            }
        }
    }

    private func step(
        _ sum: Contribution, _ state: State, _ fit: State.Fit, _ context: CombineContext
    ) throws(RoundsError) -> Step<State, Outcome> {
        let p = state.design.columns.count
        let sums = try sum.reals("fit")
        let gradient = try sum.reals("gradient")
        let hessian = try Matrix(rows: p, columns: p, try sum.reals("hessian"))
        guard sums.count == 6 else { throw .shape("the sums of a fit are six") }
        var next = fit
        if fit.iteration == 0 {
            let gram = try Matrix(rows: p, columns: p, try sum.reals("gram"))
            try checkColumns(gram, state.design, fit.weight)
            next.vif = try Self.vif(gram, intercept: state.design.intercept)
        }
        if let before = fit.deviance, sums[0] > before + 1e-9 * (abs(before) + 1), fit.halvings < 30 {
            for column in next.coefficients.indices {
                next.step[column] /= 2
                next.coefficients[column] -= next.step[column]
            }
            next.halvings += 1
            return .next(State(design: state.design, fit: next))
        }
        let move: [Double]
        do throws(RoundsError) { move = try hessian.solved(gradient) } catch {
            guard family == .gaussian else { throw diverged(state.design, fit.step) }
            throw error
        }
        let nullMove = sums[5] > 0 ? sums[4] / sums[5] : 0
        let size = max(abs(nullMove), move.map { abs($0) }.max() ?? 0) / scaleOfOutcome(fit, sums)
        let sizeBefore = (fit.step.map { abs($0) }.max() ?? .infinity) / scaleOfOutcome(fit, sums)
        // Newton's error is squared at each step; at the end it is rounding, which no longer halves.
        let isDone = size < 1e-12 || (size < 1e-9 && size > sizeBefore / 2)
        for column in next.coefficients.indices { next.coefficients[column] += move[column] }
        if isDone {
            return .done(try outcome(state.design, next, hessian, sums, context))
        }
        if family != .gaussian, sums[0] < 1e-7 * fit.weight, family == .binomial {
            throw .numerical(
                "the predictors separate the outcomes completely (separation): no finite coefficients fit best; leave "
                    + "out predictors")
        }
        next.null += nullMove
        next.step = move
        next.halvings = 0
        next.deviance = sums[0]
        next.iteration += 1
        guard next.iteration <= Self.maximumIterations else { throw diverged(state.design, move) }
        if let before = fit.deviance, fit.iteration > 15, size > 0.1, abs(before - sums[0]) < 1e-4 * (sums[0] + 1) {
            throw diverged(state.design, move)
        }
        return .next(State(design: state.design, fit: next))
    }

    private func scaleOfOutcome(_ fit: State.Fit, _ sums: [Double]) -> Double {
        // Coefficients of the other families are logarithms, of size 1; those of the gaussian have the outcome's unit.
        family == .gaussian ? max((sums[2] / fit.weight).squareRoot(), .leastNormalMagnitude) : 1
    }

    private func checkColumns(_ gram: Matrix, _ design: Design, _ weight: Double) throws(RoundsError) {
        let constant = design.names.indices.filter { $0 != design.intercept && gram[$0, $0] < 1e-12 * weight }
        guard constant.isEmpty else {
            let names = constant.map { design.names[$0] }.joined(separator: ", ")
            throw .numerical("\(names) has the same value in all complete rows: leave it out")
        }
        try Collinearity.check(gram, names: design.names)
    }

    private func diverged(_ design: Design, _ move: [Double]) -> RoundsError {
        let largest = move.map { abs($0) }.max() ?? 0
        let names = zip(design.names, move).filter { abs($0.1) > 0.3 * largest }.map(\.0).prefix(6)
        return .numerical(
            "the fit has no end (separation): the coefficients of \(names.joined(separator: ", ")) grow without bound; "
                + "leave them out or join levels")
    }

    /// Variance inflation: the diagonal of the inverse correlation matrix of the columns.
    static func vif(_ gram: Matrix, intercept: Int?) throws(RoundsError) -> [Double] {
        let kept = (0..<gram.rows).filter { $0 != intercept }
        guard !kept.isEmpty else { return [] }
        var correlation = Matrix(rows: kept.count, columns: kept.count)
        for (row, first) in kept.enumerated() {
            for (column, second) in kept.enumerated() {
                correlation[row, column] =
                    gram[first, second] / (gram[first, first] * gram[second, second]).squareRoot()
            }
        }
        return try correlation.inverted().diagonal
    }
}
