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
    /// When the numbers were counted: RFC 3339, UTC. A question that is asked again gets the answer of then, until enough
    /// patients of the cohort have changed that the difference tells of no small group.
    public var counted: String?

    public init(
        outcome: Outcome, conditions: [ConditionReport], counts: ProtectedCounts?, facets: [Facet], threshold: Int,
        milliseconds: Double = 0, counted: String? = nil
    ) {
        self.outcome = outcome
        self.conditions = conditions
        self.counts = counts
        self.facets = facets
        self.threshold = threshold
        self.milliseconds = milliseconds
        self.counted = counted
    }
}

/// What became of one condition of a question at a site.
public struct ConditionReport: Codable, Sendable, Equatable {
    public enum Status: String, Codable, Sendable, Equatable {
        case applied
        /// Something near it was applied, or its number is not exact; the reason says how.
        case approximated
        /// It could not be applied; the reason says why.
        case unsupported

        /// Reads a status. Earlier versions called what is unsupported `notApplicable`.
        public init(from decoder: any Decoder) throws {
            let container = try decoder.singleValueContainer()
            let name = try container.decode(String.self)
            guard let status = name == "notApplicable" ? .unsupported : Status(rawValue: name) else {
                throw DecodingError.dataCorruptedError(
                    in: container, debugDescription: "a status is applied, approximated or unsupported")
            }
            self = status
        }
    }

    /// The condition in its text form, cut where that is very long.
    public var text: String
    public var status: Status
    /// Why it could not be applied, or how it was approximated.
    public var reason: String?
    /// About how many patients of the site have no series that records the attribute: neither the condition nor its
    /// `not` counts them.
    public var unknown: ProtectedCount?

    public init(text: String, status: Status, reason: String? = nil, unknown: ProtectedCount? = nil) {
        self.text = text
        self.status = status
        self.reason = reason
        self.unknown = unknown
    }
}

extension SiteAnswer {
    /// Reads an answer within ``AnswerLimits``.
    public init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        try self.init(
            outcome: container.decode(Outcome.self, forKey: .outcome),
            conditions: container.list(of: ConditionReport.self, .conditions, atMost: AnswerLimits.conditions),
            counts: container.decodeIfPresent(ProtectedCounts.self, forKey: .counts),
            facets: container.list(of: Facet.self, .facets, atMost: AnswerLimits.facets),
            threshold: container.number(.threshold, in: AnswerLimits.thresholds),
            milliseconds: container.decode(Double.self, forKey: .milliseconds),
            counted: container.contains(.counted) && !container.decodeNil(forKey: .counted)
                ? container.text(.counted) : nil)
        try container.requireDistinct(facets.map(\.name), .facets)
        guard (0...Double(AnswerLimits.counts.upperBound)).contains(milliseconds) else {
            throw container.refusal(.milliseconds, "a time that no answer takes")
        }
    }
}

extension ConditionReport {
    /// Reads a report within ``AnswerLimits``.
    public init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        let isExplained = try container.contains(.reason) && !container.decodeNil(forKey: .reason)
        try self.init(
            text: container.text(.text, atMost: AnswerLimits.textBytes),
            status: container.decode(Status.self, forKey: .status),
            reason: isExplained ? container.text(.reason, atMost: AnswerLimits.textBytes) : nil,
            unknown: container.decodeIfPresent(ProtectedCount.self, forKey: .unknown))
    }
}
