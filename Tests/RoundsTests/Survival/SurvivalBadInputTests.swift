import Rounds
import Testing

/// What stops a survival analysis, and that the message names the variable and no value.
@Suite("Survival analyses refuse", .needsCancerTables)
struct SurvivalBadInputTests {
    private func table(
        time: [Double], event: [Double] = [], _ others: [String: Variable] = [:]
    ) throws -> CohortTable {
        var table = CohortTable(rows: time.count)
        try table.add(.numbers(time), as: "time")
        try table.add(.numbers(event.isEmpty ? time.indices.map { Double($0 % 2) } : event), as: "event")
        for (name, variable) in others { try table.add(variable, as: name) }
        return table
    }

    private let time = SurvivalTime(time: "time", event: "event")

    private func message(_ formula: String, _ tables: [CohortTable], time: SurvivalTime? = nil) -> String {
        do throws(RoundsError) {
            _ = try LocalRun(try CoxRegression(try Formula(formula), time: time)).run(tables)
            return ""
        } catch { return error.description }
    }

    private func message(_ plan: KaplanMeier, _ tables: [CohortTable], least: Int = 1) -> String {
        var run = LocalRun(plan)
        run.rules.minimumCell = least
        do throws(RoundsError) {
            _ = try run.run(tables)
            return ""
        } catch { return error.description }
    }

    @Test("times between the steps of the grid, unless the plan rounds")
    func steps() throws {
        let odd = try table(time: [1, 2.25, 3, 4])
        #expect(message(KaplanMeier(time), [odd]).contains("the variable time holds times between the plan's steps"))
        #expect(!message(KaplanMeier(time), [odd]).contains("2.25"))
        var rounding = time
        rounding.round = true
        let outcome = try LocalRun(KaplanMeier(rounding)).run([odd]).outcome
        // The event at 2.25 of 3 at risk, and that at 4 of the last.
        #expect(outcome.curves[0].steps.map(\.time) == [2, 4])
        #expect(near(outcome.curves[0].steps.map(\.survival), [2.0 / 3, 0]))
        var finer = time
        finer.unit = 0.25
        #expect(try LocalRun(KaplanMeier(finer)).run([odd]).outcome.curves[0].steps.map(\.time) == [2.25, 4])
    }

