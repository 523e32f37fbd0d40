public import Cohort

/// What is known of a number some of whose parts are hidden: it lies between `low` and `high`.
public struct CountRange: Codable, Sendable, Equatable {
    public var low: Int
    /// nil where there is no upper bound.
    public var high: Int?

    public init(low: Int, high: Int?) {
        self.low = low
        self.high = high
    }

    public static let zero = CountRange(low: 0, high: 0)

    public init(_ count: ProtectedCount) {
        let range = count.range
        self.init(low: range.low, high: range.high)
    }

    public static func + (one: CountRange, other: CountRange) -> CountRange {
        let (low, overflow) = one.low.addingReportingOverflow(other.low)
        guard let first = one.high, let second = other.high else {
            return CountRange(low: overflow ? .max : low, high: nil)
        }
        let (high, overflowHigh) = first.addingReportingOverflow(second)
        return CountRange(low: overflow ? .max : low, high: overflowHigh ? nil : high)
    }
}

/// The sum over the sites that answered. Patients are summed: one who was seen at two sites counts twice.
public struct FederationTotal: Codable, Sendable, Equatable {
    public var patients = CountRange.zero
    public var studies = CountRange.zero
    public var series = CountRange.zero
    public var images = CountRange.zero
    public var sitesAnswered = 0
    public var sitesAsked = 0

    public init() {}

    /// The total of what the sites have answered so far.
    public init(_ results: [SiteResult]) {
        sitesAsked = results.count
        for result in results {
            guard let counts = result.answer?.counts else { continue }
            add(counts)
        }
    }

    /// Adds one site's counts.
    public mutating func add(_ counts: ProtectedCounts) {
        sitesAnswered += 1
        patients = patients + CountRange(counts.patients)
        studies = studies + CountRange(counts.studies)
        series = series + CountRange(counts.series)
        images = images + CountRange(counts.images)
    }
}
