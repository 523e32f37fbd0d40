/// What the hub keeps of a training run from round to round: enough to go on after a restart with the same result.
public struct ServerState: Sendable, Equatable, Codable {
    /// How many rounds have ended.
    public internal(set) var round: Int
    /// The global model.
    public internal(set) var weights: ModelWeights
    /// The first moment of the hub's optimiser (FedAvgM and the adaptive ones).
    public internal(set) var momentum: ModelWeights?
    /// The second moment (the adaptive ones).
    public internal(set) var secondMoment: ModelWeights?
    /// SCAFFOLD's control variate of the hub.
    public internal(set) var controls: ModelWeights?

    /// The state before the first round.
    public init(_ weights: ModelWeights, strategy: Strategy) {
        self.round = 0
        self.weights = weights
        if strategy.usesControls { controls = .zeros(like: weights) }
    }
}
