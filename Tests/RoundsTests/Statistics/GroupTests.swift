import Rounds
import Testing

@Suite(.needsCancerTables) struct GroupTests {
    struct Test: Decodable { let t: Double, p: Double, degrees: Double, low: Double, high: Double }
    struct Two: Decodable { let student: Test, welch: Test }
    struct Anova: Decodable { let f: Double, p: Double, means: [Double], deviations: [Double] }
    struct Pair: Decodable { let first: String, second: String, r: Double, p: Double, low: Double, high: Double }
    struct Correlations: Decodable { let names: [String], pairs: [Pair] }
    struct Complete: Decodable { let rows: Int64, r: [Double] }
    struct File: Decodable {
        let ttest: Two, oneSample: Test, anova: Anova, correlation: Correlations, correlationMissing: Complete
    }

    func check(_ ours: TTest.Outcome.Test?, _ theirs: Test) {
        guard let ours else {
            Issue.record("there is no such test")
            return
        }
        #expect(
            Golden.relative(
                [ours.t, ours.p, ours.degrees, ours.low, ours.high],
                [theirs.t, theirs.p, theirs.degrees, theirs.low, theirs.high]) < 1e-11)
    }

    @Test(arguments: splits) func testsOfMeansAreThoseOfScipy(sites: Int, withEmpty: Bool) throws {
        let golden: File = try Golden.read("describe.json")
        let tables = try CancerTables.table("gbsg2").split(into: sites, withEmpty: withEmpty)
        let two = try LocalRun(TTest(try Formula("age ~ C(horTh)"))).run(tables).outcome
        check(two.student, golden.ttest.student)
        check(two.welch, golden.ttest.welch)
        #expect(two.groups.map(\.name) == ["no", "yes"])
        let one = try LocalRun(TTest(try Formula("tsize ~ 1"), mean: 30)).run(tables).outcome
        check(one.student, golden.oneSample)
        #expect(one.welch == nil)
        let anova = try LocalRun(AnalysisOfVariance(try Formula("tsize ~ tgrade"))).run(tables).outcome
        #expect(Golden.relative([anova.f, anova.p], [golden.anova.f, golden.anova.p]) < 1e-11)
        #expect(Golden.relative(anova.groups.map { $0.mean ?? .nan }, golden.anova.means) < 1e-12)
        #expect(Golden.relative(anova.groups.map { $0.deviation ?? .nan }, golden.anova.deviations) < 1e-12)
    }

    @Test(arguments: splits) func correlationsAreThoseOfScipy(sites: Int, withEmpty: Bool) throws {
        let golden: File = try Golden.read("describe.json")
        let tables = try CancerTables.table("gbsg2").split(into: sites, withEmpty: withEmpty)
        let pairs = try LocalRun(Correlation(golden.correlation.names)).run(tables).outcome.pairs
        for (ours, theirs) in zip(pairs, golden.correlation.pairs) {
            #expect(ours.first == theirs.first && ours.second == theirs.second)
            #expect(
                Golden.difference(
                    [ours.r, ours.p, ours.low, ours.high], [theirs.r, theirs.p, theirs.low, theirs.high]) < 1e-12)
        }
        #expect(pairs.count == 10)
        let lung = try CancerTables.table("lung").split(into: sites, withEmpty: withEmpty)
        let complete = try LocalRun(Correlation(["age", "meal_cal", "wt_loss"])).run(lung).outcome
        #expect(complete.rows == golden.correlationMissing.rows)
        #expect(Golden.difference(complete.pairs.map(\.r), golden.correlationMissing.r) < 1e-12)
    }

    func message<C: FederatedComputation>(_ computation: C, _ table: CohortTable, cell: Int = 1) -> String {
        var run = LocalRun(computation)
        run.rules = DisclosureRules(minimumCell: cell, minimumRows: 0, minimumSites: 1, parametersPerRow: 1)
        do throws(RoundsError) {
            _ = try run.run([table])
            return ""
        } catch { return error.description }
    }

    @Test func groupsThatCannotBeComparedAreExplained() throws {
        let table = try CohortTable(
            rows: 6,
            [
                "x": .numbers([1, 1, 1, 2, 2, 2]), "y": .numbers([1, 5, 2, 4, 2, 8]),
                "one": .numbers([3, 3, 3, 3, 3, 3]),
                "two": .categories(named: ["a", "a", "a", "b", "b", "b"]),
                "three": .categories(named: ["a", "b", "c", "a", "b", "c"]),
            ])
        #expect(message(TTest(try Formula("x ~ two")), table).contains("the same value in all rows of each group"))
        #expect(message(TTest(try Formula("y ~ three")), table).contains("has 3 levels: choose two"))
        #expect(message(TTest(try Formula("y ~ x")), table).contains("it needs its levels"))
        #expect(message(TTest(try Formula("y ~ two")), table, cell: 5).contains("enough patients"))
        #expect(message(AnalysisOfVariance(try Formula("x ~ two")), table).contains("the same value"))
        #expect(message(AnalysisOfVariance(try Formula("y ~ two:three")), table).contains("without interactions"))
        #expect(message(Correlation(["y", "one"]), table).contains("the same value in all complete rows"))
        #expect(message(Correlation(["y", "y"]), table).contains("two different variables"))
        #expect(message(Correlation(["y", "two"]), table).contains("is a category"))
        let few = try Formula("y ~ C(two, levels=['a', 'b'])")
        #expect(message(TTest(few), table, cell: 5).contains("withheld"))
        #expect(message(TTest(few), table) == "")
    }

    @Test func plansReadAsTheyAreWritten() throws {
        #expect(
            String(decoding: try Plan(text: "ttest(after - before, mean=0)").json, as: UTF8.self)
                == #"{"confidence":0.95,"formula":"after - before ~ 1","mean":0}"#)
        #expect(try Plan(text: "anova(size ~ C(stage))").computation == "anova")
        #expect(
            String(decoding: try Plan(text: "cor(age, tsize)").json, as: UTF8.self)
                == #"{"confidence":0.95,"variables":["age","tsize"]}"#)
    }
}
