internal import Glibc

/// Pearson's correlations of numeric variables, over the rows that have all of them.
public struct Correlation: FederatedComputation {
    public static let name = "correlation"

    public let variables: [String]
    public let confidence: Double

    public init(_ variables: [String], confidence: Double = 0.95) {
        self.variables = variables
        self.confidence = confidence
    }

    public struct State: Codable, Sendable {
        var rows: Int64 = 0
        var missing: Int64 = 0
        var scaling: Standardisation?
    }

    public func start(_ schema: Schema) throws(RoundsError) -> State {
        guard confidence > 0, confidence < 1 else { throw .plan("a confidence lies between 0 and 1, as 0.95") }
        guard variables.count >= 2, variables.count <= Design.maximumColumns, Set(variables).count == variables.count
        else {
            throw .plan("a correlation needs two different variables or more, as in correlation(age, size)")
        }
        for name in variables {
            guard try schema.known(name) == .number else {
                throw .variable(name, "is a category, and has no correlation")
            }
        }
        return State()
    }

    /// Each pair has a parameter; it is the variables that a site's rows must outnumber.
    public func parameters(_ state: State) -> Int { variables.count }

    public func layout(_ state: State) -> Layout {
        let p = variables.count
        return state.scaling == nil
            ? Layout(.counts("rows", 2), .reals("x", p), .reals("xx", p))
            : Layout(.reals("z", p), .reals("gram", p * p))
    }

    public func local(_ table: CohortTable, _ state: State) throws(RoundsError) -> Contribution {
        var columns: [[Double]] = []
        for name in variables { columns.append(try Arithmetic.variable(name).values(table)) }
        let complete = (0..<table.rows).filter { row in !columns.contains { $0[row].isNaN } }
        var contribution = Contribution()
        guard let scaling = state.scaling else {
            let values = columns.map { column in complete.map { column[$0] } }
            contribution.add(counts: [Int64(complete.count), Int64(table.rows - complete.count)], as: "rows")
            contribution.add(reals: values.map(\.compensatedSum), as: "x")
            contribution.add(reals: values.map { $0.map { $0 * $0 }.compensatedSum }, as: "xx")
            return contribution
        }
        var matrix = Matrix(rows: complete.count, columns: columns.count)
        for (place, row) in complete.enumerated() {
            for (column, values) in columns.enumerated() { matrix[place, column] = values[row] }
        }
        matrix = scaling.applied(to: matrix)
        contribution.add(
            reals: variables.indices.map { column in (0..<matrix.rows).map { matrix[$0, column] }.compensatedSum },
            as: "z")
        contribution.add(reals: matrix.weightedGram(Array(repeating: 1, count: matrix.rows)).values, as: "gram")
        return contribution
    }

    public func combine(
        _ sum: Contribution, _ state: State, _ context: CombineContext
    ) throws(RoundsError) -> Step<State, Outcome> {
        guard state.scaling != nil else {
            let rows = try sum.patients("rows")
            guard rows.count == 2 else { throw .shape("two counts of rows are expected") }
            try context.require(rows: rows[0], for: "the correlations")
            try context.require(parameters: variables.count, rows: rows[0])
            guard rows[0] >= 4 else { throw .numerical("a correlation needs four complete rows or more") }
            // An intercept outside of the columns: all are shifted by their means.
            let scaling = Standardisation(
                sums: try sum.reals("x"), squares: try sum.reals("xx"), weight: Double(rows[0]), intercept: -1)
            return .next(State(rows: rows[0], missing: rows[1], scaling: scaling))
        }
        let n = Double(state.rows)
        let means = try sum.reals("z").map { $0 / n }
        var gram = try Matrix(rows: variables.count, columns: variables.count, try sum.reals("gram"))
        for first in means.indices {
            for second in means.indices { gram[first, second] -= n * means[first] * means[second] }
        }
        for (place, name) in variables.enumerated() where gram[place, place] < 1e-12 * n {
            throw .variable(name, "has the same value in all complete rows")
        }
        var pairs: [Outcome.Pair] = []
        for first in variables.indices {
            for second in variables.indices where second > first {
                let product = gram[first, second] / (gram[first, first] * gram[second, second]).squareRoot()
                pairs.append(pair(variables[first], variables[second], max(-1, min(1, product)), n))
            }
        }
        return .done(
            Outcome(
                variables: variables, pairs: pairs, rows: state.rows,
                missing: ProtectedCount(state.missing, context.rules), confidence: confidence, sites: context.sites))
    }

    private func pair(_ first: String, _ second: String, _ r: Double, _ n: Double) -> Outcome.Pair {
        let t = r * ((n - 2) / ((1 - r) * (1 + r))).squareRoot()
        let width = Distributions.normalQuantile((1 + confidence) / 2) / (n - 3).squareRoot()
        return Outcome.Pair(
            first: first, second: second, r: r, p: Distributions.studentTwoSided(t, degrees: n - 2),
            low: abs(r) == 1 ? r : tanh(atanh(r) - width), high: abs(r) == 1 ? r : tanh(atanh(r) + width))
    }

    public struct Outcome: Codable, Sendable, Equatable {
        public struct Pair: Codable, Sendable, Equatable {
            public let first: String
            public let second: String
            public let r: Double
            /// Two-sided, by Student's t.
            public let p: Double
            /// Fisher's interval.
            public let low: Double
            public let high: Double
        }
        public let variables: [String]
        public let pairs: [Pair]
        public let rows: Int64
        public let missing: ProtectedCount
        public let confidence: Double
        public let sites: Int
    }
}

extension Correlation.Outcome: TabularOutcome {
    public var tables: [ResultTable] {
        let percent = ResultTable.Cell.shown(confidence * 100)
        return [
            ResultTable(
                "Correlation (Pearson)", columns: ["variable", "and", "r", "p", "\(percent) % from", "to"],
                rows: pairs.map {
                    [.text($0.first), .text($0.second), .number($0.r), .p($0.p), .number($0.low), .number($0.high)]
                }, notes: ["\(rows) complete rows at \(sites) sites; \(missing) left out."])
        ]
    }
}

extension Correlation: WrittenPlan {
    public static var synopsis: String { "correlation(variable, variable, …, confidence=0.95)" }
    public static var aliases: [String] { ["cor", "pearson"] }

    public init(_ arguments: inout PlanArguments) throws(RoundsError) {
        let confidence = try arguments.number("confidence") ?? 0.95
        self.init(try arguments.names("the variables"), confidence: confidence)
    }
}
