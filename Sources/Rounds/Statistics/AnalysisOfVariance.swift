/// One-way analysis of variance: whether a number's mean differs between the levels of a category (`size ~ stage`).
public struct AnalysisOfVariance: FederatedComputation {
    public static let name = "anova"

    /// One outcome and one category.
    public let formula: Formula

    public init(_ formula: Formula) {
        self.formula = formula
    }

    public var variables: [String] { formula.variables }

    public struct State: Codable, Sendable {
        let factor: GroupFactor
        var moments: GroupMoments?
    }

    public func start(_ schema: Schema) throws(RoundsError) -> State {
        let factors = try GroupFactor.all(formula, schema)
        guard formula.left.count == 1, factors.count == 1 else {
            throw .plan("an analysis of variance has one outcome and one category, as in anova(size ~ stage)")
        }
        return State(factor: factors[0])
    }

    public func parameters(_ state: State) -> Int { state.factor.levels.count }

    public func layout(_ state: State) -> Layout { GroupMoments.layout(state.factor.levels.count, state.moments) }

    public func local(_ table: CohortTable, _ state: State) throws(RoundsError) -> Contribution {
        guard let outcome = formula.left.first else { throw .plan("an analysis of variance has one outcome") }
        return GroupMoments.local(try GroupedValues(outcome, state.factor, table), state.moments)
    }

    public func combine(
        _ sum: Contribution, _ state: State, _ context: CombineContext
    ) throws(RoundsError) -> Step<State, Outcome> {
        let moments = try GroupMoments.combined(sum, state.moments)
        let rows = moments.rows
        if state.moments == nil {
            try context.require(rows: rows, for: "the analysis")
            return .next(State(factor: state.factor, moments: moments))
        }
        let groups = moments.counts.indices.filter { moments.counts[$0] > 0 }
        let (between, within) = (Double(groups.count - 1), Double(rows) - Double(groups.count))
        guard between >= 1, within >= 1 else {
            throw .numerical(
                "fewer than two levels of \(state.factor.name) have rows, or there are no more rows than levels")
        }
        let mean = moments.sums.reduce(0, +) / Double(rows)
        let betweenSquares = groups.reduce(0.0) {
            $0 + Double(moments.counts[$1]) * (moments.means[$1] - mean) * (moments.means[$1] - mean)
        }
        let withinSquares = moments.squares.reduce(0, +)
        guard withinSquares > 0 else {
            throw .numerical("\(formula.left.first?.description ?? "") has the same value in all rows of each level")
        }
        let f = betweenSquares / between / (withinSquares / within)
        let minimum = context.rules.minimumCell
        let hidden = Suppression.line(moments.counts, minimumCell: minimum)
        return .done(
            Outcome(
                outcome: formula.left.first?.description ?? "", factor: state.factor.name,
                groups: moments.counts.indices.map { group in
                    let shown = !hidden[group] && moments.counts[group] > 0
                    return Outcome.Group(
                        name: state.factor.levels[group],
                        rows: Suppression.shown(moments.counts[group], hidden[group], minimum),
                        mean: shown ? moments.means[group] : nil,
                        deviation: shown && moments.counts[group] > 1 ? moments.variance(group).squareRoot() : nil)
                },
                f: f, betweenDegrees: between, withinDegrees: within, betweenSquares: betweenSquares,
                withinSquares: withinSquares, p: Distributions.fUpper(f, between, within),
                etaSquared: betweenSquares / (betweenSquares + withinSquares), note: moments.note(context.rules),
                sites: context.sites))
    }

    public struct Outcome: Codable, Sendable, Equatable {
        public struct Group: Codable, Sendable, Equatable {
            public let name: String
            public let rows: ProtectedCount?
            public let mean: Double?
            public let deviation: Double?
        }
        public let outcome: String
        public let factor: String
        public let groups: [Group]
        public let f: Double
        public let betweenDegrees: Double
        public let withinDegrees: Double
        public let betweenSquares: Double
        public let withinSquares: Double
        public let p: Double
        /// The share of the variance that the category explains.
        public let etaSquared: Double
        public let note: String
        public let sites: Int
    }
}

extension AnalysisOfVariance.Outcome: TabularOutcome {
    public var tables: [ResultTable] {
        [
            ResultTable(
                "\(outcome) by \(factor)", columns: [factor, "rows", "mean", "sd"],
                rows: groups.map { [.text($0.name), .count($0.rows), .number($0.mean), .number($0.deviation)] },
                notes: [note]),
            ResultTable(
                "Analysis of variance", columns: ["source", "degrees", "sum of squares", "mean square", "F", "p"],
                rows: [
                    [
                        .text(factor), .number(betweenDegrees), .number(betweenSquares),
                        .number(betweenSquares / betweenDegrees), .number(f), .p(p),
                    ],
                    [
                        .text("residual"), .number(withinDegrees), .number(withinSquares),
                        .number(withinSquares / withinDegrees), .empty, .empty,
                    ],
                ], notes: ["η² \(ResultTable.Cell.shown(etaSquared)); \(sites) sites."]),
        ]
    }
}

extension AnalysisOfVariance: WrittenPlan {
    public static var synopsis: String { "anova(outcome ~ category)" }

    public init(_ arguments: inout PlanArguments) throws(RoundsError) {
        self.init(try arguments.formula())
    }
}
