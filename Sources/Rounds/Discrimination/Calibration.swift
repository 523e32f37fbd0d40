/// Whether predicted probabilities come true: groups by deciles of the prediction, Brier's score, calibration intercept and
/// slope, and Hosmer and Lemeshow's test.
///
/// The slope is that of a logistic regression of the event on the prediction's logit, the intercept (calibration in the
/// large) that of one with the logit as an offset; both are ``GLM``s that run beside the search for the deciles.
public struct Calibration: FederatedComputation {
    public static let name = "calibration"

    /// The event (0 or 1) and its predicted probability: `event ~ probability`.
    public let formula: Formula
    public let groups: Int

    public init(_ formula: Formula, groups: Int = 10) {
        self.formula = formula
        self.groups = groups
    }

    public var variables: [String] { formula.variables }
    /// The deciles are searched for down to single values.
    public var needsMasking: Bool { true }

    public struct State: Codable, Sendable {
        var slope: SubRun<GLM>
        var intercept: SubRun<GLM>
        var sums: Sums?
        var search: OrderSearch?
        /// Between the groups, when they are found.
        var limits: [Double]?

        struct Sums: Codable, Sendable {
            let rows: Int64
            let events: Int64
            let missing: Int64
            let brier: Double
            let predicted: Double
        }
    }

    private func model(_ right: String) throws(RoundsError) -> GLM {
        GLM(.binomial, try Formula("\(try ScoredEvents.terms(formula).event) ~ \(right)"))
    }

    private func check() throws(RoundsError) {
        guard (2...100).contains(groups) else { throw .plan("calibration needs 2 to 100 groups") }
    }

    public func start(_ schema: Schema) throws(RoundsError) -> State {
        try check()
        let score = try ScoredEvents.terms(formula).score
        _ = try Design(formula, schema: schema)
        return State(
            slope: try SubRun("slope", try model("logit(\(score))"), schema),
            intercept: try SubRun("intercept", try model("1 + offset(logit(\(score)))"), schema))
    }

    public func layout(_ state: State) throws(RoundsError) -> Layout {
        var parts: [Layout.Part] = []
        if state.sums == nil { parts += [.counts("rows", 3), .reals("sums", 2)] }
        if let search = state.search, !search.isDone { parts.append(.counts("order", search.intervals.count * 256)) }
        if state.limits != nil {
            parts += [.counts("group", groups), .counts("event", groups), .reals("mean", groups)]
        }
        return Layout(parts + (try state.slope.parts()) + (try state.intercept.parts()))
    }

    public func local(_ table: CohortTable, _ state: State) throws(RoundsError) -> Contribution {
        try check()
        let scored = try ScoredEvents(formula, table)
        guard scored.scores.allSatisfy({ $0 >= 0 && $0 <= 1 }) else {
            throw .variable(try ScoredEvents.terms(formula).score.description, "has values that are no probabilities")
        }
        var contribution = Contribution()
        if state.sums == nil {
            contribution.add(
                counts: [Int64(scored.scores.count), Int64(scored.events.reduce(0, +)), Int64(scored.missing)],
                as: "rows")
            let squares = zip(scored.scores, scored.events).map { ($0 - $1) * ($0 - $1) }
            contribution.add(reals: [squares.compensatedSum, scored.scores.compensatedSum], as: "sums")
        }
        if let search = state.search, !search.isDone {
            contribution.add(counts: search.counts([scored.scores]), as: "order")
        }
        if let limits = state.limits {
            var counts = [Int64](repeating: 0, count: groups)
            var events = counts
            var means = [CompensatedSum](repeating: .init(), count: groups)
            for (score, event) in zip(scored.scores, scored.events) {
                let group = min(groups - 1, limits.count { $0 < score })
                counts[group] += 1
                events[group] += event == 1 ? 1 : 0
                means[group].add(score)
            }
            contribution.add(counts: counts, as: "group")
            contribution.add(counts: events, as: "event")
            contribution.add(reals: means.map(\.value), as: "mean")
        }
        try state.slope.add(to: &contribution, table)
        try state.intercept.add(to: &contribution, table)
        return contribution
    }

    public func combine(
        _ sum: Contribution, _ state: State, _ context: CombineContext
    ) throws(RoundsError) -> Step<State, Outcome> {
        var next = state
        try next.slope.combine(sum, context)
        try next.intercept.combine(sum, context)
        if state.sums == nil {
            let (rows, sums) = (try sum.patients("rows"), try sum.reals("sums"))
            guard rows.count == 3, sums.count == 2 else { throw .shape("the sums of the first round are incomplete") }
            try context.require(rows: rows[0], for: "the calibration")
            next.sums = .init(rows: rows[0], events: rows[1], missing: rows[2], brier: sums[0], predicted: sums[1])
            next.search = try OrderSearch(
                positions(rows[0]).flatMap { position in
                    [position.rounded(.down), position.rounded(.up)].map { .init(variable: 0, rank: Int64($0)) }
                })
            return .next(next)
        }
        guard let sums = state.sums, let search = state.search else { throw .shape("the search was not begun") }
        if !search.isDone {
            next.search = try search.narrowed(try sum.patients("order"))
            if let found = next.search, found.isDone {
                next.limits = positions(sums.rows).enumerated().map { place, position in
                    let (low, high) = (found.values[2 * place], found.values[2 * place + 1])
                    return low + (high - low) * (position - position.rounded(.down))
                }
            }
            return .next(next)
        }
        guard let slope = next.slope.outcome, let intercept = next.intercept.outcome else { return .next(next) }
        return .done(
            try Outcome(
                formula: formula, sums: sums, slope: slope, intercept: intercept, counts: try sum.patients("group"),
                events: try sum.patients("event"), predicted: try sum.reals("mean"), context))
    }

    /// Where the limits lie in the sorted predictions (`numpy.percentile`).
    private func positions(_ rows: Int64) -> [Double] {
        (1..<groups).map { Double($0) / Double(groups) * Double(rows - 1) }
    }
}

extension Calibration: WrittenPlan {
    public static var synopsis: String { "calibration(probability, event, groups=10)" }

    public init(_ arguments: inout PlanArguments) throws(RoundsError) {
        let groups = try arguments.whole("groups") ?? 10
        self.init(try ScoredEvents.formula(&arguments), groups: groups)
    }
}
