import Glibc

/// Round numbers for an axis.
enum NiceTicks {
    /// About `count` multiples of 1, 2 or 5 times a power of ten within a range.
    static func linear(_ low: Double, _ high: Double, count: Int = 5) -> [Double] {
        guard low.isFinite, high.isFinite, high > low, count > 0 else { return [low] }
        let rough = (high - low) / Double(count)
        let power = pow(10, (log(rough) / log(10) + 1e-9).rounded(.down))
        let step = ([1, 2, 2.5, 5, 10].first { $0 * power >= rough * 0.999_999 } ?? 10) * power
        return multiples(of: step, low, high)
    }

    /// Multiples of a step within a range, both ends included.
    static func multiples(of step: Double, _ low: Double, _ high: Double) -> [Double] {
        guard step > 0, (high - low) / step < 1000 else { return [low, high] }
        let first = (low / step - 1e-9).rounded(.up)
        let last = (high / step + 1e-9).rounded(.down)
        guard first <= last else { return [low] }
        return stride(from: first, through: last, by: 1).map { $0 * step }
    }

    /// The length of the longer unit that people read a time in: years for many days or months; nil for none.
    static func year(upTo end: Double, unitName: String) -> Double? {
        let year: Double
        switch unitName {
        case "days": year = 365.25
        case "months": year = 12
        default: return nil
        }
        return end >= 2 * year ? year : nil
    }

    /// Times from zero, in years or half years where there are several.
    static func times(upTo end: Double, unitName: String) -> [Double] {
        guard end.isFinite, end > 0 else { return [0] }
        guard let year = year(upTo: end, unitName: unitName) else { return linear(0, end, count: 7) }
        let step = [0.5, 1, 2, 5, 10, 20].map { $0 * year }.first { end / $0 <= 8.5 } ?? 50 * year
        return multiples(of: step, 0, end)
    }

    /// Values for a logarithmic axis: 1, 2 and 5 times powers of ten, thinned to 1s where there are many.
    static func logarithmic(_ low: Double, _ high: Double) -> [Double] {
        guard low > 0, high > low, high.isFinite else { return [1] }
        let first = (log(low) / log(10)).rounded(.down)
        let last = (log(high) / log(10)).rounded(.up)
        func ticks(_ factors: [Double]) -> [Double] {
            var ticks: [Double] = []
            for power in stride(from: first, through: last, by: 1) {
                for factor in factors { ticks.append(factor * pow(10, power)) }
            }
            return ticks.filter { $0 >= low * 0.999_999 && $0 <= high * 1.000_001 }
        }
        let fine = ticks([1, 2, 5])
        return fine.count <= 9 ? fine : ticks([1])
    }
}
