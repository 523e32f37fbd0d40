/// How the hub makes the next global model of what the sites learned in a round.
///
/// A value with its settings; what it remembers between rounds is in ``ServerState``. Sites always send what they
/// changed (their weights less the global ones). Sources: FedAvg arXiv:1602.05629; FedAvgM arXiv:1909.06335; FedProx
/// arXiv:1812.06127; FedAdam, FedYogi and FedAdagrad arXiv:2003.00295; SCAFFOLD arXiv:1910.06378; FedNova
/// arXiv:2007.07481; median and trimmed mean arXiv:1803.01498; Krum and Multi-Krum arXiv:1703.02757; Bulyan
/// arXiv:1802.07927.
public enum Strategy: Sendable, Equatable, Codable {
    /// The weighted mean.
    case fedAvg
    /// The mean, with momentum at the hub.
    case fedAvgM(momentum: Double, learningRate: Double = 1)
    /// The mean; each site adds mu/2 · ‖w − w global‖² to its loss.
    case fedProx(mu: Double)
    case fedAdam(AdaptiveSettings)
    case fedYogi(AdaptiveSettings)
    /// The second moment only grows; `beta2` is not used.
    case fedAdagrad(AdaptiveSettings)
    /// Control variates take the sites' drift out of each local step (option II of the paper).
    ///
    /// - Parameter sites: all sites of the federation, also those that a round leaves out.
    case scaffold(sites: Int, learningRate: Double = 1)
    /// Changes are divided by the number of local steps before they are averaged.
    case fedNova
    /// The median of each coordinate.
    case median
    /// The mean of each coordinate without the largest and the smallest part of the sites.
    case trimmedMean(cut: Double)
    /// The one change nearest to its neighbours, where at most so many sites may lie.
    case krum(dishonest: Int)
    /// The weighted mean of the changes nearest to their neighbours.
    case multiKrum(dishonest: Int, keep: Int)
    /// Multi-Krum, then of each coordinate the mean of the values nearest to the median. Needs 4 f + 3 sites.
    case bulyan(dishonest: Int)

    /// The settings of the adaptive strategies.
    public struct AdaptiveSettings: Sendable, Equatable, Codable {
        public var learningRate: Double
        public var beta1: Double
        public var beta2: Double
        /// Keeps the step finite where nothing changes.
        public var tau: Double
        /// FedAdam only: the step is scaled as in Kingma and Ba, with the exponent that Flower uses (round + 1, the
        /// first round being 1). The paper and FLamby do not.
        public var biasCorrection: Bool

        public init(
            learningRate: Double = 0.1, beta1: Double = 0.9, beta2: Double = 0.99, tau: Double = 1e-3,
            biasCorrection: Bool = false
        ) {
            self.learningRate = learningRate
            self.beta1 = beta1
            self.beta2 = beta2
            self.tau = tau
            self.biasCorrection = biasCorrection
        }
    }

    /// Whether the hub must see each site's change for itself. Such a strategy cannot run under secure aggregation:
    /// a plan chooses protection from a curious hub or from a dishonest site.
    public var needsEveryChange: Bool {
        switch self {
        case .median, .trimmedMean, .krum, .multiKrum, .bulyan: true
        default: false
        }
    }

    /// The weight of the proximal term in each site's loss; 0 for none.
    public var proximalMu: Double {
        if case .fedProx(let mu) = self { mu } else { 0 }
    }

    /// Whether sites keep a control variate and send its change.
    public var usesControls: Bool {
        if case .scaffold = self { true } else { false }
    }

    /// Whether changes are sent divided by the number of local steps.
    public var normalisesSteps: Bool { self == .fedNova }

    /// Throws where a setting has no meaning.
    public func check() throws(RoundsError) {
        func require(_ good: Bool, _ what: String) throws(RoundsError) {
            guard good else { throw .plan("the strategy's \(what)") }
        }
        switch self {
        case .fedAvg, .fedNova, .median: break
        case .fedAvgM(let momentum, let learningRate):
            try require((0..<1).contains(momentum), "momentum must be at least 0 and below 1")
            try require(learningRate > 0 && learningRate.isFinite, "learning rate must be above 0")
        case .fedProx(let mu): try require(mu >= 0 && mu.isFinite, "mu must not be negative")
        case .fedAdam(let settings), .fedYogi(let settings), .fedAdagrad(let settings):
            try require(settings.learningRate > 0 && settings.learningRate.isFinite, "learning rate must be above 0")
            try require((0..<1).contains(settings.beta1), "beta1 must be at least 0 and below 1")
            try require((0..<1).contains(settings.beta2), "beta2 must be at least 0 and below 1")
            try require(settings.tau > 0 && settings.tau.isFinite, "tau must be above 0")
        case .scaffold(let sites, let learningRate):
            try require(sites > 0, "number of sites must be above 0")
            try require(learningRate > 0 && learningRate.isFinite, "learning rate must be above 0")
        case .trimmedMean(let cut): try require((0..<0.5).contains(cut), "cut must be at least 0 and below 0.5")
        case .krum(let dishonest), .bulyan(let dishonest):
            try require(dishonest >= 0, "number of dishonest sites must not be negative")
        case .multiKrum(let dishonest, let keep):
            try require(dishonest >= 0, "number of dishonest sites must not be negative")
            try require(keep > 0, "number of sites to keep must be above 0")
        }
    }
}
