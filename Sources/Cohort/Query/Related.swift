/// A condition on other records of the patient: that there are some, or so many, of which a condition is true.
///
/// `has treatment (type = surgery)`, `has at least 2 study (modality = CT)`, and with a time:
/// `has series (modality = MR) within 90 days before first treatment`.
public struct Related: Sendable, Hashable {
    /// Among which records to look.
    public enum Base: String, Sendable, Hashable {
        /// All records of the patient.
        case patient
        /// Those of the same study: series of the study of the series at hand.
        case study
    }

    public let base: Base
    public let entity: CohortEntity
    /// What is true of one and the same record.
    public let condition: Condition
    /// How many such records there are at least.
    public let atLeast: Int
    /// How many there are at most; nil for any number.
    public let atMost: Int?
    public let window: TimeWindow?

    public init(
        base: Base = .patient, _ entity: CohortEntity, where condition: Condition = .everything, atLeast: Int = 1,
        atMost: Int? = nil, window: TimeWindow? = nil
    ) {
        self.base = base
        self.entity = entity
        self.condition = condition
        self.atLeast = atLeast
        self.atMost = atMost
        self.window = window
    }
}

/// A stretch of days before or after something else in the patient's record.
public struct TimeWindow: Sendable, Hashable {
    /// What the days are counted from.
    public struct Anchor: Sendable, Hashable {
        public enum Which: String, Sendable, Hashable, CaseIterable { case first, last, any }

        public let which: Which
        public let entity: CohortEntity
        public let condition: Condition

        public init(_ which: Which, _ entity: CohortEntity, where condition: Condition = .everything) {
            self.which = which
            self.entity = entity
            self.condition = condition
        }
    }

    /// The first day of the window, from the anchor's day: negative before it; nil for no beginning.
    public let from: Int?
    /// The last day of the window; nil for no end.
    public let through: Int?
    public let anchor: Anchor

    public init(from: Int?, through: Int?, of anchor: Anchor) {
        self.from = from
        self.through = through
        self.anchor = anchor
    }
}
