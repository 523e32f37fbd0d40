/// How many values of each variable are missing, and how many rows are complete.
public struct MissingReport: FederatedComputation {
    public static let name = "missing"

    public let variables: [String]

    public init(_ variables: [String]) {
        self.variables = variables
    }

    public struct State: Codable, Sendable {}

    public func start(_ schema: Schema) throws(RoundsError) -> State {
        guard !variables.isEmpty else { throw .plan("missing needs at least one variable") }
        for name in variables { _ = try schema.known(name) }
        return State()
    }

    public func layout(_ state: State) -> Layout {
        Layout(.counts("rows"), .counts("complete"), .counts("missing", variables.count))
    }

    public func local(_ table: CohortTable, _ state: State) throws(RoundsError) -> Contribution {
        var missing: [[Bool]] = []
        for name in variables {
            switch try table.variable(name) {
            case .numbers(let values): missing.append(values.map(\.isNaN))
            case .categories(let codes, _): missing.append(codes.map { $0 == nil })
            }
        }
        let complete = (0..<table.rows).count { row in !missing.contains { $0[row] } }
        var contribution = Contribution()
        contribution.add(counts: [Int64(table.rows)], as: "rows")
        contribution.add(counts: [Int64(complete)], as: "complete")
        contribution.add(counts: missing.map { Int64($0.count { $0 }) }, as: "missing")
        return contribution
    }

    public func combine(
        _ sum: Contribution, _ state: State, _ context: CombineContext
    ) throws(RoundsError) -> Step<State, Outcome> {
        let rows = try sum.patients("rows").first ?? 0
        let complete = try sum.patients("complete").first ?? 0
        try context.require(rows: rows, for: "the report")
        let variables = zip(self.variables, try sum.patients("missing")).map { name, missing in
            Outcome.Variable(
                name: name, missing: Outcome.protected(missing, of: rows, context.rules),
                share: Outcome.protected(missing, of: rows, context.rules).value.map { Double($0) / Double(rows) })
        }
        return .done(
            Outcome(
                rows: rows, complete: Outcome.protected(complete, of: rows, context.rules), variables: variables,
                sites: context.sites))
    }

    public struct Outcome: Codable, Sendable, Equatable {
        public struct Variable: Codable, Sendable, Equatable {
            public let name: String
            public let missing: ProtectedCount
            /// Missing of all rows, from 0 to 1.
            public let share: Double?
        }
        public let rows: Int64
        /// Rows with a value of every variable.
        public let complete: ProtectedCount
        public let variables: [Variable]
        public let sites: Int
    }
}

extension MissingReport.Outcome {
    /// A part of a known whole is hidden where it or the rest of the whole is too small.
    static func protected(_ part: Int64, of whole: Int64, _ rules: DisclosureRules) -> ProtectedCount {
        let rest = whole &- part
        if rest > 0, rest < rules.minimumCell, part >= rules.minimumCell {
            // What can be said is a number that hides the rest: the largest that leaves as many as the rule asks for.
            return .atLeast(whole - Int64(rules.minimumCell) + 1)
        }
        return ProtectedCount(part, rules)
    }
}

extension MissingReport.Outcome: TabularOutcome {
    public var tables: [ResultTable] {
        [
            ResultTable(
                "Missing values", columns: ["variable", "missing", "share"],
                rows: variables.map { [.text($0.name), .count($0.missing), .number($0.share)] },
                notes: ["\(rows) rows at \(sites) sites; complete in all of these variables: \(complete)."])
        ]
    }
}

extension MissingReport: WrittenPlan {
    public static var synopsis: String { "missing(variable, …)" }

    public init(_ arguments: inout PlanArguments) throws(RoundsError) {
        self.init(try arguments.names("the variables"))
    }
}
