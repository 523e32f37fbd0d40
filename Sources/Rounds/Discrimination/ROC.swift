/// How well a score tells events from others: the area under the ROC curve, with DeLong's confidence interval.
///
/// Scores are counted in bins that all sites share. Within a bin they count as equal; so the area is exact where the bins
/// are as fine as the scores, and otherwise off by no more than ``Outcome/tieError``.
public struct ROC: FederatedComputation {
    public static let name = "roc"
    static let maximumBins = 100_000

    /// The event (0 or 1) and the score: `event ~ score`.
    public let formula: Formula
    /// Where the first bin begins and the last ends. Scores beyond are counted in these.
    public let from: Double
    public let to: Double
    public let bins: Int
    public let confidence: Double

    public init(_ formula: Formula, from: Double = 0, to: Double = 1, bins: Int = 1000, confidence: Double = 0.95) {
        self.formula = formula
        self.from = from
        self.to = to
        self.bins = bins
        self.confidence = confidence
    }

    public var variables: [String] { formula.variables }
    /// Fine bins hold single patients.
    public var needsMasking: Bool { true }

    public struct State: Codable, Sendable {}

    private func check() throws(RoundsError) {
        guard from < to, (to - from).isFinite, (2...Self.maximumBins).contains(bins), confidence > 0, confidence < 1
        else {
            throw .plan("a ROC curve needs from < to, 2 to \(Self.maximumBins) bins, and a confidence between 0 and 1")
        }
    }

    public func start(_ schema: Schema) throws(RoundsError) -> State {
        try check()
        _ = try ScoredEvents.terms(formula)
        _ = try Design(formula, schema: schema)
        return State()
    }

    public func layout(_ state: State) -> Layout {
        Layout(.counts("events", bins), .counts("others", bins), .counts("missing"))
    }

    public func local(_ table: CohortTable, _ state: State) throws(RoundsError) -> Contribution {
        try check()
        let scored = try ScoredEvents(formula, table)
        var events = [Int64](repeating: 0, count: bins)
        var others = events
        for (score, event) in zip(scored.scores, scored.events) {
            let place = ((score - from) / (to - from) * Double(bins)).rounded(.down)
            let bin = Int(max(0, min(Double(bins - 1), place)))
            if event == 1 { events[bin] += 1 } else { others[bin] += 1 }
        }
        var contribution = Contribution()
        contribution.add(counts: events, as: "events")
        contribution.add(counts: others, as: "others")
        contribution.add(counts: [Int64(scored.missing)], as: "missing")
        return contribution
    }

    public func combine(
        _ sum: Contribution, _ state: State, _ context: CombineContext
    ) throws(RoundsError) -> Step<State, Outcome> {
        let events = try sum.patients("events")
        let others = try sum.patients("others")
        let (positives, negatives) = (events.reduce(0, &+), others.reduce(0, &+))
        try context.require(rows: positives, for: "the events")
        try context.require(rows: negatives, for: "those without an event")
        guard positives >= 2, negatives >= 2 else { throw .numerical("a ROC curve needs two events and two others") }
        let (m, n) = (Double(positives), Double(negatives))
        // The share of the others that lie below each bin, and of the events that lie above: DeLong's placements.
        var below = 0.0
        var above = m
        var area = CompensatedSum()
        var ties = CompensatedSum()
        var placements: [(event: Double, other: Double)] = []
        for (event, other) in zip(events, others).map({ (Double($0), Double($1)) }) {
            above -= event
            placements.append(((below + other / 2) / n, (above + event / 2) / m))
            area.add(event * (below + other / 2))
            ties.add(event * other / 2)
            below += other
        }
        let auc = area.value / m / n
        var spread = [CompensatedSum(), CompensatedSum()]
        for (bin, placement) in placements.enumerated() {
            spread[0].add(Double(events[bin]) * (placement.event - auc) * (placement.event - auc))
            spread[1].add(Double(others[bin]) * (placement.other - auc) * (placement.other - auc))
        }
        let error = (spread[0].value / (m - 1) / m + spread[1].value / (n - 1) / n).squareRoot()
        let width = Distributions.normalQuantile((1 + confidence) / 2) * error
        return .done(
            Outcome(
                formula: formula, auc: auc, standardError: error, low: max(0, auc - width), high: min(1, auc + width),
                confidence: confidence, tieError: ties.value / m / n, events: positives, others: negatives,
                missing: ProtectedCount(try sum.patients("missing").first ?? 0, context.rules),
                curve: curve(events, others, context.rules), sites: context.sites))
    }

