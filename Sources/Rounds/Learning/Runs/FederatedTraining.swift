/// Federated training of a built-in model as a computation like the statistics: it runs over the same rounds, under
/// the same masks, and resumes like them.
///
/// Because a computation sees sums only, it takes the averaging strategies. Sites keep nothing between rounds:
/// SCAFFOLD's control variate of a site is its gradient at the global model of the round before (option I of the paper).
public struct FederatedTraining: FederatedComputation, Equatable {
    public static let name = "train"

    public var plan: TrainingPlan
    public var strategy: Strategy
    public var weighting: SiteWeighting
    public var rounds: Int
    /// The part of each site's rows that no site trains on, to choose the best round's model by; 0 for the last one.
    public var validation: Double
    /// Stop after so many rounds without a better model.
    public var patience: Int?

    public init(
        _ plan: TrainingPlan, _ strategy: Strategy, rounds: Int, weighting: SiteWeighting = .rows,
        validation: Double = 0, patience: Int? = nil
    ) {
        self.plan = plan
        self.strategy = strategy
        self.weighting = weighting
        self.rounds = rounds
        self.validation = validation
        self.patience = patience
    }

    public struct State: Sendable, Equatable, Codable {
        var server: ServerState
        /// The global model of the round before.
        var previous: ModelWeights?
        var selection: ModelSelection
        var history: [Round]
        /// All rounds are trained: the sites try the last model, and nothing else.
        var isTrained = false
    }

    /// A round's numbers, over all sites together.
    public struct Round: Sendable, Equatable, Codable {
        public let round: Int
        public let sites: Int
        public let rows: Int
        /// The metric of the model that the round began with: the concordance index of a Cox output, else the loss.
        public let validation: Double?
        /// How far the round moved the model (L2).
        public let movement: Double
    }

    public struct Outcome: Sendable, Equatable, Codable {
        /// The best model by validation, or the last one.
        public let weights: ModelWeights
        /// SHA-256 of its safetensors file.
        public let hash: String
        /// How many rounds it was trained.
        public let bestRound: Int
        public let validation: Double?
        public let rounds: [Round]
    }

    public var variables: [String] { plan.model.variables }

    /// A change after few steps holds the rows it was made of; see docs/attacks.md.
    public var needsMasking: Bool { true }

    public func parameters(_ state: State) -> Int { plan.model.parameters }

    /// What a site with so many rows charges to its ledger for each round, before it sends it; nil without noise.
    public func release(rows: Int) -> PrivacyRelease? { plan.release(rows: trained(rows)) }

    private func trained(_ rows: Int) -> Int { rows - Int((validation * Double(rows)).rounded()) }

    public func check() throws(RoundsError) {
        try plan.check()
        try strategy.check()
        guard !strategy.needsEveryChange else {
            throw .plan(
                "a robust strategy needs each site's change in the clear, and masked rounds give their sum only")
        }
        guard rounds > 0, rounds <= 100_000 else { throw .plan("a training has from 1 to 100000 rounds") }
        guard (0..<1).contains(validation) else { throw .plan("the part for validation is at least 0 and below 1") }
        guard patience.map({ $0 > 0 && validation > 0 }) ?? true else {
            throw .plan("patience is above 0 rounds, and needs a part for validation")
        }
        // What the noise on the changes hides, a metric of the same rows would tell.
        guard plan.privacy == nil || (validation == 0 && !strategy.usesControls) else {
            throw .plan("private training goes without validation at the sites and without SCAFFOLD")
        }
    }

    public func start(_ schema: Schema) throws(RoundsError) -> State {
        try check()
        for name in variables {
            guard try schema.kind(name) == .number else {
                throw .variable(name, "is a category, and a number is needed")
            }
        }
        return State(
            server: ServerState(try plan.model.initialWeights(seed: plan.seed), strategy: strategy), previous: nil,
            selection: ModelSelection(largerIsBetter: plan.model.output == .cox, patience: patience), history: [])
    }

    public func layout(_ state: State) throws(RoundsError) -> Layout {
        let count = state.server.weights.values.count
        var parts: [Layout.Part] = [
            .reals("delta", count), .reals("steps"), .counts("rows"), .counts("validation rows"), .reals("validation"),
        ]
        if strategy.usesControls { parts.append(.reals("controls", count)) }
        return Layout(parts)
    }

