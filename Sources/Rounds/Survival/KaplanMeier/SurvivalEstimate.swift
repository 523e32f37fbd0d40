import Glibc

/// The exact Kaplan–Meier and Nelson–Aalen estimates of one group, at its own event times.
///
/// Sources: Kaplan and Meier 1958; Greenwood 1926; Nelson 1972, Aalen 1978 (with variance Σ d/n², as R's `survfit`).
struct SurvivalEstimate {
    struct Point: Equatable {
        /// In steps of the grid.
        let tick: Int
        let events: Int
        let atRisk: Int
        /// The share alive after this time.
        let survival: Double
        /// Greenwood's standard error of log S.
        let deviation: Double
        /// Nelson–Aalen's cumulative hazard and its standard error.
        let hazard: Double
        let hazardDeviation: Double
    }

    /// One for each time at which this group has events.
    let points: [Point]

    init(ticks: [Int], events: [Int], atRisk: [Int]) {
        var points: [Point] = []
        var survival = 1.0
        var greenwood = 0.0
        var hazard = 0.0
        var variance = 0.0
        for (place, tick) in ticks.enumerated() where events[place] > 0 && atRisk[place] >= events[place] {
            let d = Double(events[place])
            let n = Double(atRisk[place])
            survival *= (n - d) / n
            greenwood += d / (n * (n - d))
            hazard += d / n
            variance += d / (n * n)
            points.append(
                Point(
                    tick: tick, events: events[place], atRisk: atRisk[place], survival: survival,
                    deviation: greenwood.squareRoot(), hazard: hazard, hazardDeviation: variance.squareRoot()))
        }
        self.points = points
    }

    /// The time, in steps, at which the share falls to `level`, with the limits of `band`, as R's `quantile.survfit`: the
    /// middle of the step where the curve stays at the level itself. Nil where a curve does not fall so far.
    func quantile(_ level: Double, _ band: ConfidenceBand) -> (time: Double?, lower: Double?, upper: Double?) {
        let limits = points.map { band.limits($0.survival, deviation: $0.deviation) }
        return (
            fall(to: level, points.map { $0.survival }), fall(to: level, limits.map { $0?.lower }),
            fall(to: level, limits.map { $0?.upper })
        )
    }

    private func fall(to level: Double, _ heights: [Double?]) -> Double? {
        let tolerance = 1.5e-8
        for (place, height) in heights.enumerated() {
            guard let height, height < level + tolerance else { continue }
            let tick = Double(points[place].tick)
            guard abs(height - level) < tolerance else { return tick }
            for later in place + 1..<max(place + 1, heights.count) {
                if let next = heights[later], next < height { return (tick + Double(points[later].tick)) / 2 }
            }
            return tick
        }
        return nil
    }

    /// The mean time alive up to a limit, in steps, and its standard error: the area under the curve, as R's `survfit`.
    func restrictedMean(upTo limit: Double) -> (mean: Double, standardError: Double) {
        let within = points.filter { Double($0.tick) <= limit }
        // The area under the curve from each event time to the limit, from the last backwards.
        var end = limit
        var area = 0.0
        var variance = 0.0
        for point in within.reversed() {
            area += point.survival * (end - Double(point.tick))
            end = Double(point.tick)
            let left = Double(point.atRisk - point.events)
            if left > 0 { variance += area * area * Double(point.events) / (Double(point.atRisk) * left) }
        }
        return (area + end, variance.squareRoot())
    }
}
