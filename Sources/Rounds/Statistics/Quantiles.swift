/// Quantiles of numeric variables, exact to the data's values: those that `numpy.quantile` gives of all patients together
/// (linear interpolation between the two neighbouring values, Hyndman and Fan's type 7).
public struct Quantiles: FederatedComputation {
    public static let name = "quantiles"

    public let variables: [String]
    public let probabilities: [Double]

    /// - Throws: ``RoundsError/plan(_:)`` where a probability is not between 0 and 1.
    public init(_ variables: [String], probabilities: [Double] = [0.25, 0.5, 0.75]) throws(RoundsError) {
        self.variables = variables
        self.probabilities = probabilities
        try check()
    }

    private func check() throws(RoundsError) {
        guard !variables.isEmpty, !probabilities.isEmpty else {
            throw .plan("quantiles need at least one variable and one probability")
        }
        guard probabilities.allSatisfy({ $0 > 0 && $0 < 1 }) else {
            throw .plan(
                "a quantile's probability lies between 0 and 1; the least and the largest value are single patients")
        }
    }

    /// The search narrows to single values.
    public var needsMasking: Bool { true }

    public struct State: Codable, Sendable {
        var counts: [Int64] = []
        var search: OrderSearch?
    }

    public func start(_ schema: Schema) throws(RoundsError) -> State {
        try check()
        for name in variables {
            guard try schema.known(name) == .number else {
                throw .variable(name, "is a category, and has no quantiles")
            }
        }
        return State()
    }

    public func layout(_ state: State) -> Layout {
        guard let search = state.search else { return Layout(.counts("n", variables.count)) }
        return Layout(.counts("order", search.intervals.count * 256))
    }

    public func local(_ table: CohortTable, _ state: State) throws(RoundsError) -> Contribution {
        var columns: [[Double]] = []
        for name in variables { columns.append(try Arithmetic.variable(name).values(table)) }
        var contribution = Contribution()
        if let search = state.search {
            contribution.add(counts: search.counts(columns), as: "order")
        } else {
            contribution.add(counts: columns.map { Int64($0.count { !$0.isNaN }) }, as: "n")
        }
        return contribution
    }

    public func combine(
        _ sum: Contribution, _ state: State, _ context: CombineContext
    ) throws(RoundsError) -> Step<State, Outcome> {
        var next = state
        if let search = state.search {
            next.search = try search.narrowed(try sum.patients("order"))
        } else {
            next.counts = try sum.patients("n")
            next.search = try OrderSearch(targets(next.counts, context).flatMap { $0 })
        }
        guard let search = next.search, search.isDone else { return .next(next) }
        let values = search.values
        var place = 0
        var rows: [Outcome.Quantile] = []
        for (target, pair) in targets(next.counts, context).enumerated() {
            let (variable, probability) = (target / probabilities.count, probabilities[target % probabilities.count])
            var value: Double?
            if pair.count == 2 {
                let (low, high) = (values[place], values[place + 1])
                let position = probability * Double(next.counts[variable] - 1)
                value = low + (high - low) * (position - position.rounded(.down))
                place += 2
            }
            rows.append(.init(variable: variables[variable], probability: probability, value: value))
        }
        return .done(
            Outcome(
                quantiles: rows, counts: next.counts.map { ProtectedCount($0, context.rules) }, variables: variables,
                sites: context.sites))
    }

    /// The two neighbouring ranks of each quantile, variable by variable; none where fewer patients than the smallest
    /// cell lie on one side.
    private func targets(_ counts: [Int64], _ context: CombineContext) -> [[OrderSearch.Target]] {
        var all: [[OrderSearch.Target]] = []
        for (variable, count) in counts.enumerated() {
            for probability in probabilities {
                let position = probability * Double(count - 1)
                let low = Int64(max(0, position.rounded(.down)))
                let high = min(low + 1, count - 1)
                let cell = Int64(max(1, context.rules.minimumCell))
                let enough = count > 0 && low + 1 >= cell && count - high >= cell
                all.append(
                    enough ? [.init(variable: variable, rank: low), .init(variable: variable, rank: high)] : [])
            }
        }
        return all
    }

    public struct Outcome: Codable, Sendable, Equatable {
        public struct Quantile: Codable, Sendable, Equatable {
            public let variable: String
            public let probability: Double
            /// Nil where too few patients lie below or above it.
            public let value: Double?
        }
        public let quantiles: [Quantile]
        public let counts: [ProtectedCount]
        public let variables: [String]
        public let sites: Int
    }
}

extension Quantiles.Outcome: TabularOutcome {
    public var tables: [ResultTable] {
        let columns = zip(variables, counts)
        return [
            ResultTable(
                "Quantiles", columns: ["variable", "n"] + probabilities.map { ResultTable.Cell.shown($0) },
                rows: columns.map { name, count in
                    [.text(name), .count(count)] + quantiles.filter { $0.variable == name }.map { .number($0.value) }
                })
        ]
    }

    private var probabilities: [Double] { quantiles.filter { $0.variable == variables.first }.map(\.probability) }
}

extension Quantiles: WrittenPlan {
    public static var synopsis: String { "quantiles(variable, …, p=[0.25, 0.5, 0.75])" }
    public static var aliases: [String] { ["quantile", "median"] }

    public init(_ arguments: inout PlanArguments) throws(RoundsError) {
        let probabilities = try arguments.numbers("p")
        try self.init(
            try arguments.names("the variables"), probabilities: probabilities ?? [0.25, 0.5, 0.75])
    }
}
