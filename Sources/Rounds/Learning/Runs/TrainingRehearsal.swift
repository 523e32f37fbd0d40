/// A whole training in one process, with the arithmetic and the order of a federation's: for benchmarks, for tests, and
/// for a site that tries a plan before it approves it.
public struct TrainingRehearsal: Sendable {
    public var plan: TrainingPlan
    public var strategy: Strategy
    public var weighting: SiteWeighting
    public var rounds: Int
    public var participation: Participation
    /// Keeps the best of the rounds' models, where validation tables are given.
    public var selection: ModelSelection?

    public init(
        _ plan: TrainingPlan, _ strategy: Strategy, rounds: Int, weighting: SiteWeighting = .rows,
        participation: Participation = Participation(), selection: ModelSelection? = nil
    ) {
        self.plan = plan
        self.strategy = strategy
        self.weighting = weighting
        self.rounds = rounds
        self.participation = participation
        self.selection = selection
    }

    /// What came of it.
    public struct Outcome: Sendable {
        /// After the last round.
        public var state: ServerState
        /// By validation.
        public var selection: ModelSelection?
        /// The best model where there was validation, the last one otherwise.
        public var weights: ModelWeights { selection?.best ?? state.weights }
    }

    /// - Parameters:
    ///   - sites: each site's name and table.
    ///   - validation: tables to choose the best model by.
    ///   - tamper: what a dishonest site does to its change before it sends it.
    public func run(
        _ sites: [String: CohortTable], start: ModelWeights, validation: [String: CohortTable] = [:],
        trainer: NativeTrainer = NativeTrainer(), tamper: (String, inout SiteChange) -> Void = { _, _ in }
    ) throws(RoundsError) -> Outcome {
        try strategy.check()
        var outcome = Outcome(state: ServerState(start, strategy: strategy), selection: selection)
        var kept: [String: SiteRound] = [:]
        for round in 1...max(1, rounds) {
            var changes: [SiteChange] = []
            for site in participation.sites(sites.keys.sorted(), round: round) {
                guard let table = sites[site] else { continue }
                var own = kept[site] ?? SiteRound()
                let task = try own.task(plan, strategy, outcome.state)
                var change = try own.change(task, trainer.train(task, table))
                tamper(site, &change)
                changes.append(change)
                kept[site] = own
            }
            outcome.state = try strategy.step(outcome.state, changes, weighting: weighting)
            guard !validation.isEmpty, outcome.selection != nil else { continue }
            var tried: [SiteValidation] = []
            for (_, table) in validation.sorted(by: { $0.key < $1.key }) {
                tried.append(try trainer.validate(plan.model, outcome.state.weights, table))
            }
            _ = outcome.selection?.note(outcome.state.weights, round: round, tried)
            if outcome.selection?.shouldStop == true { break }
        }
        return outcome
    }
}
