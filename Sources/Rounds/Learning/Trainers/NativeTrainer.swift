public import Runtime

/// Trains the built-in models in this process: mini-batches, seeded shuffles, 64-bit arithmetic.
public struct NativeTrainer: Trainer {
    /// Of noise only; shuffles come from the plan's seed.
    private let noise: RandomSource

    public init(noise: RandomSource = .system) {
        self.noise = noise
    }

    public func train(_ task: TrainingTask, _ table: CohortTable) throws(RoundsError) -> TrainingResult {
        let plan = task.plan
        try plan.check()
        let data = try TrainingData(table, plan.model)
        guard data.rows > 0 else { throw .withheld("no row here has all the variables of the model") }
        var training = try LocalTraining(task, data)
        let steps = plan.steps(rows: data.rows)
        if let privacy = plan.privacy {
            var bits = RandomBits(noise)
            for _ in 0..<steps { try training.privateStep(privacy, &bits) }
        } else {
            for _ in 0..<steps { training.step() }
        }
        let weights = try training.weights()
        return TrainingResult(
            weights: weights, steps: steps, rows: data.rows,
            // Of a private training the loss would tell what the noise hides.
            metrics: plan.privacy == nil ? ["loss": training.lossOfAllRows()] : [:],
            release: plan.release(rows: data.rows))
    }

    public func validate(
        _ model: ModelPlan, _ weights: ModelWeights, _ table: CohortTable
    ) throws(RoundsError) -> SiteValidation {
        let data = try TrainingData(table, model)
        let scores = try Self.scores(model, weights, data)
        let value =
            switch model.output {
            case .cox: ConcordanceIndex.of(times: data.targets, events: data.events, scores: scores)
            case .linear, .logistic:
                ModelLoss.of(model.output, scores: scores, targets: data.targets[...], events: []).loss
            }
        return SiteValidation(value: data.rows > 0 ? value : .nan, rows: data.rows)
    }

    /// The model's score of every complete row: a value, log odds or a log hazard.
    public func scores(
        _ model: ModelPlan, _ weights: ModelWeights, _ table: CohortTable
    ) throws(RoundsError) -> [Double] {
        try Self.scores(model, weights, TrainingData(table, model))
    }

    private static func scores(
        _ model: ModelPlan, _ weights: ModelWeights, _ data: TrainingData
    ) throws(RoundsError) -> [Double] {
        let network = try Network(model, weights)
        let parameters = weights.values.map(Double.init)
        return (0..<data.rows).map { network.score(parameters, data.row($0)) }
    }

    /// The loss of the complete rows as one batch, and its gradient: what a single full-batch step uses.
    public func gradient(
        _ model: ModelPlan, _ weights: ModelWeights, _ table: CohortTable
    ) throws(RoundsError) -> (loss: Double, gradient: [Double]) {
        let plan = TrainingPlan(
            model, optimiser: .sgd(learningRate: 1), batchSize: max(1, table.rows), amount: .updates(1))
        let data = try TrainingData(table, model)
        let training = try LocalTraining(TrainingTask(plan, weights: weights, round: 0), data)
        return training.gradient(Array(0..<data.rows))
    }
}
