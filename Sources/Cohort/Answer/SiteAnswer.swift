/// What a site answers to a question.
///
/// Every condition of the question is in ``conditions`` with what became of it. Where one could not be applied, nothing
/// was counted: a condition is never dropped, and so a count is never wider than the question.
public struct SiteAnswer: Codable, Sendable, Equatable {
    public enum Outcome: String, Codable, Sendable, Equatable {
        /// Every condition was applied.
        case counted
        /// A condition could not be applied, and so nothing was counted.
        case cannotApply
    }

    public var outcome: Outcome
    public var conditions: [ConditionReport]
    /// nil where nothing was counted.
    public var counts: ProtectedCounts?
    public var facets: [Facet]
    /// The site's disclosure threshold: groups smaller than this are not shown.
    public var threshold: Int
    /// How long the site took.
    public var milliseconds: Double

    public init(
        outcome: Outcome, conditions: [ConditionReport], counts: ProtectedCounts?, facets: [Facet], threshold: Int,
        milliseconds: Double = 0
    ) {
        self.outcome = outcome
        self.conditions = conditions
        self.counts = counts
        self.facets = facets
        self.threshold = threshold
        self.milliseconds = milliseconds
    }
}

/// What became of one condition of a question at a site.
public struct ConditionReport: Codable, Sendable, Equatable {
    public enum Status: String, Codable, Sendable, Equatable {
        case applied
        case notApplicable
    }

    /// The condition in its text form.
    public var text: String
    public var status: Status
    /// Why it could not be applied.
    public var reason: String?
    /// Patients of the site none of whose series record the attribute: neither the condition nor its `not` counts them.
    public var unknown: ProtectedCount?

    public init(text: String, status: Status, reason: String? = nil, unknown: ProtectedCount? = nil) {
        self.text = text
        self.status = status
        self.reason = reason
        self.unknown = unknown
    }
}
