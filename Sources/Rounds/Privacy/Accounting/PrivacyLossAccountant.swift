import Glibc

/// What releases cost, from the distribution of their privacy loss: tighter than ``RenyiAccountant``, and slower.
///
/// Losses are convolved by Fourier transform on a grid; every rounding is upwards, so that epsilon is an upper bound
/// but for the last bits of the transform (about 1e-12 in delta). Source: arXiv:2106.02848, arXiv:2207.04380.
public struct PrivacyLossAccountant: Sendable, Equatable {
    public private(set) var releases: [PrivacyRelease]

    /// Tails lighter than this are cut, and counted as spent.
    private static let tail = 1e-15
    /// At most so many points of the grid; more, and the grid gets coarser.
    private static let maximumBits = 21

    public init(_ releases: [PrivacyRelease]) throws(RoundsError) {
        for release in releases {
            try release.event.check()
            guard release.count >= 0 else { throw .plan("a release cannot happen \(release.count) times") }
        }
        self.releases = releases.filter { $0.count > 0 }
    }

    /// The smallest epsilon that holds with this delta; infinite where the grid finds none.
    public func epsilon(delta: Double) -> Double {
        guard !releases.isEmpty else { return 0 }
        guard delta > 0 else { return .infinity }
        return max(epsilon(delta, .remove), epsilon(delta, .add))
    }

    private func epsilon(_ delta: Double, _ direction: PrivacyLoss.Direction) -> Double {
        var step = 1e-4
        for _ in 0..<24 {
            if let total = total(direction, step) { return total.epsilon(delta) }
            step *= 2
        }
        return .infinity
    }

    /// All releases together; nil where the grid is too fine for the memory.
    private func total(_ direction: PrivacyLoss.Direction, _ step: Double) -> Total? {
        let most = 1 << Self.maximumBits
        guard releases.allSatisfy({ PrivacyLoss.points($0.event, step: step) < Double(most) }) else { return nil }
        let losses = releases.map { (loss: PrivacyLoss($0.event, direction, step: step), count: $0.count) }
        let bounds = Self.bounds(losses, step)
        guard bounds.high - bounds.low < Double(most) else { return nil }
        let (low, high) = (Int(bounds.low.rounded(.down)), Int(bounds.high.rounded(.up)))
        var bits = 1
        while 1 << bits < high - low + 1 { bits += 1 }
        let fourier = FourierTransform(bits: bits)
        var real = [Double](repeating: 1, count: fourier.count)
        var imaginary = [Double](repeating: 0, count: fourier.count)
        var finite = 1.0
        for (loss, count) in losses {
            var (re, im) = (
                [Double](repeating: 0, count: fourier.count), [Double](repeating: 0, count: fourier.count)
            )
            for (offset, mass) in loss.masses.enumerated() {
                re[(loss.lowest + offset) & (fourier.count - 1)] += mass
            }
            fourier.transform(&re, &im)
            for place in re.indices {
                let power = Self.power(re[place], im[place], count)
                (real[place], imaginary[place]) = (
                    real[place] * power.0 - imaginary[place] * power.1,
                    real[place] * power.1 + imaginary[place] * power.0
                )
            }
            finite *= exp(Double(count) * log1p(-loss.endless))
        }
        fourier.transform(&real, &imaginary, inverse: true)
        let masses = (low...high).map { real[$0 & (fourier.count - 1)] }
        return Total(lowest: low, masses: masses, endless: 1 - finite + Self.tail, step: step)
    }

    private static func power(_ real: Double, _ imaginary: Double, _ count: Int) -> (Double, Double) {
        var (result, base, rest) = ((1.0, 0.0), (real, imaginary), count)
        while rest > 0 {
            if rest & 1 == 1 {
                result = (result.0 * base.0 - result.1 * base.1, result.0 * base.1 + result.1 * base.0)
            }
            base = (base.0 * base.0 - base.1 * base.1, 2 * base.0 * base.1)
            rest >>= 1
        }
        return result
    }

    /// Between which places all but the tails of the sum lie (Chernoff's bound, over some exponents).
    private static func bounds(_ losses: [(loss: PrivacyLoss, count: Int)], _ step: Double) -> (
        low: Double, high: Double
    ) {
        var low = losses.reduce(0.0) { $0 + Double($1.loss.lowest) * Double($1.count) }
        var high = losses.reduce(0.0) { $0 + Double($1.loss.lowest + $1.loss.masses.count - 1) * Double($1.count) }
        let logTail = Glibc.log(2 / tail)
        for exponent in -6...10 {
            let order = exp2(Double(exponent)) * step
            for sign in [1.0, -1.0] {
                var sum = 0.0
                for (loss, count) in losses { sum += Double(count) * logMoment(loss, sign * order) }
                guard sum.isFinite else { continue }
                if sign > 0 {
                    high = min(high, (sum + logTail) / order)
                } else {
                    low = max(low, -(sum + logTail) / order)
                }
            }
        }
        return (min(low, high), high)
    }

    /// The logarithm of the mean of exp(order · place).
    private static func logMoment(_ loss: PrivacyLoss, _ order: Double) -> Double {
        // From the heaviest term on; each factor is the one before times a constant.
        let last = loss.lowest + loss.masses.count - 1
        let shift = order * Double(order > 0 ? last : loss.lowest)
        let ratio = exp(-abs(order))
        var (sum, factor) = (0.0, 1.0)
        for offset in loss.masses.indices {
            sum += factor * loss.masses[order > 0 ? loss.masses.count - 1 - offset : offset]
            factor *= ratio
            if factor < 1e-300 { break }
        }
        return shift + Glibc.log(sum)
    }

    /// The loss of all releases together.
    private struct Total {
        let lowest: Int
        let masses: [Double]
        let endless: Double
        let step: Double

        /// From the largest loss down, until the hockey stick divergence reaches delta.
        func epsilon(_ delta: Double) -> Double {
            guard endless <= delta else { return .infinity }
            var (above, weighted) = (0.0, 0.0)
            for offset in masses.indices.reversed() {
                let loss = Double(lowest + offset) * step
                if endless + above - exp(loss) * weighted > delta {
                    return max(0, Glibc.log((above + endless - delta) / weighted))
                }
                if loss < 0 { return 0 }
                above += masses[offset]
                weighted += masses[offset] * exp(-loss)
            }
            return 0
        }
    }
}
