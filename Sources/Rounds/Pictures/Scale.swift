import Glibc

/// Where values of an axis lie on the page.
struct Scale {
    enum Kind { case linear, logarithmic }

    let kind: Kind
    let low: Double
    let high: Double
    /// Where `low` and `high` are.
    let start: Double
    let end: Double

    /// A scale without length is given one.
    init(_ low: Double, _ high: Double, from start: Double, to end: Double, kind: Kind = .linear) {
        self.kind = kind
        self.low = kind == .logarithmic ? max(low, 1e-300) : low
        self.high = high > self.low ? high : kind == .logarithmic ? self.low * 10 : self.low + 1
        self.start = start
        self.end = end
    }

    func callAsFunction(_ value: Double) -> Double {
        let share: Double =
            switch kind {
            case .linear: (value - low) / (high - low)
            case .logarithmic: value > 0 ? (log(value) - log(low)) / (log(high) - log(low)) : 0
            }
        return start + min(1, max(0, share)) * (end - start)
    }

    var ticks: [Double] {
        switch kind {
        case .linear: NiceTicks.linear(low, high)
        case .logarithmic: NiceTicks.logarithmic(low, high)
        }
    }
}
