import CStatistics
import Glibc

/// The privacy loss of one event on a grid: how likely each log ratio of probabilities is.
///
/// Each piece of the loss between two points of the grid is shared between these so that its probability under both
/// neighbours stays: the hockey stick divergence is then exact at the grid and an upper bound between ("connect the
/// dots", arXiv:2207.04380).
struct PrivacyLoss {
    /// Which neighbour the value comes from.
    enum Direction { case remove, add }

    /// The place of the first mass on the grid.
    private(set) var lowest = 0
    private(set) var masses: [Double] = []
    /// Losses beyond the grid count as endless.
    private(set) var endless = 0.0

    /// Tails of this many standard deviations weigh less than e^-50.
    private static let reach = 9.5

    init(_ event: PrivacyEvent, _ direction: Direction, step: Double) {
        switch event {
        case .gaussian(let multiplier): gaussian(1, multiplier, direction, step)
        case .sampledGaussian(let rate, let multiplier): gaussian(rate, multiplier, direction, step)
        case .laplace(let multiplier): laplace(multiplier, step)
        }
    }

    /// How many points of a grid an event needs.
    static func points(_ event: PrivacyEvent, step: Double) -> Double {
        switch event {
        case .gaussian(let multiplier), .sampledGaussian(_, let multiplier):
            (2 * reach / multiplier + 1 / (multiplier * multiplier)) / step
        case .laplace(let multiplier): 2 / multiplier / step
        }
    }

    /// Shares the masses of the cells between grid points.
    ///
    /// - Parameter cells: for each cell from the place `first` on, its probability under the value's own neighbour and
    ///   under the other.
    private mutating func share(_ cells: [(own: Double, other: Double)], first: Int, step: Double) {
        lowest = first
        masses = Array(repeating: 0, count: cells.count + 1)
        let width = -expm1(-step)
        for (place, cell) in cells.enumerated() where cell.own > 0 {
            let low = Double(first + place) * step
            let upper = min(max((cell.own - exp(low) * cell.other) / width, 0), cell.own)
            masses[place + 1] += upper
            masses[place] += cell.own - upper
        }
    }

    private mutating func gaussian(_ rate: Double, _ sigma: Double, _ direction: Direction, _ step: Double) {
        guard rate > 0 else {
            masses = [1]
            return
        }
        // The loss of removing a row at a value, and the value at a loss.
        func loss(_ x: Double) -> Double {
            let exponent = (2 * x - 1) / (2 * sigma * sigma)
            return exponent > 0
                ? exponent + Glibc.log(rate + (1 - rate) * exp(-exponent)) : log1p(rate * expm1(exponent))
        }
        func value(_ loss: Double) -> Double {
            let odds = expm1(loss) / rate + 1
            return odds > 0 ? sigma * sigma * Glibc.log(odds) + 0.5 : -.infinity
        }
        let (least, most) = (-Self.reach * sigma, 1 + Self.reach * sigma)
        let ends = direction == .remove ? (loss(least), loss(most)) : (-loss(most), -loss(least))
        let (first, last) = (Int((ends.0 / step).rounded(.down)), Int((ends.1 / step).rounded(.up)))
        func between(_ low: Double, _ high: Double) -> (mixed: Double, plain: Double) {
            let plain = Self.normal(low / sigma, high / sigma)
            return ((1 - rate) * plain + rate * Self.normal((low - 1) / sigma, (high - 1) / sigma), plain)
        }
        var cells: [(own: Double, other: Double)] = []
        cells.reserveCapacity(last - first)
        var low = direction == .remove ? value(Double(first) * step) : value(-Double(first) * step)
        for place in first..<max(last, first + 1) {
            let next = Double(place + 1) * step
            if direction == .remove {
                let high = value(next)
                let mass = between(low, high)
                cells.append((mass.mixed, mass.plain))
                low = high
            } else {
                let high = value(-next)
                let mass = between(high, low)
                cells.append((mass.plain, mass.mixed))
                low = high
            }
        }
        share(cells, first: first, step: step)
        if direction == .remove {
            endless = (1 - rate) * atles_normal_upper(low / sigma) + rate * atles_normal_upper((low - 1) / sigma)
            let start = value(Double(first) * step)
            masses[0] +=
                (1 - rate) * atles_normal_cdf(start / sigma) + rate * atles_normal_cdf((start - 1) / sigma)
        } else {
            endless = low > -.infinity ? atles_normal_cdf(low / sigma) : 0
            masses[0] += atles_normal_upper(value(-Double(first) * step) / sigma)
        }
    }

    /// The probability of a standard normal value between two, from the side where it is small.
    private static func normal(_ low: Double, _ high: Double) -> Double {
        low > 0
            ? atles_normal_upper(low) - atles_normal_upper(high) : atles_normal_cdf(high) - atles_normal_cdf(low)
    }

    private mutating func laplace(_ scale: Double, _ step: Double) {
        let most = 1 / scale
        let first = Int((-most / step).rounded(.down)) - 1
        let last = Int((most / step).rounded(.up)) + 1
        // The value below which the loss is above this one.
        func value(_ loss: Double) -> Double {
            loss >= most ? -.infinity : loss < -most ? .infinity : (1 - loss * scale) / 2
        }
        func between(_ low: Double, _ high: Double) -> Double {
            func below(_ x: Double) -> Double { x < 0 ? exp(x / scale) / 2 : 1 - exp(-x / scale) / 2 }
            func above(_ x: Double) -> Double { exp(-x / scale) / 2 }
            return low > 0 ? above(low) - above(high) : below(high) - below(low)
        }
        let cells = (first..<last).map { place in
            let (low, high) = (value(Double(place + 1) * step), value(Double(place) * step))
            return (own: between(low, high), other: between(low - 1, high - 1))
        }
        share(cells, first: first, step: step)
    }
}
