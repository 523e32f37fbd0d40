/// How many rows all sites have together: the smallest computation.
public struct RowCount: FederatedComputation {
    public static let name = "count"

    public struct Outcome: Codable, Sendable, Equatable {
        /// Nil where the number is below the rule.
        public let rows: Int64?
        public let sites: Int
    }

    public struct State: Codable, Sendable {}

    public init() {}

    public var variables: [String] { [] }
    public func start(_ schema: Schema) -> State { State() }
    public func layout(_ state: State) -> Layout { Layout(.counts("rows")) }

    public func local(_ table: CohortTable, _ state: State) -> Contribution {
        var contribution = Contribution()
        contribution.add(counts: [Int64(table.rows)], as: "rows")
        return contribution
    }

    public func combine(
        _ sum: Contribution, _ state: State, _ context: CombineContext
    ) throws(RoundsError) -> Step<State, Outcome> {
        guard let rows = try sum.patients("rows").first else { throw .shape("there is no count of rows") }
        return .done(Outcome(rows: rows >= context.rules.minimumCell ? rows : nil, sites: context.sites))
    }
}

extension RowCount: WrittenPlan {
    public static var synopsis: String { "count()" }

    public init(_ arguments: inout PlanArguments) throws(RoundsError) {
        self.init()
    }
}

extension RowCount.Outcome: TabularOutcome {
    public var tables: [ResultTable] {
        [
            ResultTable(
                "Rows", columns: ["rows", "sites"], rows: [[.count(rows.map { .exact($0) }), .count(Int64(sites))]])
        ]
    }
}
