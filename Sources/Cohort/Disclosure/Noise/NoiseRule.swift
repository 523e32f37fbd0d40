/// Noise on the numbers of a site, and how much may be asked in all.
///
/// A number changes by at most one when a patient comes or goes, and gets discrete Laplace noise of the scale 1/epsilon;
/// a breakdown in which a patient can be in several cells, of the scale cells/epsilon. So an answer costs epsilon for its
/// number of patients and for each breakdown, and a caller's answers within one project together no more than the budget
/// (basic composition). Studies, series and images are not shown: one patient can have any number of them.
public struct NoiseRule: Sendable, Equatable {
    /// Thousandths of epsilon that a number or a breakdown costs.
    public let milliepsilon: Int
    /// Thousandths of epsilon that a caller may spend in a project.
    public let budget: Int

    /// - Throws: ``NoiseRuleError`` for values that are none, or a budget that does not last for one answer.
    public init(milliepsilon: Int, budget: Int) throws(NoiseRuleError) {
        guard (1...10_000).contains(milliepsilon) else { throw .epsilon }
        guard (milliepsilon...100_000_000).contains(budget) else { throw .budget }
        self.milliepsilon = milliepsilon
        self.budget = budget
    }

    /// What an answer with so many breakdowns costs.
    public func cost(facets: Int) -> Int { milliepsilon * (1 + facets) }

    /// The noise of a number, where a patient can be in `cells` numbers of the same kind.
    func distribution(cells: Int) -> DiscreteLaplace {
        DiscreteLaplace(numerator: 1000 * max(1, cells), denominator: milliepsilon)
    }
}

/// Settings of noise that cannot be.
public enum NoiseRuleError: Error, Equatable, Sendable, CustomStringConvertible {
    case epsilon
    case budget

    public var description: String {
        switch self {
        case .epsilon: "epsilon should be between 0.001 and 10; 0.5 is usual"
        case .budget: "the budget should be between epsilon and 100000, and at least 6 times epsilon to be of use"
        }
    }
}

/// Where noise comes from: the same stream of random numbers for the same label, and none that anyone outside knows.
public struct NoiseSource: Sendable {
    private let stream: @Sendable (String) -> any RandomNumberGenerator & Sendable

    public init(_ stream: @escaping @Sendable (String) -> any RandomNumberGenerator & Sendable) {
        self.stream = stream
    }

    func sample(_ distribution: DiscreteLaplace, for label: String) -> Int {
        var random = AnyRandom(base: stream(label))
        return distribution.sample(&random)
    }

    private struct AnyRandom: RandomNumberGenerator {
        var base: any RandomNumberGenerator & Sendable
        mutating func next() -> UInt64 { base.next() }
    }
}
