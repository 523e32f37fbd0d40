import Rounds
import Testing

/// Against R's `survfit` and `survdiff` and against lifelines: `Fixtures/survival.R`, `Fixtures/survival_lifelines.py`.
@Suite("Kaplan–Meier over many sites", .needsCancerTables)
struct KaplanMeierTests {
    struct Curve: Decodable {
        let time, atRisk, events, survival: [Double]
        let lower, upper: [Double?]
        let hazard, hazardError: [Double]
        let median, medianLower, medianUpper: Double?
        let mean, meanError: Double
    }

    struct Test: Decodable {
        let chi: Double
        let observed, expected: [Double]
    }

    struct Reference: Decodable {
        let gbsgAll, gbsgPlain, gbsgLog, gbsgGrade, gbsgMonths: [Curve]
        let logrank, peto, logrankGrade, logrankInstitution: Test
        let pairs: [Double]
        let brcaKM: [Curve]
    }

    struct Lifelines: Decodable {
        struct Curve: Decodable {
            let time, survival, lower, upper: [Double]
            let median: Double
        }
        let tests: [String: Double]
        let institutions: Double
        let yes: Curve
    }

    let golden: Reference
    let lifelines: Lifelines
    let time = SurvivalTime(time: "time", event: "cens")

    init() throws {
        golden = try Golden.read("survival.json")
        lifelines = try Golden.read("survival_lifelines.json")
    }

    private func check(_ curve: KaplanMeierOutcome.Curve, _ wanted: Curve) {
        #expect(curve.steps.map(\.time) == wanted.time)
        #expect(curve.steps.map { Double($0.events) } == wanted.events)
        #expect(near(curve.steps.map(\.survival), wanted.survival))
        // Where the last patient has died, R's limits on the plain scale are none, and so are ours on the other scales.
        #expect(near(curve.steps.map(\.lower), wanted.lower))
        #expect(near(curve.steps.map(\.upper), wanted.upper))
        #expect(near(curve.steps.map(\.hazard), wanted.hazard))
        #expect(near(curve.steps.map(\.hazardError), wanted.hazardError))
        #expect(curve.median == wanted.median)
        #expect(curve.medianLower == wanted.medianLower)
        #expect(curve.medianUpper == wanted.medianUpper)
        #expect(near(curve.restrictedMean, wanted.mean))
        #expect(near(curve.restrictedMeanError, wanted.meanError))
    }

