/// The steps of one site in one round.
struct LocalTraining {
    private let task: TrainingTask
    private let data: TrainingData
    private let network: Network
    private let start: [Double]
    private let correction: [Double]?
    private var parameters: [Double]
    private var optimiser: OptimiserState
    private var shuffle: SeededBits
    /// The rows that are still to come in this pass.
    private var queue: [Int] = []

    init(_ task: TrainingTask, _ data: TrainingData) throws(RoundsError) {
        network = try Network(task.plan.model, task.weights)
        if let correction = task.correction { try task.weights.check(correction) }
        self.task = task
        self.data = data
        start = task.weights.values.map(Double.init)
        parameters = start
        correction = task.correction?.values.map(Double.init)
        optimiser = OptimiserState(task.plan.optimiser, count: start.count)
        // Another order each round, the same after a restart.
        shuffle = SeededBits(seed: task.plan.seed, stream: UInt64(bitPattern: Int64(task.round)))
    }

    /// One step on the next batch.
    mutating func step() {
        if queue.isEmpty { queue = Array((0..<data.rows).shuffled(using: &shuffle).reversed()) }
        let count = min(task.plan.batchSize, queue.count)
        let batch = Array(queue.suffix(count).reversed())
        queue.removeLast(count)
        advance(gradient(batch).gradient)
    }

    /// One step on a sample, with each row's gradient cut and noise on the sum.
    mutating func privateStep(_ privacy: TrainingPlan.Private, _ bits: inout RandomBits) throws(RoundsError) {
        let expected = Double(min(task.plan.batchSize, data.rows))
        let rate = expected / Double(data.rows)
        var sum = [Double](repeating: 0, count: parameters.count)
        for row in 0..<data.rows where Double.random(in: 0..<1, using: &bits) < rate {
            for (place, value) in Clipping.l2(gradient([row]).gradient, to: privacy.clip).enumerated() {
                sum[place] += value
            }
        }
        let mechanism = NoiseMechanism.central(
            .gaussian, noiseMultiplier: privacy.noiseMultiplier, sensitivity: privacy.clip)
        advance(try mechanism.release(sum, using: &bits).map { $0 / expected })
    }

    /// The loss of a batch and its gradient, without what the plan adds.
    func gradient(_ batch: [Int]) -> (loss: Double, gradient: [Double]) {
        let passes = batch.map { network.forward(parameters, data.row($0)) }
        let (loss, slopes) = ModelLoss.of(
            task.plan.model.output, scores: passes.map(\.score), targets: batch.map { data.targets[$0] }[...],
            events: (data.events.isEmpty ? [] : batch.map { data.events[$0] })[...])
        var gradient = [Double](repeating: 0, count: parameters.count)
        for (pass, slope) in zip(passes, slopes) where slope != 0 {
            network.backward(parameters, pass.outputs, times: slope, into: &gradient)
        }
        return (loss, gradient)
    }

    private mutating func advance(_ gradient: [Double]) {
        var gradient = gradient
        for place in gradient.indices {
            if network.isWeight[place] { gradient[place] += task.plan.l2 * parameters[place] }
            gradient[place] += task.proximalMu * (parameters[place] - start[place])
            if let correction { gradient[place] += correction[place] }
        }
        optimiser.step(&parameters, gradient)
    }

    /// The loss of all rows as one batch.
    func lossOfAllRows() -> Double {
        let scores = (0..<data.rows).map { network.score(parameters, data.row($0)) }
        return ModelLoss.of(
            task.plan.model.output, scores: scores, targets: data.targets[...], events: data.events[...]
        ).loss
    }

    /// - Throws: ``RoundsError/numerical(_:)`` where training diverged.
    func weights() throws(RoundsError) -> ModelWeights {
        let weights = try ModelWeights(parameters.map { Float($0) }, like: task.weights)
        guard weights.isFinite else { throw .numerical("the training diverged here: lower the learning rate") }
        return weights
    }
}