    /// The curve at thresholds between which enough patients of both kinds (or none) lie, the strictest first.
    private func curve(_ events: [Int64], _ others: [Int64], _ rules: DisclosureRules) -> [Outcome.Point] {
        let (m, n) = (Double(events.reduce(0, &+)), Double(others.reduce(0, &+)))
        var points: [Outcome.Point] = []
        var (step, all, left) = ((event: Int64(0), other: Int64(0)), (event: 0.0, other: 0.0), (event: m, other: n))
        func enough(_ count: Double) -> Bool { count == 0 || count >= Double(rules.minimumCell) }
        for bin in events.indices.reversed() {
            step.event += events[bin]
            step.other += others[bin]
            left.event -= Double(events[bin])
            left.other -= Double(others[bin])
            guard step.event + step.other > 0,
                [Double(step.event), Double(step.other), left.event, left.other].allSatisfy(enough)
            else { continue }
            all.event += Double(step.event)
            all.other += Double(step.other)
            step = (0, 0)
            points.append(
                .init(
                    threshold: from + Double(bin) * (to - from) / Double(bins), sensitivity: all.event / m,
                    specificity: 1 - all.other / n))
        }
        return points
    }

    public struct Outcome: Codable, Sendable, Equatable {
        public struct Point: Codable, Sendable, Equatable {
            /// Scores from here on count as positive.
            public let threshold: Double
            public let sensitivity: Double
            public let specificity: Double
        }
        public let formula: Formula
        public let auc: Double
        /// DeLong, DeLong and Clarke-Pearson (Biometrics 1988).
        public let standardError: Double
        public let low: Double
        public let high: Double
        public let confidence: Double
        /// The area without bins lies no further from ``auc`` than this.
        public let tieError: Double
        public let events: Int64
        public let others: Int64
        public let missing: ProtectedCount
        public let curve: [Point]
        public let sites: Int
    }
}

extension ROC.Outcome: TabularOutcome {
    public var tables: [ResultTable] {
        let percent = ResultTable.Cell.shown(confidence * 100)
        return [
            ResultTable(
                "Area under the ROC curve",
                columns: ["AUC", "std. error", "\(percent) % from", "to", "events", "others"],
                rows: [
                    [.number(auc), .number(standardError), .number(low), .number(high), .count(events), .count(others)]
                ],
                notes: [
                    "DeLong's interval. Scores within one bin count as equal: the area is exact within "
                        + "\(ResultTable.Cell.shown(tieError)). \(missing) rows left out; \(sites) sites."
                ]),
            ResultTable(
                "ROC curve", columns: ["threshold", "sensitivity", "specificity"],
                rows: curve.map { [.number($0.threshold), .number($0.sensitivity), .number($0.specificity)] }),
        ]
    }
}

extension ROC: WrittenPlan {
    public static var synopsis: String { "roc(score, event, from=0, to=1, bins=1000, confidence=0.95)" }
    public static var aliases: [String] { ["auc"] }

    public init(_ arguments: inout PlanArguments) throws(RoundsError) {
        let range = (try arguments.number("from") ?? 0, try arguments.number("to") ?? 1)
        let bins = try arguments.whole("bins") ?? 1000
        let confidence = try arguments.number("confidence") ?? 0.95
        self.init(
            try ScoredEvents.formula(&arguments), from: range.0, to: range.1, bins: bins, confidence: confidence)
    }
}
