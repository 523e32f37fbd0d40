/// Count, missing values, sum, mean, variance, standard deviation and protected bounds of numeric variables.
///
/// The variance is computed in two passes (sums of squares around the common mean), so it is exact to the last digits.
/// The bounds are not the minimum and maximum: those are single patients. They are the k-th smallest and k-th largest
/// values for the rules' smallest cell k, so that at least k patients lie at or beyond each.
public struct Describe: FederatedComputation {
    public static let name = "describe"

    public let variables: [String]
    /// Whether the protected bounds are wanted. They take eight rounds more, and masking.
    public let bounds: Bool

    public init(_ variables: [String], bounds: Bool = true) {
        self.variables = variables
        self.bounds = bounds
    }

    public struct State: Codable, Sendable {
        var moments: [Moments] = []
        var search: OrderSearch?

        struct Moments: Codable, Sendable {
            let count: Int64
            let missing: Int64
            let sum: Double
            var squares: Double?

            var mean: Double { count == 0 ? 0 : sum / Double(count) }
        }
    }

    /// The search narrows to single values: alone, a site's counts would show them.
    public var needsMasking: Bool { bounds }

    public func start(_ schema: Schema) throws(RoundsError) -> State {
        guard !variables.isEmpty else { throw .plan("describe needs at least one variable") }
        for name in variables {
            guard try schema.known(name) == .number else {
                throw .variable(name, "is a category: table(\(Factor.written(name))) counts its levels")
            }
        }
        return State()
    }

    public func layout(_ state: State) -> Layout {
        guard !state.moments.isEmpty else {
            return Layout(
                .counts("n", variables.count), .counts("missing", variables.count), .reals("sum", variables.count))
        }
        var parts: [Layout.Part] = []
        if state.moments.contains(where: { $0.squares == nil }) { parts.append(.reals("squares", variables.count)) }
        if let search = state.search, !search.isDone { parts.append(.counts("order", search.intervals.count * 256)) }
        return Layout(parts)
    }

    public func local(_ table: CohortTable, _ state: State) throws(RoundsError) -> Contribution {
        var columns: [[Double]] = []
        for name in variables { columns.append(try Arithmetic.variable(name).values(table)) }
        var contribution = Contribution()
        if state.moments.isEmpty {
            let present = columns.map { $0.filter { !$0.isNaN } }
            contribution.add(counts: present.map { Int64($0.count) }, as: "n")
            contribution.add(counts: zip(columns, present).map { Int64($0.count - $1.count) }, as: "missing")
            contribution.add(reals: present.map(\.compensatedSum), as: "sum")
            return contribution
        }
        if state.moments.contains(where: { $0.squares == nil }) {
            let squares = zip(columns, state.moments).map { column, moments in
                column.filter { !$0.isNaN }.map { ($0 - moments.mean) * ($0 - moments.mean) }.compensatedSum
            }
            contribution.add(reals: squares, as: "squares")
        }
        if let search = state.search, !search.isDone { contribution.add(counts: search.counts(columns), as: "order") }
        return contribution
    }

    public func combine(
        _ sum: Contribution, _ state: State, _ context: CombineContext
    ) throws(RoundsError) -> Step<State, Outcome> {
        var next = state
        if state.moments.isEmpty {
            let counts = try sum.patients("n")
            let missing = try sum.patients("missing")
            let sums = try sum.reals("sum")
            next.moments = variables.indices.map { .init(count: counts[$0], missing: missing[$0], sum: sums[$0]) }
            if bounds {
                let cell = Int64(max(1, context.rules.minimumCell))
                var targets: [OrderSearch.Target] = []
                for (variable, count) in counts.enumerated() where count >= cell {
                    targets.append(.init(variable: variable, rank: cell - 1))
                    targets.append(.init(variable: variable, rank: count - cell))
                }
                next.search = try OrderSearch(targets)
            }
            return .next(next)
        }
        if state.moments.contains(where: { $0.squares == nil }) {
            for (place, squares) in try sum.reals("squares").enumerated() { next.moments[place].squares = squares }
        }
        if let search = state.search, !search.isDone {
            next.search = try search.narrowed(try sum.patients("order"))
        }
        if let search = next.search, !search.isDone { return .next(next) }
        return .done(outcome(next, context))
    }

    private func outcome(_ state: State, _ context: CombineContext) -> Outcome {
        let found = zip(state.search?.targets ?? [], state.search?.values ?? [])
        let cell = max(1, context.rules.minimumCell)
        var described: [Outcome.Variable] = []
        for (place, name) in variables.enumerated() {
            let moments = state.moments[place]
            let n = Double(moments.count)
            let shown = moments.count >= cell
            let limits = found.filter { $0.0.variable == place }.map(\.1)
            let variance = shown && moments.count > 1 ? moments.squares.map { $0 / (n - 1) } : nil
            described.append(
                Outcome.Variable(
                    name: name, count: ProtectedCount(moments.count, context.rules),
                    missing: ProtectedCount(moments.missing, context.rules), sum: shown ? moments.sum : nil,
                    mean: shown ? moments.mean : nil, variance: variance, deviation: variance?.squareRoot(),
                    standardError: variance.map { ($0 / n).squareRoot() }, low: limits.first, high: limits.last,
                    beyondBounds: cell))
        }
        return Outcome(variables: described, sites: context.sites)
    }
}

extension Describe {
    public struct Outcome: Codable, Sendable, Equatable {
        public struct Variable: Codable, Sendable, Equatable {
            public let name: String
            public let count: ProtectedCount
            public let missing: ProtectedCount
            /// Nil, as all that follow, where too few patients have a value.
            public let sum: Double?
            public let mean: Double?
            /// With n - 1.
            public let variance: Double?
            public let deviation: Double?
            public let standardError: Double?
            /// At least ``beyondBounds`` values are as small as this.
            public let low: Double?
            /// At least ``beyondBounds`` values are as large as this.
            public let high: Double?
            public let beyondBounds: Int
        }
        public let variables: [Variable]
        public let sites: Int
    }
}

extension Describe.Outcome: TabularOutcome {
    public var tables: [ResultTable] {
        var notes: [String] = []
        if let beyond = variables.first(where: { $0.low != nil })?.beyondBounds, beyond > 1 {
            notes.append("Low and high are protected bounds: at least \(beyond) patients lie at or beyond each.")
        }
        return [
            ResultTable(
                "Description",
                columns: ["variable", "n", "missing", "sum", "mean", "sd", "variance", "std. error", "low", "high"],
                rows: variables.map {
                    [
                        .text($0.name), .count($0.count), .count($0.missing), .number($0.sum), .number($0.mean),
                        .number($0.deviation), .number($0.variance), .number($0.standardError), .number($0.low),
                        .number($0.high),
                    ]
                }, notes: notes)
        ]
    }
}

extension Describe: WrittenPlan {
    public static var synopsis: String { "describe(variable, …, bounds=true)" }
    public static var aliases: [String] { ["mean", "sum", "variance", "sd", "summary"] }

    public init(_ arguments: inout PlanArguments) throws(RoundsError) {
        let bounds = try arguments.flag("bounds") ?? true
        self.init(try arguments.names("the variables to describe"), bounds: bounds)
    }
}
