extension Strategy {
    /// The state after a round in which these sites took part.
    ///
    /// - Throws: ``RoundsError/shape(_:)`` for weights of another model, ``RoundsError/numerical(_:)`` for too few
    ///   sites.
    public func step(
        _ state: ServerState, _ changes: [SiteChange], weighting: SiteWeighting = .rows
    ) throws(RoundsError) -> ServerState {
        for change in changes {
            try state.weights.check(change.delta)
            if let controlDelta = change.controlDelta { try state.weights.check(controlDelta) }
        }
        guard needsEveryChange else {
            var sum = ChangeSum(count: state.weights.values.count, strategy: self)
            for change in changes { try sum.add(change, self, weighting) }
            return try step(state, sum)
        }
        for change in changes where !change.delta.isFinite {
            throw .shape("its weights hold what is no finite number")
        }
        let mean = try robustMean(changes, weighting)
        var next = state
        next.round += 1
        next.weights.update { place, value in Float(Double(value) + mean[place]) }
        return next
    }

    /// The state after a round of which only the sum is known; for the averaging strategies.
    public func step(_ state: ServerState, _ sum: ChangeSum) throws(RoundsError) -> ServerState {
        guard !needsEveryChange else {
            throw .plan("the strategy needs each site's change, and has only their sum")
        }
        let mean = try sum.delta.mean()
        guard mean.count == state.weights.values.count else {
            throw .shape("there are \(mean.count) values for a model of \(state.weights.values.count)")
        }
        var next = state
        next.round += 1
        switch self {
        case .fedAvgM(let momentum, let learningRate):
            var moment = state.momentum ?? .zeros(like: state.weights)
            moment.update { place, value in Float(momentum * Double(value) + mean[place]) }
            next.weights = try state.weights.plus(moment, times: learningRate)
            next.momentum = moment
        case .fedAdam(let settings), .fedYogi(let settings), .fedAdagrad(let settings):
            adapt(&next, mean, settings)
        case .scaffold(let sites, let learningRate):
            next.weights.update { place, value in Float(Double(value) + learningRate * mean[place]) }
            guard let controls = sum.controls, controls.sum.count == mean.count else {
                throw .shape("the sum has no control variates")
            }
            var mine = state.controls ?? .zeros(like: state.weights)
            mine.update { place, value in Float(Double(value) + controls.sum[place] / Double(sites)) }
            next.controls = mine
        case .fedNova:
            let steps = sum.steps / sum.delta.weight
            next.weights.update { place, value in Float(Double(value) + steps * mean[place]) }
        default:
            next.weights.update { place, value in Float(Double(value) + mean[place]) }
        }
        guard next.weights.isFinite else { throw .numerical("the training diverged: lower the learning rate") }
        return next
    }

    /// One step of the adaptive strategies.
    private func adapt(_ state: inout ServerState, _ change: [Double], _ settings: AdaptiveSettings) {
        var first = state.momentum ?? .zeros(like: state.weights)
        first.update { place, value in
            Float(settings.beta1 * Double(value) + (1 - settings.beta1) * change[place])
        }
        var second = state.secondMoment ?? .zeros(like: state.weights)
        second.update { place, value in
            let (old, square) = (Double(value), change[place] * change[place])
            switch self {
            case .fedAdagrad: return Float(old + square)
            case .fedYogi:
                let sign: Double = old > square ? 1 : old < square ? -1 : 0
                return Float(old - (1 - settings.beta2) * square * sign)
            default: return Float(settings.beta2 * old + (1 - settings.beta2) * square)
            }
        }
        var rate = settings.learningRate
        if case .fedAdam = self, settings.biasCorrection {
            let exponent = state.round + 1
            rate *= (1 - power(settings.beta2, exponent)).squareRoot() / (1 - power(settings.beta1, exponent))
        }
        state.weights.update { place, value in
            Float(
                Double(value) + rate * Double(first.values[place])
                    / (Double(second.values[place]).squareRoot() + settings.tau))
        }
        state.momentum = first
        state.secondMoment = second
    }

    private func power(_ base: Double, _ exponent: Int) -> Double {
        (0..<max(0, exponent)).reduce(1) { product, _ in product * base }
    }
}
