/// The survival of one or several groups, for a person.
public struct KaplanMeierOutcome: Codable, Sendable, Equatable {
    /// One group's curve. Times are in the unit of the time variable.
    public struct Curve: Codable, Sendable, Equatable {
        /// The level of the group variable; nil for one curve of the whole cohort.
        public let group: String?
        public let patients: Int
        public let events: Int
        /// The published steps; see ``KaplanMeierOutcome/eventsPerStep``.
        public let steps: [Step]
        public let median: Double?
        public let medianLower: Double?
        public let medianUpper: Double?
        /// The mean time up to ``KaplanMeierOutcome/restrictedMeanLimit`` and its standard error.
        public let restrictedMean: Double
        public let restrictedMeanError: Double
        /// The patients at risk at each of ``KaplanMeierOutcome/marks``; nil where too few are, or left since the mark
        /// before.
        public let atRisk: [Int?]
    }

    /// The estimates just after an event time.
    public struct Step: Codable, Sendable, Equatable {
        public let time: Double
        /// Events since the step before.
        public let events: Int
        public let survival: Double
        public let lower: Double?
        public let upper: Double?
        /// Nelson–Aalen's cumulative hazard, and its standard error.
        public let hazard: Double
        public let hazardError: Double
    }

    public struct Pair: Codable, Sendable, Equatable {
        public let test: LogRank
        /// Adjusted for the number of pairs after Holm.
        public let adjustedP: Double
    }

    public let time: SurvivalTime
    public let group: String?
    public let confidence: ConfidenceBand
    public let exclusions: Exclusions
    public let curves: [Curve]
    /// The times of the table of patients at risk.
    public let marks: [Double]
    public let restrictedMeanLimit: Double
    /// The tests over all groups: log-rank first.
    public let tests: [LogRank]
    /// The log-rank tests of each two groups, where there are more than two.
    public let pairs: [Pair]
    /// The least number of events that a published step stands for; 1 where the curve is exact at every event time. At the
    /// steps that are published the curve is exact in any case.
    public let eventsPerStep: Int
}
