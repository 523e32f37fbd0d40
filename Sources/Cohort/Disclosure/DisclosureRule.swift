/// How small a group a site shows.
public struct DisclosureRule: Codable, Sendable, Equatable {
    /// Groups of fewer patients than this are not shown; 1 shows everything.
    public let threshold: Int

    /// Fewer than five patients are not shown.
    public static let standard = DisclosureRule(unchecked: 5)

    /// - Throws: ``DisclosureRuleError`` for a threshold below 1 or above 1000.
    public init(threshold: Int) throws(DisclosureRuleError) {
        guard AnswerLimits.thresholds.contains(threshold) else { throw DisclosureRuleError(threshold: threshold) }
        self.threshold = threshold
    }

    private init(unchecked threshold: Int) { self.threshold = threshold }

    public init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        try self.init(threshold: container.decode(Int.self, forKey: .threshold))
    }
}

/// A threshold that is none.
public struct DisclosureRuleError: Error, Equatable, Sendable, CustomStringConvertible {
    public let threshold: Int

    public var description: String {
        "the threshold \(threshold) is not between 1 (shows every group) and 1000; 5 is usual"
    }
}
