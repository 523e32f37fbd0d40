extension KaplanMeier {
    /// The outcome from the exact table, with the steps and counts that may be published.
    func outcome(
        _ table: RiskTable, _ state: State, _ atRisk: [Int64], _ context: CombineContext
    ) throws(RoundsError) -> KaplanMeierOutcome {
        let groups = state.levels.count
        guard atRisk.count == state.marks.count * groups, let exclusions = state.exclusions else {
            throw .shape("there are not the counts of patients at risk")
        }
        let least = max(1, context.rules.minimumCell)
        if coarsen == false, least > 1 {
            throw .withheld("the exact curve shows single events, and the sites' rules ask for \(least) at least")
        }
        let perStep = coarsen == true ? max(least, 5) : least
        let limit = try restrictedMeanLimit(table, least: least)
        let curves = (0..<groups).map { group in
            curve(table, group, state, atRisk, exclusions, limit: limit, perStep: perStep, least: least)
        }
        let all = Array(0..<groups)
        return KaplanMeierOutcome(
            time: time, group: group, confidence: confidence, exclusions: exclusions, curves: curves,
            marks: state.marks.map(time.time(ofTick:)), restrictedMeanLimit: limit * time.unit,
            tests: LogRank.Weights.allCases.compactMap { LogRank(table, groups: all, weights: $0) },
            pairs: pairs(table, groups: groups), eventsPerStep: perStep)
    }

    private func pairs(_ table: RiskTable, groups: Int) -> [KaplanMeierOutcome.Pair] {
        guard groups > 2 else { return [] }
        var tests: [LogRank] = []
        for first in 0..<groups {
            for second in first + 1..<max(first + 1, groups) {
                if let test = LogRank(table, groups: [first, second], weights: .logRank) { tests.append(test) }
            }
        }
        return zip(tests, LogRank.holm(tests.map(\.p))).map { KaplanMeierOutcome.Pair(test: $0, adjustedP: $1) }
    }

    private func curve(
        _ table: RiskTable, _ group: Int, _ state: State, _ atRisk: [Int64], _ exclusions: Exclusions,
        limit: Double, perStep: Int, least: Int
    ) -> KaplanMeierOutcome.Curve {
        let column = table.column(group)
        let estimate = SurvivalEstimate(ticks: table.ticks, events: column.events, atRisk: column.atRisk)
        let quantile = estimate.quantile(0.5, confidence)
        let mean = estimate.restrictedMean(upTo: limit)
        let counts = state.marks.indices.map { Int(atRisk[$0 * state.levels.count + group]) }
        return KaplanMeierOutcome.Curve(
            group: state.levels[group], patients: counts.first ?? 0, events: column.events.reduce(0, +),
            steps: PublishedSteps.merged(estimate.points.map(\.events), perStep: perStep).map { place, events in
                let point = estimate.points[place]
                let limits = confidence.limits(point.survival, deviation: point.deviation)
                return KaplanMeierOutcome.Step(
                    time: time.time(ofTick: point.tick), events: events, survival: point.survival,
                    lower: limits?.lower, upper: limits?.upper, hazard: point.hazard,
                    hazardError: point.hazardDeviation)
            },
            median: quantile.time.map { $0 * time.unit }, medianLower: quantile.lower.map { $0 * time.unit },
            medianUpper: quantile.upper.map { $0 * time.unit }, restrictedMean: mean.mean * time.unit,
            restrictedMeanError: mean.standardError * time.unit,
            atRisk: PublishedSteps.counts(counts, least: least))
    }

    /// In steps: the plan's own limit, or the last event time at which every group has enough patients at risk.
    private func restrictedMeanLimit(_ table: RiskTable, least: Int) throws(RoundsError) -> Double {
        let last = table.atRisk.lastIndex { $0.allSatisfy { $0 >= least } }
        if let restrictedMean {
            let limit = restrictedMean / time.unit
            guard limit.isFinite, limit > 0 else { throw .plan("`restrictedMean` is a time above zero") }
            return limit
        }
        return Double(last.map { table.ticks[$0] } ?? table.ticks.first ?? 0)
    }
}
