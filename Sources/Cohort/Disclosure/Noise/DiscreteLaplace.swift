/// Whole numbers with the probability of `n` in proportion to `exp(-|n| * scaleDenominator / scaleNumerator)`.
///
/// Sampled exactly, in whole numbers only: floating point has gaps, and what they leave out tells the number that the
/// noise was to hide. After Canonne, Kamath and Steinke, "The Discrete Gaussian for Differential Privacy" (2020),
/// algorithms 1 and 2.
struct DiscreteLaplace: Equatable {
    /// The scale is this over ``denominator``: at least 1 each.
    let numerator: Int
    let denominator: Int

    init(numerator: Int, denominator: Int) {
        self.numerator = max(1, numerator)
        self.denominator = max(1, denominator)
    }

    func sample(_ random: inout some RandomNumberGenerator) -> Int {
        while true {
            let part = Int.random(in: 0..<numerator, using: &random)
            guard Self.happens(part, of: numerator, &random) else { continue }
            var whole = 0
            while whole < 1 << 20, Self.happens(1, of: 1, &random) { whole += 1 }
            let (product, overflow) = numerator.multipliedReportingOverflow(by: whole)
            guard !overflow, product <= .max - part else { continue }
            let size = (part + product) / denominator
            let isNegative = Bool.random(using: &random)
            if isNegative, size == 0 { continue }
            return isNegative ? -size : size
        }
    }

    /// True with the probability `exp(-top / bottom)`, for a fraction of at most one.
    private static func happens(_ top: Int, of bottom: Int, _ random: inout some RandomNumberGenerator) -> Bool {
        var turn = 1
        while true {
            let (range, overflow) = bottom.multipliedReportingOverflow(by: turn)
            guard !overflow, Int.random(in: 0..<range, using: &random) < top else { break }
            turn += 1
        }
        return !turn.isMultiple(of: 2)
    }

    /// How far the noise goes in 99 of 100 cases, or a little further: P(|n| > w) <= 2 exp(-(w + 1) / scale), and
    /// ln 200 < 5.2984.
    var reach: Int {
        let tenThousandths = 52_984
        let (product, overflow) = numerator.multipliedReportingOverflow(by: tenThousandths)
        guard !overflow else { return .max / 4 }
        return product / 10_000 / denominator
    }
}
