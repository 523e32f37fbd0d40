/// Student's and Welch's t tests: of the means of two groups (`age ~ arm`), or of one mean against a number (`age ~ 1`).
public struct TTest: FederatedComputation {
    public static let name = "ttest"

    /// An outcome, and a category of two levels or none.
    public let formula: Formula
    /// What the difference of the means (or the one mean) is compared with.
    public let mean: Double
    public let confidence: Double

    public init(_ formula: Formula, mean: Double = 0, confidence: Double = 0.95) {
        self.formula = formula
        self.mean = mean
        self.confidence = confidence
    }

    public var variables: [String] { formula.variables }

    public struct State: Codable, Sendable {
        let factor: GroupFactor?
        var moments: GroupMoments?
    }

    public func start(_ schema: Schema) throws(RoundsError) -> State {
        guard confidence > 0, confidence < 1, mean.isFinite else {
            throw .plan("a confidence lies between 0 and 1, as 0.95")
        }
        let factors = try GroupFactor.all(formula, schema)
        guard formula.left.count == 1, factors.count <= 1 else {
            throw .plan("a t test has one outcome and at most one category, as in ttest(age ~ arm)")
        }
        if let factor = factors.first, factor.levels.count != 2 {
            throw .plan(
                "a t test compares two groups, and \(factor.name) has \(factor.levels.count) levels: choose two, as in "
                    + "C(\(factor.variable), levels=['\(factor.levels[0])', '\(factor.levels[1])']), or use anova")
        }
        return State(factor: factors.first)
    }

    public func layout(_ state: State) -> Layout { GroupMoments.layout(state.factor == nil ? 1 : 2, state.moments) }

    public func local(_ table: CohortTable, _ state: State) throws(RoundsError) -> Contribution {
        guard let outcome = formula.left.first else { throw .plan("a t test has one outcome") }
        return GroupMoments.local(try GroupedValues(outcome, state.factor, table), state.moments)
    }

    public func combine(
        _ sum: Contribution, _ state: State, _ context: CombineContext
    ) throws(RoundsError) -> Step<State, Outcome> {
        let moments = try GroupMoments.combined(sum, state.moments)
        if state.moments == nil {
            for count in moments.counts {
                try context.require(rows: count, for: "one of the groups")
                guard count >= 2 else { throw .numerical("a group has one row only, and no variance") }
            }
            return .next(State(factor: state.factor, moments: moments))
        }
        return .done(try outcome(moments, state.factor, context))
    }

    private func outcome(
        _ moments: GroupMoments, _ factor: GroupFactor?, _ context: CombineContext
    ) throws(RoundsError) -> Outcome {
        let what = formula.left.first?.description ?? ""
        let n = moments.counts.map { Double($0) }
        let means = moments.means
        let variances = n.indices.map { moments.variance($0) }
        guard variances.reduce(0, +) > 0 else {
            throw .numerical("\(what) has the same value in all rows of each group")
        }
        let groups = n.indices.map { group in
            Outcome.Group(
                name: factor?.levels[group] ?? what, rows: moments.counts[group], mean: means[group],
                deviation: variances[group].squareRoot())
        }
        let note = moments.note(context.rules)
        guard n.count == 2 else {
            let test = test(means[0], (variances[0] / n[0]).squareRoot(), n[0] - 1)
            return Outcome(
                outcome: what, groups: groups, student: test, welch: nil,
                cohensD: (means[0] - mean) / variances[0].squareRoot(),
                comparedWith: mean, confidence: confidence, note: note, sites: context.sites)
        }
        let difference = means[0] - means[1]
        let pooled = (moments.squares[0] + moments.squares[1]) / (n[0] + n[1] - 2)
        let parts = [variances[0] / n[0], variances[1] / n[1]]
        let error = parts[0] + parts[1]
        let degrees = error * error / (parts[0] * parts[0] / (n[0] - 1) + parts[1] * parts[1] / (n[1] - 1))
        return Outcome(
            outcome: what, groups: groups,
            student: test(difference, (pooled * (1 / n[0] + 1 / n[1])).squareRoot(), n[0] + n[1] - 2),
            welch: test(difference, error.squareRoot(), degrees), cohensD: difference / pooled.squareRoot(),
            comparedWith: mean, confidence: confidence, note: note, sites: context.sites)
    }

    private func test(_ difference: Double, _ error: Double, _ degrees: Double) -> Outcome.Test {
        let t = (difference - mean) / error
        let width = Distributions.studentQuantile((1 + confidence) / 2, degrees: degrees) * error
        return Outcome.Test(
            difference: difference, standardError: error, t: t, degrees: degrees,
            p: Distributions.studentTwoSided(t, degrees: degrees), low: difference - width, high: difference + width)
    }

    public struct Outcome: Codable, Sendable, Equatable {
        public struct Group: Codable, Sendable, Equatable {
            public let name: String
            public let rows: Int64
            public let mean: Double
            public let deviation: Double
        }
        public struct Test: Codable, Sendable, Equatable {
            /// First mean less second; with one group the mean.
            public let difference: Double
            public let standardError: Double
            public let t: Double
            public let degrees: Double
            /// Two-sided.
            public let p: Double
            /// The confidence interval of the difference.
            public let low: Double
            public let high: Double
        }
        public let outcome: String
        public let groups: [Group]
        /// Equal variances; with one group the one-sample test.
        public let student: Test
        /// Unequal variances; nil with one group.
        public let welch: Test?
        public let cohensD: Double
        public let comparedWith: Double
        public let confidence: Double
        public let note: String
        public let sites: Int
    }
}

extension TTest.Outcome: TabularOutcome {
    public var tables: [ResultTable] {
        let percent = ResultTable.Cell.shown(confidence * 100)
        var tests: [(String, Test)] = [(welch == nil ? "one sample" : "Student (equal variances)", student)]
        if let welch { tests.append(("Welch", welch)) }
        return [
            ResultTable(
                outcome, columns: ["group", "rows", "mean", "sd"],
                rows: groups.map { [.text($0.name), .count($0.rows), .number($0.mean), .number($0.deviation)] },
                notes: [note]),
            ResultTable(
                welch == nil ? "Mean against \(ResultTable.Cell.shown(comparedWith))" : "Difference of the means",
                columns: ["test", "difference", "std. error", "t", "degrees", "p", "\(percent) % from", "to"],
                rows: tests.map { name, test in
                    [
                        .text(name), .number(test.difference), .number(test.standardError), .number(test.t),
                        .number(test.degrees), .p(test.p), .number(test.low), .number(test.high),
                    ]
                }, notes: ["Cohen's d \(ResultTable.Cell.shown(cohensD)); \(sites) sites."]),
        ]
    }
}

extension TTest: WrittenPlan {
    public static var synopsis: String {
        "ttest(outcome ~ category, mean=0, confidence=0.95) or ttest(outcome, mean=50)"
    }

    public init(_ arguments: inout PlanArguments) throws(RoundsError) {
        let mean = try arguments.number("mean") ?? 0
        let confidence = try arguments.number("confidence") ?? 0.95
        let formula =
            arguments.hasFormula
            ? try arguments.formula()
            : try Formula(try arguments.written("an outcome").joined(separator: ", ") + " ~ 1")
        self.init(formula, mean: mean, confidence: confidence)
    }
}
