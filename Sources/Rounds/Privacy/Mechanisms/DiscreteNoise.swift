/// Whole-number noise, drawn exactly: with integers and fair coins only, so that no rounding of floats shapes it.
///
/// Noise from floating point formulas has holes that give the value away (Mironov, CCS 2012). Source: Canonne, Kamath
/// and Steinke, arXiv:2004.00010, algorithms 1 to 3.
public enum DiscreteNoise {
    /// The largest standard deviation or scale.
    public static let maximumScale: UInt64 = 1 << 14

    /// True with probability exp(−numerator / denominator).
    static func coin(
        exponent numerator: UInt64, _ denominator: UInt64, using bits: inout some RandomNumberGenerator
    ) -> Bool {
        var rest = numerator
        while rest > denominator {
            guard coin(atMostOne: 1, 1, using: &bits) else { return false }
            rest -= denominator
        }
        return coin(atMostOne: rest, denominator, using: &bits)
    }

    private static func coin(
        atMostOne numerator: UInt64, _ denominator: UInt64, using bits: inout some RandomNumberGenerator
    ) -> Bool {
        var count: UInt64 = 1
        while true {
            let (range, overflow) = denominator.multipliedReportingOverflow(by: count)
            // By then its chance is below 1 in 60!.
            guard !overflow, UInt64.random(in: 0..<range, using: &bits) < numerator else { break }
            count += 1
        }
        return count % 2 == 1
    }

    /// Discrete Laplace noise: the chance of x is proportional to exp(−|x| / scale).
    ///
    /// - Parameter scale: from 1 to ``maximumScale``; others are brought into that range.
    public static func laplace(scale: UInt64, using bits: inout some RandomNumberGenerator) -> Int64 {
        let scale = min(max(scale, 1), maximumScale)
        while true {
            let fraction = UInt64.random(in: 0..<scale, using: &bits)
            guard coin(exponent: fraction, scale, using: &bits) else { continue }
            var whole: UInt64 = 0
            while coin(exponent: 1, 1, using: &bits) { whole += 1 }
            let size = Int64(clamping: fraction &+ scale &* whole)
            let negative = Bool.random(using: &bits)
            if negative, size == 0 { continue }
            return negative ? -size : size
        }
    }

    /// Discrete Gaussian noise: the chance of x is proportional to exp(−x² / 2 deviation²).
    ///
    /// - Parameter deviation: from 1 to ``maximumScale``; others are brought into that range.
    public static func gaussian(deviation: UInt64, using bits: inout some RandomNumberGenerator) -> Int64 {
        let deviation = min(max(deviation, 1), maximumScale)
        let scale = min(deviation + 1, maximumScale)
        while true {
            let candidate = laplace(scale: scale, using: &bits)
            // Accept with probability exp(−(|y| − deviation² / scale)² / 2 deviation²), all times scale.
            let (square, size) = (deviation * deviation, candidate.magnitude.multipliedReportingOverflow(by: scale))
            guard !size.overflow else { continue }
            let distance = size.partialValue > square ? size.partialValue - square : square - size.partialValue
            // Farther out the chance is below e^-60.
            guard distance < 11 * deviation * scale else { continue }
            if coin(exponent: distance * distance, 2 * square * scale * scale, using: &bits) { return candidate }
        }
    }
}
