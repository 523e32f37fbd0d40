/// How small a group a site shows, and how exactly it shows larger ones.
public struct DisclosureRule: Codable, Sendable, Equatable {
    /// Groups of fewer patients than this are not shown; 1 shows everything.
    public let threshold: Int
    /// Numbers are shown as the nearest multiple of this; 1 leaves them as they are.
    public private(set) var rounding = 1
    /// Noise on every number; nil for none.
    public private(set) var noise: NoiseRule?

    private enum CodingKeys: String, CodingKey { case threshold }

    /// Fewer than five patients are not shown.
    public static let standard = DisclosureRule(unchecked: 5)

    /// - Throws: ``DisclosureRuleError`` for a threshold or a rounding below 1 or above 1000.
    public init(threshold: Int, rounding: Int = 1, noise: NoiseRule? = nil) throws(DisclosureRuleError) {
        guard AnswerLimits.thresholds.contains(threshold) else { throw DisclosureRuleError(threshold: threshold) }
        guard AnswerLimits.thresholds.contains(rounding) else { throw DisclosureRuleError(rounding: rounding) }
        self.threshold = threshold
        self.rounding = rounding
        self.noise = noise
    }

    /// Whether larger numbers are shown otherwise than as they are.
    var isVeiling: Bool { rounding > 1 || noise != nil }

    private init(unchecked threshold: Int) { self.threshold = threshold }

    public init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        try self.init(threshold: container.decode(Int.self, forKey: .threshold))
    }
}

/// A threshold or a rounding that is none.
public struct DisclosureRuleError: Error, Equatable, Sendable, CustomStringConvertible {
    public let threshold: Int?
    public let rounding: Int?

    init(threshold: Int? = nil, rounding: Int? = nil) {
        self.threshold = threshold
        self.rounding = rounding
    }

    public var description: String {
        guard let threshold else {
            return "\(rounding ?? 0) is not between 1 (numbers as they are) and 1000; 5 or 10 are usual"
        }
        return "the threshold \(threshold) is not between 1 (shows every group) and 1000; 5 is usual"
    }
}
