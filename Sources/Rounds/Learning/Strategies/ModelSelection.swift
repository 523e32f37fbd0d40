/// What one site found when it tried the global model on rows that no site trained on.
public struct SiteValidation: Sendable, Equatable, Codable {
    /// The metric, such as a loss or a concordance index.
    public var value: Double
    /// Rows tried.
    public var rows: Int

    public init(value: Double, rows: Int) {
        self.value = value
        self.rows = rows
    }
}

/// Keeps the best global model by its mean metric over the sites, and says when to stop waiting for a better one.
public struct ModelSelection: Sendable, Equatable, Codable {
    /// Whether a larger metric is better (a concordance index) or a smaller one (a loss).
    public var largerIsBetter: Bool
    /// Stop after so many rounds without a better model; nil to go on to the end.
    public var patience: Int?
    /// What counts as better: at least this much.
    public var minimumGain: Double
    public var weighting: SiteWeighting

    public private(set) var bestRound: Int?
    public private(set) var bestValue: Double?
    public private(set) var best: ModelWeights?
    public private(set) var roundsSinceBest = 0

    public init(
        largerIsBetter: Bool, patience: Int? = nil, minimumGain: Double = 0, weighting: SiteWeighting = .rows
    ) {
        self.largerIsBetter = largerIsBetter
        self.patience = patience
        self.minimumGain = minimumGain
        self.weighting = weighting
    }

    /// Notes a round's validation; a site whose metric is no number (a validation set without an event) is left out.
    ///
    /// - Returns: the mean metric, or nil where no site had one.
    public mutating func note(_ weights: ModelWeights, round: Int, _ sites: [SiteValidation]) -> Double? {
        let usable = sites.filter { $0.value.isFinite && $0.rows > 0 }
        let weight = usable.reduce(0) { $0 + weighting.weight($1.rows) }
        guard weight > 0 else {
            roundsSinceBest += 1
            return nil
        }
        let mean = usable.reduce(0) { $0 + weighting.weight($1.rows) * $1.value } / weight
        let gain = bestValue.map { largerIsBetter ? mean - $0 : $0 - mean }
        if gain.map({ $0 > minimumGain }) ?? true {
            (best, bestRound, bestValue, roundsSinceBest) = (weights, round, mean, 0)
        } else {
            roundsSinceBest += 1
        }
        return mean
    }

    public var shouldStop: Bool { patience.map { roundsSinceBest >= $0 } ?? false }
}
