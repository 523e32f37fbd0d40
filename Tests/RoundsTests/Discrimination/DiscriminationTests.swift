import Foundation
import Rounds
import Testing

@Suite(.needsCancerTables) struct DiscriminationTests {
    struct Curve: Decodable {
        let feature: String, from: Double, to: Double, bins: Int
        let auc: Double, standardError: Double, low: Double, high: Double, exact: Double
    }
    struct Calibrated: Decodable {
        let brier: Double, observed: [Double], predicted: [Double], slope: Double, slopeError: Double, intercept: Double
        let interceptError: Double, hosmerLemeshow: Double, hosmerLemeshowP: Double
    }
    struct File: Decodable { let roc: [Curve], calibration: Calibrated }

    @Test(arguments: splits) func areasAreThoseOfScikitLearn(sites: Int, withEmpty: Bool) throws {
        let golden: File = try Golden.read("models.json")
        let tables = try CancerTables.table("wdbc").split(into: sites, withEmpty: withEmpty)
        for wanted in golden.roc {
            let roc = ROC(
                try Formula("malignant ~ \(wanted.feature)"), from: wanted.from, to: wanted.to, bins: wanted.bins)
            let outcome = try LocalRun(roc).run(tables).outcome
            #expect(
                Golden.relative(
                    [outcome.auc, outcome.standardError, outcome.low, outcome.high],
                    [wanted.auc, wanted.standardError, wanted.low, wanted.high]) < 1e-12)
            #expect(abs(outcome.auc - wanted.exact) <= outcome.tieError)
            #expect(outcome.events == 212 && outcome.others == 357)
        }
        #expect(golden.roc.count == 3)
    }

    @Test func theCurveHasNoStepOfFewPatients() throws {
        var run = LocalRun(ROC(try Formula("malignant ~ concavity"), from: 0, to: 0.5))
        run.rules = DisclosureRules(minimumCell: 5, minimumRows: 0, minimumSites: 1)
        let curve = try run.run([try CancerTables.table("wdbc")]).outcome.curve
        #expect(curve.count > 5)
        for (first, second) in zip(curve, curve.dropFirst()) {
            let events = ((second.sensitivity - first.sensitivity) * 212).rounded()
            let others = ((first.specificity - second.specificity) * 357).rounded()
            #expect(events == 0 || events >= 5)
            #expect(others == 0 || others >= 5)
        }
    }

    func predicted() throws -> CohortTable {
        var table = try CancerTables.table("wdbc")
        try table.add(.numbers(try table.numbers("radius").map { 1 / (1 + exp(-(0.8 * $0 - 11.5))) }), as: "p")
        return table
    }

    @Test(arguments: splits) func calibrationIsThatOfScikitLearnAndStatsmodels(sites: Int, withEmpty: Bool) throws {
        let golden: File = try Golden.read("models.json")
        let wanted = golden.calibration
        let tables = try predicted().split(into: sites, withEmpty: withEmpty)
        let outcome = try LocalRun(Calibration(try Formula("malignant ~ p"))).run(tables).outcome
        #expect(Golden.relative([outcome.brier], [wanted.brier]) < 1e-12)
        #expect(Golden.difference(outcome.groups.map { $0.predicted ?? .nan }, wanted.predicted) < 1e-12)
        #expect(Golden.difference(outcome.groups.map { $0.observed ?? .nan }, wanted.observed) < 1e-12)
        #expect(
            Golden.relative(
                [
                    outcome.slope.estimate, outcome.slope.standardError, outcome.intercept.estimate,
                    outcome.intercept.standardError,
                ],
                [wanted.slope, wanted.slopeError, wanted.intercept, wanted.interceptError]) < 1e-9)
        let test = try #require(outcome.hosmerLemeshow)
        #expect(Golden.relative([test.statistic, test.p], [wanted.hosmerLemeshow, wanted.hosmerLemeshowP]) < 1e-9)
    }

    func message<C: FederatedComputation>(_ computation: C, _ table: CohortTable) -> String {
        do throws(RoundsError) {
            _ = try LocalRun(computation).run([table])
            return ""
        } catch { return error.description }
    }

    @Test func scoresAndEventsThatCannotBeAreExplained() throws {
        let table = try CohortTable(
            rows: 4,
            ["s": .numbers([0.1, 0.4, 0.6, 0.9]), "e": .numbers([0, 1, 2, 1]), "none": .numbers([0, 0, 0, 0])])
        #expect(message(ROC(try Formula("e ~ s")), table).contains("other than 0 and 1"))
        #expect(message(ROC(try Formula("none ~ s")), table).contains("events"))
        #expect(message(ROC(try Formula("none ~ s + e")), table).contains("one event and one score"))
        #expect(message(ROC(try Formula("none ~ s"), from: 1, to: 0), table).contains("from < to"))
        #expect(message(Calibration(try Formula("s > 0.5 ~ e")), table).contains("no probabilities"))
        #expect(try Plan(text: "roc(p, event, bins=50)") == Plan(text: "auc(event ~ p, bins=50)"))
        #expect(throws: RoundsError.self) { try Plan(text: "roc(p)") }
    }
}
