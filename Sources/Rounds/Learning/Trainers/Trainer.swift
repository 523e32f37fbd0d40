/// What a site is asked to do in a round.
public struct TrainingTask: Sendable, Equatable, Codable {
    public var plan: TrainingPlan
    /// The global model.
    public var weights: ModelWeights
    public var round: Int
    /// FedProx: the weight of the term that holds the site near the global model.
    public var proximalMu: Double
    /// SCAFFOLD: added to every gradient (the hub's control variate less the site's).
    public var correction: ModelWeights?

    public init(
        _ plan: TrainingPlan, weights: ModelWeights, round: Int, proximalMu: Double = 0,
        correction: ModelWeights? = nil
    ) {
        self.plan = plan
        self.weights = weights
        self.round = round
        self.proximalMu = proximalMu
        self.correction = correction
    }
}

/// What came of it, still at the site.
public struct TrainingResult: Sendable, Equatable, Codable {
    public var weights: ModelWeights
    public var steps: Int
    /// Rows trained on: without those in which a value is missing.
    public var rows: Int
    /// The mean loss of the last pass, under `loss`; sums of rows that a site with few must not show.
    public var metrics: [String: Double]
    /// What to charge to the ledger before the weights leave; nil where training was not private.
    public var release: PrivacyRelease?

    public init(
        weights: ModelWeights, steps: Int, rows: Int, metrics: [String: Double], release: PrivacyRelease?
    ) {
        self.weights = weights
        self.steps = steps
        self.rows = rows
        self.metrics = metrics
        self.release = release
    }
}

/// Something that trains and tries models at a site: built in (``NativeTrainer``), or a process in a sandbox that is
/// given the task and the table as files and writes safetensors.
public protocol Trainer: Sendable {
    func train(_ task: TrainingTask, _ table: CohortTable) async throws(RoundsError) -> TrainingResult
    /// Tries a model on rows it was not trained on.
    func validate(
        _ model: ModelPlan, _ weights: ModelWeights, _ table: CohortTable
    ) async throws(RoundsError) -> SiteValidation
}
