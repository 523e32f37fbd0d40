/// A whole run in one process: the same plan, rounds and sums as over a federation, without one.
///
/// Tests compare it with the references, and a site tries a plan on its own table before it approves it.
public struct LocalRun<Computation: FederatedComputation>: Sendable {
    public let computation: Computation
    public var rules = DisclosureRules(minimumCell: 1, minimumRows: 0, minimumSites: 1, parametersPerRow: .infinity)
    /// A computation that has not ended after so many rounds has lost its way.
    public var maximumRounds = 1000

    public init(_ computation: Computation) {
        self.computation = computation
    }

    /// The outcome over some sites' tables, and how many rounds it took.
    public func run(_ tables: [CohortTable]) throws(RoundsError) -> (outcome: Computation.Outcome, rounds: Int) {
        var schemas: [Schema] = []
        for table in tables { schemas.append(table.schema(minimumCell: rules.minimumCell)) }
        let schema = try Schema.merged(schemas, sites: tables.indices.map { "\($0 + 1)" })
        var state = try computation.start(schema)
        for round in 1...max(1, maximumRounds) {
            let layout = try computation.layout(state)
            var sum = Contribution.zero(layout)
            for table in tables {
                let contribution = try computation.local(table, state)
                try contribution.check(layout)
                try sum.add(contribution)
            }
            switch try computation.combine(sum, state, CombineContext(sites: tables.count, rules: rules)) {
            case .next(let next): state = next
            case .done(let outcome): return (outcome, round)
            }
        }
        throw .numerical("no end after \(maximumRounds) rounds")
    }
}