    public func local(_ table: CohortTable, _ state: State) throws(RoundsError) -> Contribution {
        try check()
        let (kept, rest) = try table.split(keeping: validation, seed: plan.seed)
        let trainer = NativeTrainer()
        let weights = state.server.weights
        let tried =
            try validation > 0 ? trainer.validate(plan.model, weights, kept) : SiteValidation(value: .nan, rows: 0)
        if state.isTrained {
            return try contribution([], steps: 0, rows: rest.rows, tried, controls: [], state)
        }
        var task = TrainingTask(plan, weights: weights, round: state.server.round + 1, proximalMu: strategy.proximalMu)
        var controlDelta: [Double] = []
        if strategy.usesControls {
            guard case .sgd(_, momentum: 0) = plan.optimiser else {
                throw .plan("SCAFFOLD needs plain SGD at the sites")
            }
            let now = try trainer.gradient(plan.model, weights, rest).gradient
            var before = [Double](repeating: 0, count: now.count)
            if let previous = state.previous { before = try trainer.gradient(plan.model, previous, rest).gradient }
            controlDelta = zip(now, before).map { $0 - $1 }
            task.correction = try (state.server.controls ?? .zeros(like: weights)).minus(
                ModelWeights(before.map { Float($0) }, like: weights))
        }
        let result = try trainer.train(task, rest)
        let change = SiteChange(delta: try result.weights.minus(weights), steps: result.steps, rows: result.rows)
        let weight = strategy.usesControls ? 1 : weighting.weight(result.rows)
        let factor = strategy.normalisesSteps ? weight / Double(result.steps) : weight
        return try contribution(
            change.delta.values.map { factor * Double($0) }, steps: weight * Double(result.steps), rows: result.rows,
            tried, controls: controlDelta, state)
    }

    /// - Parameters:
    ///   - delta: empty for zeros.
    ///   - controls: empty for zeros.
    private func contribution(
        _ delta: [Double], steps: Double, rows: Int, _ tried: SiteValidation, controls: [Double], _ state: State
    ) throws(RoundsError) -> Contribution {
        let zeros = [Double](repeating: 0, count: state.server.weights.values.count)
        // A part without an event has no concordance index; it does not count.
        let counts = tried.value.isFinite
        var contribution = Contribution()
        contribution.add(reals: delta.isEmpty ? zeros : delta, as: "delta")
        contribution.add(reals: [steps], as: "steps")
        contribution.add(counts: [Int64(rows)], as: "rows")
        contribution.add(counts: [counts ? Int64(tried.rows) : 0], as: "validation rows")
        contribution.add(reals: [counts ? tried.value * Double(tried.rows) : 0], as: "validation")
        if strategy.usesControls { contribution.add(reals: controls.isEmpty ? zeros : controls, as: "controls") }
        return contribution
    }

    public func combine(
        _ sum: Contribution, _ state: State, _ context: CombineContext
    ) throws(RoundsError) -> Step<State, Outcome> {
        let rows = try sum.counts("rows").first ?? 0
        try context.rules.check(rows: Int(clamping: rows), parameters: plan.model.parameters)
        var next = state
        var metric: Double?
        let tried = try sum.counts("validation rows").first ?? 0
        if tried >= Int64(context.rules.minimumRows), tried > 0 {
            metric = (try sum.reals("validation").first ?? 0) / Double(tried)
            // The model that the sites tried is the one that the round began with.
            _ = next.selection.note(
                state.server.weights, round: state.server.round, [SiteValidation(value: metric ?? .nan, rows: 1)])
        }
        if state.isTrained || next.selection.shouldStop { return .done(outcome(next)) }

        let weight = strategy.usesControls || weighting == .equal ? Double(context.sites) : Double(rows)
        let delta = WeightedAverage(sum: try sum.reals("delta"), weight: weight, sites: context.sites)
        var controls: WeightedAverage?
        if strategy.usesControls {
            controls = WeightedAverage(
                sum: try sum.reals("controls"), weight: Double(context.sites), sites: context.sites)
        }
        let steps = try sum.reals("steps").first ?? 0
        next.previous = strategy.usesControls ? state.server.weights : nil
        next.server = try strategy.step(state.server, ChangeSum(delta: delta, controls: controls, steps: steps))
        next.history.append(
            Round(
                round: next.server.round, sites: context.sites, rows: Int(clamping: rows), validation: metric,
                movement: try next.server.weights.minus(state.server.weights).norm))
        next.isTrained = next.server.round >= rounds
        return next.isTrained && validation == 0 ? .done(outcome(next)) : .next(next)
    }

    private func outcome(_ state: State) -> Outcome {
        let weights = state.selection.best ?? state.server.weights
        return Outcome(
            weights: weights, hash: weights.hash, bestRound: state.selection.bestRound ?? state.server.round,
            validation: state.selection.bestValue, rounds: state.history)
    }
}
