import Testing

@testable import Rounds

/// The same numbers where the hub sees masked sums only, and sites fall away after they were masked.
@Suite("Survival under secure aggregation", .needsCancerTables)
struct SurvivalMaskedTests {
    /// A whole run whose every sum goes through masks; one site never helps to take them off.
    private func run<Computation: FederatedComputation>(
        _ computation: Computation, _ tables: [CohortTable]
    ) throws -> (outcome: Computation.Outcome, values: [Int]) {
        var federation = try MaskedFederation(tables.count)
        try federation.deal()
        let numbers = FixedPoint(sites: tables.count)
        let rules = DisclosureRules(minimumCell: 1, minimumRows: 0, minimumSites: 1, parametersPerRow: .infinity)
        let schema = try Schema.merged(
            tables.map { $0.schema(minimumCell: 1) }, sites: tables.indices.map { "\($0)" })
        var state = try computation.start(schema)
        var values: [Int] = []
        while true {
            let layout = try computation.layout(state)
            values.append(layout.count)
            let masked = try federation.round(
                .bits128, { try numbers.encode(computation.local(tables[$0], state), layout) }, count: layout.count,
                notUnmasking: [1])
            let sum = try numbers.decode(masked.total, layout)
            switch try computation.combine(sum, state, CombineContext(sites: tables.count, rules: rules)) {
            case .next(let next): state = next
            case .done(let outcome): return (outcome, values)
            }
        }
    }

    @Test("the Cox model of GBSG2 is R's, in messages of the expected size")
    func cox() throws {
        let plan = try CoxRegression(try Formula("time, cens ~ horTh + age + tsize + pnodes + progrec"))
        let (outcome, values) = try run(plan, SurvivalData.gbsg().split(into: 5))
        let reference = try Golden.read("survival.json", as: CoxReference.All.self).gbsgEfron
        reference.check(outcome)
        // Newton's rounds: 21 sums (1, 5 and 15) at each of 270 event times and of the 26 with ties, one flag, and 5 sums.
        let ties = try #require(values.filter { $0 == 1 + 21 * (270 + 26) + 5 }.first)
        #expect(ties == 6222)
    }

    @Test("the curves of GBSG2 are R's to the bit of the open sum")
    func curves() throws {
        let sites = try SurvivalData.gbsg().split(into: 5)
        let plan = KaplanMeier(SurvivalTime(time: "time", event: "cens"), group: "horTh")
        let outcome = try run(plan, sites).outcome
        #expect(try outcome == LocalRun(plan).run(sites).outcome)
    }
}
