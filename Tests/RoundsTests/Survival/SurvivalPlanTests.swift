import Foundation
import Rounds
import Testing

/// Survival analyses as they are written, sent and stored: as text and as JSON.
@Suite("Plans of survival analyses", .needsCancerTables)
struct SurvivalPlanTests {
    /// A run in which everything travels as JSON.
    private func run(_ text: String, _ tables: [CohortTable]) throws -> (outcome: [UInt8], AnyComputation) {
        let computation = try ComputationRegistry.computation(try Plan(text: text))
        let rules = DisclosureRules(minimumCell: 1, minimumRows: 0, minimumSites: 1, parametersPerRow: .infinity)
        let schemas = tables.map { $0.schema(minimumCell: 1) }
        var state = try computation.start(try Schema.merged(schemas, sites: tables.indices.map { "\($0)" }))
        while true {
            let layout = try computation.layout(state)
            var sum = Contribution.zero(layout)
            for table in tables {
                try sum.add(try Contribution(bytes: try computation.local(table, state).bytes(), layout: layout))
            }
            switch try computation.combine(sum, state, CombineContext(sites: tables.count, rules: rules)) {
            case .next(let next): state = next
            case .done(let outcome): return (outcome, computation)
            }
        }
    }

    @Test("give the same model when every round is JSON")
    func json() throws {
        let sites = try SurvivalData.gbsg().split(into: 3)
        let text = "cox(time, cens ~ horTh + age + tsize + pnodes + progrec, ties=breslow, transform=rank)"
        let (json, computation) = try run(text, sites)
        let outcome = try JSONDecoder().decode(CoxOutcome.self, from: Data(json))
        try Golden.read("survival.json", as: CoxReference.All.self).gbsgBreslow.check(outcome)
        #expect(outcome.transform == .rank && outcome.ties == .breslow)
        #expect(computation.code == "cox@1" && computation.needsMasking)
        #expect(computation.variables == ["time", "cens", "horTh", "age", "tsize", "pnodes", "progrec"])
        #expect(try computation.pictures(json).map(\.name) == ["forest"])
        #expect(try computation.tables(json).count == 3)
    }

    @Test("name strata by site, groups, and the options of time")
    func options() throws {
        let bySite = try ComputationRegistry.computation(try Plan(text: "cox(time, cens ~ age + strata(site, tgrade))"))
        #expect(!bySite.needsMasking)
        #expect(bySite.variables == ["time", "cens", "age", "tgrade"])
        let sites = try SurvivalData.gbsg().split(into: 3)
        let (json, computation) = try run(
            "survival(time, cens ~ horTh, scale=plain, restrictedMean=1825, horizon=2000, unitName=days)", sites)
        let outcome = try JSONDecoder().decode(KaplanMeierOutcome.self, from: Data(json))
        #expect(outcome.curves.map(\.group) == ["no", "yes"])
        #expect(outcome.confidence.scale == .plain)
        // Nothing after the horizon is an event; what is before it stays as R has it.
        let golden = try Golden.read("survival.json", as: KaplanMeierTests.Reference.self).gbsgPlain
        for (curve, wanted) in zip(outcome.curves, golden) {
            #expect(curve.steps.map(\.time) == wanted.time.filter { $0 <= 2000 })
            #expect(near(curve.restrictedMean, wanted.mean))
        }
        #expect(try computation.pictures(json).map(\.name) == ["survival"])
    }

    @Test("are refused where they cannot be meant")
    func refused() {
        for (text, cause) in [
            ("cox(cens ~ age)", "must be a time and an event"),
            ("cox(time, cens ~ age, ties=exact)", "ties is one of efron, breslow"),
            ("cox(time, cens ~ age, tie=efron)", "no option tie"),
            ("survival(time, cens ~ horTh + age)", "the levels of one variable"),
            ("survival(time, cens ~ log(age))", "the levels of a category"),
        ] {
            do throws(RoundsError) {
                _ = try ComputationRegistry.computation(try Plan(text: text))
                Issue.record("\(text) was taken")
            } catch { #expect(error.description.contains(cause), "\(error)") }
        }
    }
}