    @Test("infinite times, events that are neither 0 nor 1, and times of zero where the plan says so")
    func values() throws {
        #expect(
            message(KaplanMeier(time), [try table(time: [1, .infinity])]).contains(
                "the variable time holds an infinite"))
        let two = try table(time: [1, 2, 3], event: [0, 1, 2])
        #expect(message(KaplanMeier(time), [two]).contains("the variable event says with 1"))
        let zero = try table(time: [0, -3, 3, 4, .nan])
        var strict = time
        strict.nonPositive = .refuse
        #expect(message(KaplanMeier(strict), [zero]).contains("the variable time holds times of zero or below"))
        let left = try LocalRun(KaplanMeier(time)).run([zero]).outcome.exclusions
        #expect(left == Exclusions(rows: 2, events: 1, missing: .exact(1), nonPositive: .exact(2)))
        var wrong = time
        wrong.unit = -1
        #expect(message(KaplanMeier(wrong), [zero]).contains("`unit`"))
    }

    @Test("no events, and too few")
    func events() throws {
        let none = try table(time: [1, 2, 3], event: [0, 0, 0], ["x": .numbers([1, 2, 3])])
        #expect(message(KaplanMeier(time), [none]).contains("not one event"))
        #expect(message("time, event ~ x", [none]).contains("not one event"))
        let lung = try SurvivalData.lung()
        let byInstitution = KaplanMeier(SurvivalTime(time: "time", event: "status"), group: "inst")
        #expect(message(byInstitution, [lung], least: 5).contains("withheld"))
        var run = LocalRun(try CoxRegression(try Formula("time, event ~ x")))
        run.rules.minimumCell = 5
        let few = try table(time: [1, 2, 3, 4, 5, 6], event: [1, 1, 1, 1, 0, 0], ["x": .numbers([3, 1, 4, 1, 5, 9])])
        #expect(throws: RoundsError.withheld("the model would stand on fewer than 5 patients or events")) {
            try run.run([few])
        }
        run.rules.minimumCell = 1
        run.rules.parametersPerRow = 0.2
        #expect(throws: RoundsError.self) { try run.run([few]) }
    }

    @Test("covariates that say nothing, say the same twice, or separate the events")
    func covariates() throws {
        var table = try SurvivalData.gbsg()
        let age = try table.numbers("age")
        let event = try table.numbers("cens")
        try table.add(.numbers(age.map { _ in 7 }), as: "same")
        try table.add(.numbers(age.map { 3 * $0 - 2 }), as: "tripled")
        try table.add(.numbers(event.map { 1 - $0 }), as: "alive")
        try table.add(.numbers(age.enumerated().map { $0 == 9 ? .infinity : $1 }), as: "endless")
        let sites = try table.split(into: 3)
        #expect(message("time, cens ~ age + same", sites).contains("the variable same has the same value"))
        let collinear = message("time, cens ~ age + tsize + tripled", sites)
        #expect(collinear.contains("age") && collinear.contains("tripled") && !collinear.contains("tsize"))
        let separated = message("time, cens ~ age + alive", sites)
        #expect(separated.contains("alive separates the events"), "\(separated)")
        #expect(message("time, cens ~ endless", sites).contains("endless"))
        #expect(message("time, cens ~ agee", sites).contains("age"))
        #expect(message("time, cens ~ age - 1", sites).contains("no intercept"))
    }

    @Test("another kind of variable at one site, and take a site without rows and a level of one site only")
    func sites() throws {
        let gbsg = try SurvivalData.gbsg()
        let grades = gbsg.codes("tgrade")
        // Each grade lives at a site of its own, and a fourth site is empty.
        let sites = try gbsg.split { grades[$0] ?? 0 } + [gbsg.filtered { _ in false }]
        let plan = try CoxRegression(try Formula("time, cens ~ age + tgrade + menostat:tsize"))
        let reference = try Golden.read("survival.json", as: CoxReference.All.self).gbsgFactors
        reference.check(try LocalRun(plan).run(sites).outcome, order: [2, 0, 1, 3, 4])

        var other = try gbsg.filtered { $0 < 20 }
        try other.add(.categories(named: Array(repeating: "old", count: 20)), as: "age")
        let ages = try CohortTable(rows: 20, other.variables)
        #expect(message("time, cens ~ age", [gbsg, ages]).contains("the site 2 has age as another kind"))
    }

    @Test("to show single events: steps are merged, and lie on the exact curve")
    func coarsened() throws {
        let sites = try SurvivalData.gbsg().split(into: 5)
        let plan = KaplanMeier(SurvivalTime(time: "time", event: "cens"), group: "tgrade", restrictedMean: 1825)
        let exact = try LocalRun(plan).run(sites).outcome
        var run = LocalRun(plan)
        run.rules.minimumCell = 5
        let shown = try run.run(sites).outcome
        #expect(shown.tests == exact.tests)
        #expect(shown.curves.map(\.median) == exact.curves.map(\.median))
        for (curve, whole) in zip(shown.curves, exact.curves) {
            #expect(curve.steps.allSatisfy { $0.events >= 5 })
            #expect(curve.steps.reduce(0) { $0 + $1.events } == whole.events)
            for step in curve.steps {
                #expect(whole.steps.contains { $0.time == step.time && $0.survival == step.survival })
            }
            let known = curve.atRisk.compactMap { $0 }
            #expect(known.allSatisfy { $0 >= 5 })
            #expect(zip(known, known.dropFirst()).allSatisfy { $0 == $1 || $0 - $1 >= 5 })
        }
        let insisting = KaplanMeier(SurvivalTime(time: "time", event: "cens"), coarsen: false)
        #expect(message(insisting, sites, least: 5).contains("withheld"))
    }
}
