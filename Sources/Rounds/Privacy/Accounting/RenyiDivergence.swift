import Glibc

/// Rényi divergences of the mechanisms, at one order above 1.
///
/// The sampled Gaussian follows section 3.3 of arXiv:1908.10530, the Laplace mechanism proposition 6 of
/// arXiv:1702.07476; both in the form of the open-source library `dp-accounting`, whose values the tests compare.
enum RenyiDivergence {
    static func of(_ event: PrivacyEvent, order: Double) -> Double {
        switch event {
        case .gaussian(let multiplier): order / (2 * multiplier * multiplier)
        case .sampledGaussian(let rate, let multiplier): sampledGaussian(rate, multiplier, order)
        case .laplace(let multiplier): laplace(1 / multiplier, order)
        }
    }

    private static func sampledGaussian(_ rate: Double, _ sigma: Double, _ order: Double) -> Double {
        if rate == 0 { return 0 }
        if rate == 1 { return order / (2 * sigma * sigma) }
        let log = order == order.rounded() ? whole(rate, sigma, order) : fractional(rate, sigma, order)
        return log / (order - 1)
    }

    private static func whole(_ rate: Double, _ sigma: Double, _ order: Double) -> Double {
        var total = -Double.infinity
        for step in 0...Int(order) {
            let k = Double(step)
            let chosen = logBinomial(order, k) + k * Glibc.log(rate) + (order - k) * log1p(-rate)
            total = logSum(total, chosen + (k * k - k) / (2 * sigma * sigma))
        }
        return total
    }

    /// An infinite series, ended where its terms no longer matter; infinity where they do not come down.
    private static func fractional(_ rate: Double, _ sigma: Double, _ order: Double) -> Double {
        let turn = sigma * sigma * Glibc.log(1 / rate - 1) + 0.5
        let root = 2.0.squareRoot() * sigma
        var (below, above) = (-Double.infinity, -Double.infinity)
        var last = (-Double.infinity, -Double.infinity)
        for step in 0..<1000 {
            let i = Double(step)
            let j = order - i
            let binomial = logBinomial(order, i)
            let first =
                binomial + i * Glibc.log(rate) + j * log1p(-rate) + (i * i - i) / (2 * sigma * sigma)
                + Glibc.log(0.5) + logErfc((i - turn) / root)
            let second =
                binomial + j * Glibc.log(rate) + i * log1p(-rate) + (j * j - j) / (2 * sigma * sigma)
                + Glibc.log(0.5) + logErfc((turn - j) / root)
            below = logSum(below, first)
            above = logSum(above, second)
            let total = logSum(below, above)
            if first < last.0, second < last.1, max(first, second) < total - 30 { return total }
            last = (first, second)
        }
        return .infinity
    }

    private static func laplace(_ epsilon: Double, _ order: Double) -> Double {
        let slope = expm1(epsilon * (1 - 2 * order)) / (2 * order - 1)
        return epsilon + log1p((order - 1) * slope) / (order - 1)
    }

    private static func logBinomial(_ n: Double, _ k: Double) -> Double {
        lgamma(n + 1).0 - lgamma(k + 1).0 - lgamma(n - k + 1).0
    }

    private static func logSum(_ one: Double, _ other: Double) -> Double {
        let (low, high) = (min(one, other), max(one, other))
        return low == -.infinity ? high : log1p(exp(low - high)) + high
    }

    /// The logarithm of the complementary error function, also where that is too small for a number: from 25 on the
    /// terms left out of the series are below 1e-13.
    private static func logErfc(_ x: Double) -> Double {
        if x < 25 { return Glibc.log(erfc(x)) }
        let inverse = 1 / (x * x)
        let series = inverse * (-0.5 + inverse * (0.625 + inverse * (-37.0 / 24 + inverse * 353.0 / 64)))
        return -Glibc.log(Double.pi) / 2 - Glibc.log(x) - x * x + series
    }
}
