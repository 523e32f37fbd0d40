/// A site's part of a round: the task it makes of the hub's state, and the change it sends back.
public struct SiteRound: Sendable, Equatable, Codable {
    /// SCAFFOLD: what the site keeps between rounds. Nil before its first.
    public private(set) var controls: ModelWeights?

    public init() {}

    /// What to train.
    public func task(
        _ plan: TrainingPlan, _ strategy: Strategy, _ state: ServerState
    ) throws(RoundsError) -> TrainingTask {
        var correction: ModelWeights?
        if strategy.usesControls, let hub = state.controls {
            guard case .sgd(_, momentum: 0) = plan.optimiser, plan.privacy == nil else {
                throw .plan("SCAFFOLD needs plain SGD at the sites")
            }
            correction = try hub.minus(controls ?? .zeros(like: hub))
        }
        if strategy.normalisesSteps {
            guard case .sgd(_, momentum: 0) = plan.optimiser else {
                throw .plan("FedNova needs plain SGD at the sites")
            }
        }
        return TrainingTask(
            plan, weights: state.weights, round: state.round + 1, proximalMu: strategy.proximalMu,
            correction: correction)
    }

    /// The change to send; what the site must remember is kept here.
    public mutating func change(_ task: TrainingTask, _ result: TrainingResult) throws(RoundsError) -> SiteChange {
        let delta = try result.weights.minus(task.weights)
        guard let correction = task.correction else {
            return SiteChange(delta: delta, steps: result.steps, rows: result.rows)
        }
        // Option II: the new control is the old one less the hub's, and the mean gradient along the way.
        let drift = 1 / (Double(max(1, result.steps)) * task.plan.optimiser.learningRate)
        let controlDelta = try ModelWeights.zeros(like: delta).plus(correction, times: -1).plus(delta, times: -drift)
        controls = try (controls ?? .zeros(like: delta)).plus(controlDelta)
        return SiteChange(delta: delta, controlDelta: controlDelta, steps: result.steps, rows: result.rows)
    }
}
