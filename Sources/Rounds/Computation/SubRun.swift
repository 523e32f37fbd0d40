/// A computation that runs as a part of another: its arrays travel in the other's contributions under a prefix.
struct SubRun<Computation: FederatedComputation>: Codable, Sendable {
    let prefix: String
    let computation: Computation
    private var state: Computation.State
    /// Once it has ended; then it sends nothing more.
    private(set) var outcome: Computation.Outcome?

    init(_ prefix: String, _ computation: Computation, _ schema: Schema) throws(RoundsError) {
        self.prefix = prefix + "."
        self.computation = computation
        state = try computation.start(schema)
    }

    /// What it adds to the other's layout.
    func parts() throws(RoundsError) -> [Layout.Part] {
        guard outcome == nil else { return [] }
        return try computation.layout(state).parts.map {
            Layout.Part(name: prefix + $0.name, kind: $0.kind, count: $0.count)
        }
    }

    func add(to contribution: inout Contribution, _ table: CohortTable) throws(RoundsError) {
        guard outcome == nil else { return }
        for part in try computation.local(table, state).parts {
            switch part.values {
            case .counts(let values): contribution.add(counts: values, as: prefix + part.name)
            case .reals(let values): contribution.add(reals: values, as: prefix + part.name)
            }
        }
    }

    mutating func combine(_ sum: Contribution, _ context: CombineContext) throws(RoundsError) {
        guard outcome == nil else { return }
        var own = Contribution()
        for part in sum.parts where part.name.hasPrefix(prefix) {
            let name = String(part.name.dropFirst(prefix.count))
            switch part.values {
            case .counts(let values): own.add(counts: values, as: name)
            case .reals(let values): own.add(reals: values, as: name)
            }
        }
        switch try computation.combine(own, state, context) {
        case .next(let next): state = next
        case .done(let outcome): self.outcome = outcome
        }
    }
}
