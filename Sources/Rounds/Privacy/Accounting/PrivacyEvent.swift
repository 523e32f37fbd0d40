/// One use of a mechanism on the patients' data, as an accountant counts it. Neighbouring tables differ by one row that
/// is there or not.
public enum PrivacyEvent: Sendable, Equatable, Codable {
    /// Gaussian noise on a value; `noiseMultiplier` is its standard deviation divided by the L2 sensitivity.
    case gaussian(noiseMultiplier: Double)
    /// The same on a sample into which every row comes independently with probability `rate`: a step of DP-SGD.
    case sampledGaussian(rate: Double, noiseMultiplier: Double)
    /// Laplace noise; `noiseMultiplier` is its scale divided by the L1 sensitivity.
    case laplace(noiseMultiplier: Double)

    /// Throws where the numbers have no meaning.
    public func check() throws(RoundsError) {
        let multiplier =
            switch self {
            case .gaussian(let multiplier), .sampledGaussian(_, let multiplier), .laplace(let multiplier): multiplier
            }
        guard multiplier > 0, multiplier.isFinite else { throw .plan("a noise multiplier must be above 0") }
        if case .sampledGaussian(let rate, _) = self {
            guard (0...1).contains(rate) else { throw .plan("a sampling rate must be between 0 and 1") }
        }
    }
}

/// The same event some number of times.
public struct PrivacyRelease: Sendable, Equatable, Codable {
    public var event: PrivacyEvent
    public var count: Int

    public init(_ event: PrivacyEvent, count: Int = 1) {
        self.event = event
        self.count = count
    }
}
