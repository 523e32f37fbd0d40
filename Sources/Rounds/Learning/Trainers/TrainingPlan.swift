/// How a model is trained at a site in one round.
public struct TrainingPlan: Sendable, Equatable, Codable {
    public enum Optimiser: Sendable, Equatable, Codable {
        case sgd(learningRate: Double, momentum: Double = 0)
        /// Kingma and Ba, arXiv:1412.6980.
        case adam(learningRate: Double, beta1: Double = 0.9, beta2: Double = 0.999, epsilon: Double = 1e-8)

        var learningRate: Double {
            switch self {
            case .sgd(let rate, _), .adam(let rate, _, _, _): rate
            }
        }
    }

    public enum Amount: Sendable, Equatable, Codable {
        /// Optimiser steps, as many at every site.
        case updates(Int)
        /// Times through the site's table.
        case epochs(Int)
    }

    /// Differentially private training: each row's gradient is cut to a length, and noise is added to every sum.
    /// Source: DP-SGD, arXiv:1607.00133.
    public struct Private: Sendable, Equatable, Codable {
        /// The most one row may move a step (L2).
        public var clip: Double
        /// The noise's standard deviation divided by `clip`.
        public var noiseMultiplier: Double

        public init(clip: Double, noiseMultiplier: Double) {
            self.clip = clip
            self.noiseMultiplier = noiseMultiplier
        }
    }

    public var model: ModelPlan
    public var optimiser: Optimiser
    /// With ``privacy`` the batch's expected size: every row is drawn by itself.
    public var batchSize: Int
    public var amount: Amount
    /// l2/2 times the squared weights (not the biases) is added to the loss.
    public var l2: Double
    /// Of shuffles and first weights.
    public var seed: UInt64
    public var privacy: Private?

    public init(
        _ model: ModelPlan, optimiser: Optimiser, batchSize: Int, amount: Amount, l2: Double = 0, seed: UInt64 = 0,
        privacy: Private? = nil
    ) {
        self.model = model
        self.optimiser = optimiser
        self.batchSize = batchSize
        self.amount = amount
        self.l2 = l2
        self.seed = seed
        self.privacy = privacy
    }

    /// The most steps of one round.
    public static let maximumSteps = 1_000_000

    /// Throws where the plan cannot be followed.
    public func check() throws(RoundsError) {
        try model.check()
        guard batchSize > 0 else { throw .plan("the batch size must be above 0") }
        guard optimiser.learningRate > 0, optimiser.learningRate.isFinite else {
            throw .plan("the learning rate must be above 0")
        }
        switch optimiser {
        case .sgd(_, let momentum):
            guard (0..<1).contains(momentum) else { throw .plan("the momentum must be at least 0 and below 1") }
        case .adam(_, let beta1, let beta2, let epsilon):
            guard (0..<1).contains(beta1), (0..<1).contains(beta2), epsilon > 0 else {
                throw .plan("Adam's betas must be at least 0 and below 1, and its epsilon above 0")
            }
        }
        switch amount {
        case .updates(let count), .epochs(let count):
            guard count > 0, count <= Self.maximumSteps else {
                throw .plan("a round must have from 1 to \(Self.maximumSteps) updates or epochs")
            }
        }
        guard l2 >= 0, l2.isFinite else { throw .plan("l2 must not be negative") }
        if let privacy {
            guard privacy.clip > 0, privacy.clip.isFinite, privacy.noiseMultiplier > 0, privacy.noiseMultiplier.isFinite
            else { throw .plan("private training needs a clip and a noise multiplier above 0") }
            guard model.output != .cox else {
                throw .plan(
                    "the partial likelihood is not a sum over rows, so one row's share of it cannot be cut: private"
                        + " training is for linear and logistic outputs")
            }
        }
    }

    /// How many steps a site with so many rows takes.
    public func steps(rows: Int) -> Int {
        switch amount {
        case .updates(let count): return count
        case .epochs(let count):
            let batches = max(1, (rows + batchSize - 1) / batchSize)
            let (product, overflow) = batches.multipliedReportingOverflow(by: count)
            return overflow ? Self.maximumSteps : min(product, Self.maximumSteps)
        }
    }

    /// What a site with so many rows spends in one round; nil where training is not private.
    public func release(rows: Int) -> PrivacyRelease? {
        privacy.map { privacy in
            PrivacyRelease(
                .sampledGaussian(
                    rate: rows > 0 ? min(1, Double(batchSize) / Double(rows)) : 1,
                    noiseMultiplier: privacy.noiseMultiplier),
                count: steps(rows: rows))
        }
    }
}
