/// How much may be told by answers with noise: (ε, δ) of differential privacy.
///
/// Kept as whole millionths of ε and whole 10⁻¹⁵ of δ, so that what is left is never a matter of rounding.
public struct PrivacyBudget: Sendable, Hashable, Codable {
    /// Millionths of ε.
    public let epsilonMillionths: Int64
    /// δ in units of 10⁻¹⁵.
    public let deltaQuadrillionths: Int64

    public static let zero = PrivacyBudget(0, 0)
    /// The largest ε that is still called one.
    public static let largestEpsilon = 1000.0

    private init(_ epsilon: Int64, _ delta: Int64) {
        epsilonMillionths = epsilon
        deltaQuadrillionths = delta
    }

    /// Nil where ε is not between 0 and 1000, or δ not from 0 to below 1. Both are rounded up, so that a cost is never
    /// taken for less than it is.
    public init?(epsilon: Double, delta: Double = 0) {
        guard epsilon >= 0, epsilon <= Self.largestEpsilon, delta >= 0, delta < 1 else { return nil }
        self.init(Int64((epsilon * 1e6).rounded(.up)), Int64((delta * 1e15).rounded(.up)))
    }

    /// Nil where a number is negative or beyond what ``init(epsilon:delta:)`` takes.
    public init?(epsilonMillionths: Int64, deltaQuadrillionths: Int64) {
        guard (0...1_000_000_000).contains(epsilonMillionths),
            (0...1_000_000_000_000_000).contains(deltaQuadrillionths)
        else { return nil }
        self.init(epsilonMillionths, deltaQuadrillionths)
    }

    public init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        guard
            let made = PrivacyBudget(
                epsilonMillionths: try container.decode(Int64.self, forKey: .epsilonMillionths),
                deltaQuadrillionths: try container.decode(Int64.self, forKey: .deltaQuadrillionths))
        else {
            throw DecodingError.dataCorrupted(
                .init(codingPath: decoder.codingPath, debugDescription: "not a privacy budget"))
        }
        self = made
    }

    public var epsilon: Double { Double(epsilonMillionths) / 1e6 }
    public var delta: Double { Double(deltaQuadrillionths) / 1e15 }
    public var isZero: Bool { epsilonMillionths == 0 && deltaQuadrillionths == 0 }

    /// Whether `cost` can be taken from it when `spent` was taken already (basic composition: costs add up).
    public func covers(_ cost: PrivacyBudget, after spent: PrivacyBudget) -> Bool {
        // Each is at most 10⁹ or 10¹⁵: two of them add up far below the largest Int64.
        spent.epsilonMillionths + cost.epsilonMillionths <= epsilonMillionths
            && spent.deltaQuadrillionths + cost.deltaQuadrillionths <= deltaQuadrillionths
    }

    /// The tighter of two in both numbers.
    public func tightened(by other: PrivacyBudget) -> PrivacyBudget {
        PrivacyBudget(
            min(epsilonMillionths, other.epsilonMillionths), min(deltaQuadrillionths, other.deltaQuadrillionths))
    }

    /// Nil where the sum is beyond every budget.
    public func adding(_ other: PrivacyBudget) -> PrivacyBudget? {
        PrivacyBudget(
            epsilonMillionths: epsilonMillionths + other.epsilonMillionths,
            deltaQuadrillionths: deltaQuadrillionths + other.deltaQuadrillionths)
    }
}
