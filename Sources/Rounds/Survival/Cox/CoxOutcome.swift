/// A fitted Cox model, for a person.
public struct CoxOutcome: Codable, Sendable, Equatable {
    public struct Coefficient: Codable, Sendable, Equatable {
        public let name: String
        /// The log of the hazard ratio for one unit more.
        public let estimate: Double
        public let standardError: Double
        public let hazardRatio: Double
        /// The limits of the hazard ratio.
        public let lower: Double
        public let upper: Double
        public let z: Double
        public let p: Double
    }

    public struct Test: Codable, Sendable, Equatable {
        public let name: String
        public let chiSquare: Double
        public let degrees: Int
        public let p: Double
    }

    /// One stratum's cumulative hazard for a patient with the mean of every covariate.
    public struct Baseline: Codable, Sendable, Equatable {
        /// Empty where the model has no strata.
        public let stratum: String
        public let steps: [Step]
    }

    public struct Step: Codable, Sendable, Equatable {
        public let time: Double
        /// Events since the step before.
        public let events: Int
        public let cumulativeHazard: Double
        /// exp(-H).
        public let survival: Double
    }

    public let formula: Formula
    public let time: SurvivalTime
    public let ties: CoxRegression.Ties
    public let confidence: Double
    public let exclusions: Exclusions
    public let coefficients: [Coefficient]
    /// Of the coefficients, in their order.
    public let covariance: [[Double]]
    /// Of the empty model, and of this one.
    public let logLikelihoods: [Double]
    /// `likelihood ratio`, `Wald`, `score`.
    public let tests: [Test]
    /// Whether each coefficient is the same at all times: one test a covariate, the last for all.
    public let proportionalHazards: [Test]
    public let transform: CoxRegression.TimeTransform
    public let concordance: Concordance?
    /// The means that the baseline is at, in the order of the coefficients.
    public let means: [Double]
    /// None where each site has its own.
    public let baselines: [Baseline]
    /// The least number of events that a published step of a baseline stands for.
    public let eventsPerStep: Int
    /// How many points the likelihood was evaluated at.
    public let evaluations: Int
}