    @Test("is the pooled curve of R, at any number of sites", arguments: [1, 2, 3, 5, 100])
    func pooled(sites: Int) throws {
        let plan = KaplanMeier(time, restrictedMean: 1825)
        let (outcome, rounds) = try LocalRun(plan).run(SurvivalData.gbsg().split(into: sites))
        #expect(rounds == 3)
        #expect(outcome.curves.count == 1)
        check(try #require(outcome.curves.first), try #require(golden.gbsgAll.first))
        #expect(outcome.curves.first?.median == 1807)
        #expect(outcome.exclusions == Exclusions(rows: 686, events: 299, missing: .exact(0), nonPositive: .exact(0)))
    }

    @Test("has R's limits on each scale", arguments: [ConfidenceBand.Scale.plain, .log])
    func scales(scale: ConfidenceBand.Scale) throws {
        let plan = KaplanMeier(time, group: "horTh", confidence: ConfidenceBand(scale: scale), restrictedMean: 1825)
        let outcome = try LocalRun(plan).run(SurvivalData.gbsg().split(into: 5)).outcome
        for (curve, wanted) in zip(outcome.curves, scale == .plain ? golden.gbsgPlain : golden.gbsgLog) {
            check(curve, wanted)
        }
        #expect(outcome.curves.map(\.group) == ["no", "yes"])
        #expect(outcome.curves.map(\.median) == [1528, 2018])
    }

    @Test("compares groups as survdiff does, all and in pairs")
    func logRank() throws {
        let two = try LocalRun(KaplanMeier(time, group: "horTh")).run(SurvivalData.gbsg().split(into: 3)).outcome
        let test = try #require(two.tests.first)
        #expect(near(test.chiSquare, golden.logrank.chi) && near(test.chiSquare, 8.564780853539))
        #expect(near(test.p, 0.003427282265, 1e-11))
        #expect(near(test.expected, golden.logrank.expected))
        #expect(test.observed == golden.logrank.observed)
        let peto = try #require(two.tests.first { $0.weights == .petoPeto })
        #expect(near(peto.chiSquare, golden.peto.chi))
        for test in two.tests where test.weights != .petoPeto {
            #expect(near(test.chiSquare, lifelines.tests[test.weights.rawValue]))
        }

        let three = try LocalRun(KaplanMeier(time, group: "tgrade", restrictedMean: 1825))
            .run(SurvivalData.gbsg().split(into: 3)).outcome
        #expect(near(three.tests.first?.chiSquare, golden.logrankGrade.chi))
        #expect(three.tests.first?.degrees == 2)
        #expect(near(three.pairs.map(\.test.chiSquare), golden.pairs))
        for (curve, wanted) in zip(three.curves, golden.gbsgGrade) { check(curve, wanted) }
        // Holm by hand: the least p times 3, the next times 2, never falling.
        let p = three.pairs.map(\.test.p)
        let sorted = p.sorted()
        #expect(three.pairs.map(\.adjustedP).sorted().first == 3 * sorted[0])
    }

    @Test("has lifelines' band, and compares the 18 institutions of the lung data where they are the sites")
    func institutions() throws {
        let yes = try LocalRun(KaplanMeier(time, group: "horTh")).run(SurvivalData.gbsg().split(into: 5)).outcome
            .curves[1]
        #expect(yes.steps.map(\.time) == lifelines.yes.time)
        #expect(near(yes.steps.map(\.survival), lifelines.yes.survival))
        #expect(near(yes.steps.map(\.lower), lifelines.yes.lower))
        #expect(near(yes.steps.map(\.upper), lifelines.yes.upper))

        let lung = try SurvivalData.lung()
        let codes = lung.codes("inst")
        let sites = try lung.split(by: { codes[$0] ?? 99 })
        #expect(sites.count == 19)
        let plan = KaplanMeier(SurvivalTime(time: "time", event: "status"), group: "inst")
        let outcome = try LocalRun(plan).run(sites).outcome
        #expect(near(outcome.tests.first?.chiSquare, golden.logrankInstitution.chi))
        #expect(near(outcome.tests.first?.chiSquare, lifelines.institutions))
        #expect(outcome.tests.first?.degrees == 17)
        #expect(outcome.exclusions.missing == .exact(1))
    }

    @Test("counts times in months where the unit is a month, with many ties")
    func months() throws {
        var table = try SurvivalData.gbsg()
        let days = try table.numbers("time")
        try table.add(.numbers(days.map { ($0 / 30.4375).rounded(.up) }), as: "months")
        var time = SurvivalTime(time: "months", event: "cens", unitName: "months")
        time.unit = 0.5
        let outcome = try LocalRun(KaplanMeier(time, group: "horTh", restrictedMean: 60)).run(table.split(into: 4))
            .outcome
        for (curve, wanted) in zip(outcome.curves, golden.gbsgMonths) { check(curve, wanted) }
    }

    @Test("is R's curve of TCGA-BRCA, with its times of zero and without", .enabled(if: SurvivalData.hasBRCA))
    func brca() throws {
        var time = SurvivalTime(time: "T", event: "E")
        time.nonPositive = .keep
        let sites = try SurvivalData.brca().split(into: 6)
        let kept = try LocalRun(KaplanMeier(time, restrictedMean: 3650)).run(sites).outcome
        check(try #require(kept.curves.first), try #require(golden.brcaKM.first))
        time.nonPositive = .leaveOut
        let left = try LocalRun(KaplanMeier(time)).run(sites).outcome
        #expect(left.exclusions.nonPositive == .exact(13))
        #expect(left.curves.first?.patients == 1083)
    }

    @Test("finds event times on a grid of thousandths without counting at each of millions of steps")
    func fine() throws {
        var table = try SurvivalData.gbsg()
        let days = try table.numbers("time")
        try table.add(.numbers(days.map { $0 * 1000 / 8 }), as: "fine")
        var time = SurvivalTime(time: "fine", event: "cens")
        time.unit = 0.125
        let plan = KaplanMeier(time, restrictedMean: 1825 * 125)
        let outcome = try LocalRun(plan).run(table.split(into: 3)).outcome
        let curve = try #require(outcome.curves.first)
        let wanted = try #require(golden.gbsgAll.first)
        #expect(curve.steps.map { $0.time / 125 } == wanted.time)
        #expect(near(curve.steps.map(\.survival), wanted.survival))
        #expect(near(curve.restrictedMean, wanted.mean * 125))
    }
}
