/// Noise on a vector of numbers: the Gaussian and the Laplace mechanism on a grid.
///
/// Values are rounded to a grid whose step is a 16384th of the noise, and whole-number noise is added
/// (``DiscreteNoise``). Rounding may move two neighbouring answers apart by one step in each coordinate; the noise is
/// that much larger, so that the promised multiplier holds.
public struct NoiseMechanism: Sendable, Equatable, Codable {
    public enum Kind: String, Sendable, Equatable, Codable { case gaussian, laplace }

    public let kind: Kind
    /// Standard deviation (Gaussian) or scale (Laplace) divided by the sensitivity.
    public let noiseMultiplier: Double
    /// The most that one row can change the vector: its L2 length (Gaussian) or its L1 length (Laplace).
    public let sensitivity: Double
    /// Over how many sites the noise is spread: each adds so little that the sum has all of it.
    public let shares: Int

    private static let grid = DiscreteNoise.maximumScale

    /// Noise added once: at one site, or at the hub, which then is trusted with the exact sum.
    public static func central(_ kind: Kind, noiseMultiplier: Double, sensitivity: Double) -> NoiseMechanism {
        NoiseMechanism(kind: kind, noiseMultiplier: noiseMultiplier, sensitivity: sensitivity, shares: 1)
    }

    /// Gaussian noise of which each site adds its share before masking: nobody ever sees a sum without noise.
    ///
    /// - Parameter honestSites: how many sites surely add theirs; not those that may drop out or collude.
    public static func distributed(
        noiseMultiplier: Double, sensitivity: Double, honestSites: Int
    ) -> NoiseMechanism {
        NoiseMechanism(
            kind: .gaussian, noiseMultiplier: noiseMultiplier, sensitivity: sensitivity, shares: max(1, honestSites))
    }

    /// What an accountant counts for one use.
    public var event: PrivacyEvent {
        switch kind {
        case .gaussian: .gaussian(noiseMultiplier: noiseMultiplier)
        case .laplace: .laplace(noiseMultiplier: noiseMultiplier)
        }
    }

    /// The noise of the sum: standard deviation or scale, for so many coordinates.
    ///
    /// - Throws: ``RoundsError/plan(_:)`` where the grid is too coarse for so many coordinates.
    public func scale(count: Int) throws(RoundsError) -> Double {
        try event.check()
        guard sensitivity > 0, sensitivity.isFinite else { throw .plan("a sensitivity must be above 0") }
        let coordinates = kind == .gaussian ? Double(count).squareRoot() : Double(count)
        let rounding = noiseMultiplier * coordinates * Double(shares).squareRoot() / Double(Self.grid)
        guard rounding < 0.5 else {
            throw .plan("noise of this size on \(count) numbers at once: its grid would be too coarse")
        }
        return noiseMultiplier * sensitivity / (1 - rounding)
    }

    /// The values with this site's noise.
    public func release(
        _ values: [Double], using bits: inout some RandomNumberGenerator
    ) throws(RoundsError) -> [Double] {
        let own = try scale(count: values.count) / Double(shares).squareRoot()
        let step = own / Double(Self.grid)
        guard values.allSatisfy({ abs($0 / step) < 0x1p52 }) else {
            throw .numerical("a value is too large for its noise, or is no number")
        }
        return values.map { value in
            let noise =
                kind == .gaussian
                ? DiscreteNoise.gaussian(deviation: Self.grid, using: &bits)
                : DiscreteNoise.laplace(scale: Self.grid, using: &bits)
            return ((value / step).rounded() + Double(noise)) * step
        }
    }
}

/// Limits on how much one row, or one site, can move a vector.
public enum Clipping {
    /// The vector, shortened to an L2 length where it is longer.
    ///
    /// A vector with a value that is no number becomes zeros: it must not get through.
    public static func l2(_ values: [Double], to length: Double) -> [Double] {
        let norm = values.reduce(0) { $0 + $1 * $1 }.squareRoot()
        guard norm.isFinite else { return Array(repeating: 0, count: values.count) }
        return norm > length ? values.map { $0 * (length / norm) } : values
    }

    /// The same in L1 length.
    public static func l1(_ values: [Double], to length: Double) -> [Double] {
        let norm = values.reduce(0) { $0 + abs($1) }
        guard norm.isFinite else { return Array(repeating: 0, count: values.count) }
        return norm > length ? values.map { $0 * (length / norm) } : values
    }
}
