/// How small a group may be told about.
public struct PermitThresholds: Sendable, Hashable, Codable {
    /// Groups of fewer patients are not told about.
    public let smallestCell: Int
    /// Numbers are told as multiples of this; 1 leaves them.
    public let rounding: Int
    /// A table with fewer patients than this is not computed on at all.
    public let smallestCohort: Int

    /// Nil where a number is not between 1 and 1000 (100,000 for the cohort).
    public init?(smallestCell: Int, rounding: Int = 1, smallestCohort: Int = 1) {
        guard (1...1000).contains(smallestCell), (1...1000).contains(rounding), (1...100_000).contains(smallestCohort)
        else { return nil }
        self.init(unchecked: smallestCell, rounding, smallestCohort)
    }

    private init(unchecked smallestCell: Int, _ rounding: Int, _ smallestCohort: Int) {
        self.smallestCell = smallestCell
        self.rounding = rounding
        self.smallestCohort = smallestCohort
    }

    public init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        guard
            let made = PermitThresholds(
                smallestCell: try container.decode(Int.self, forKey: .smallestCell),
                rounding: try container.decode(Int.self, forKey: .rounding),
                smallestCohort: try container.decode(Int.self, forKey: .smallestCohort))
        else {
            throw DecodingError.dataCorrupted(
                .init(codingPath: decoder.codingPath, debugDescription: "not thresholds"))
        }
        self = made
    }

    /// Five patients, numbers as they are.
    public static let standard = PermitThresholds(unchecked: 5, 1, 10)

    /// The stricter of two in every number.
    public func strictest(_ other: PermitThresholds) -> PermitThresholds {
        PermitThresholds(
            unchecked: max(smallestCell, other.smallestCell), max(rounding, other.rounding),
            max(smallestCohort, other.smallestCohort))
    }

    /// Whether nothing in it is laxer than in `other`.
    public func isAtLeastAsStrict(as other: PermitThresholds) -> Bool { strictest(other) == self }
}
