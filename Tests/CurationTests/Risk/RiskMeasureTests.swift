import Curation
import Testing

@Suite("Risk of re-identification")
struct RiskMeasureTests {
    @Test("of a prosecutor is one over the class, on average classes over records")
    func prosecutor() {
        let report = RiskAssessment(gate: ReleaseGate(k: 3)).report(RiskTables.small)
        #expect(report.classes == 3)
        #expect(report.smallest == 1)
        #expect(report.sizes.map(\.size) == [1, 2, 3])
        #expect(report.sizes.map(\.classes) == [1, 1, 1])
        #expect(report.risk.prosecutor.highest == 1)
        #expect(isNear(report.risk.prosecutor.average, 3.0 / 6))
        // Classes of one and of two are above 1/3: three records of six.
        #expect(isNear(report.risk.prosecutor.recordsAboveThreshold, 0.5))
        #expect(report.atRisk == 3)
        #expect(report.listed.map(\.pseudonym) == ["P6", "P4", "P5"])
        #expect(report.listed.map(\.classSize) == [1, 2, 2])
        #expect(report.risk.journalist == nil)
    }

    @Test("of a class of exactly k is not above 1/k")
    func threshold() {
        for k in 2...60 {
            let rows = (0..<k).map { _ in ["x"] }
            let table = RiskTables.table([QuasiIdentifier("fact", .category)], rows)
            let report = RiskAssessment(gate: ReleaseGate(k: k)).report(table)
            #expect(report.risk.prosecutor.recordsAboveThreshold == 0)
            #expect(report.decision.passed)
        }
    }

    @Test("of a journalist is that of the population's classes, estimated from the part that was sampled")
    func journalist() {
        let report = RiskAssessment(gate: ReleaseGate(k: 5), samplingFraction: 0.1).report(RiskTables.small)
        // F of the unique record is 1 / 0.1 = 10 people.
        #expect(isNear(report.risk.journalist?.highest, 0.1))
        #expect(isNear(report.risk.journalist?.average, 0.1 * 3 / 6))
        #expect(report.risk.journalist?.recordsAboveThreshold == 0)
        #expect(isNear(report.risk.marketer, 0.3))
        #expect(isNear(RiskAssessment().report(RiskTables.small).risk.marketer, 3))
    }

    // Figure 3 of Machanavajjhala et al., "l-Diversity", 2007: 4-anonymous, 3-diverse. A class of values 1/4, 1/4, 1/2 has
    // the entropy 2 · 1/4 · ln 4 + 1/2 · ln 2, and e to it is 2 √2.
    @Test("of learning a diagnosis is measured as in the paper on l-diversity")
    func diversity() {
        let rows = [
            ["1305", "<=40", "heart"], ["1305", "<=40", "viral"], ["1305", "<=40", "cancer"],
            ["1305", "<=40", "cancer"],
            ["1485", ">40", "cancer"], ["1485", ">40", "heart"], ["1485", ">40", "viral"], ["1485", ">40", "viral"],
            ["1306", "<=40", "heart"], ["1306", "<=40", "viral"], ["1306", "<=40", "cancer"],
            ["1306", "<=40", "cancer"],
        ]
        let table = RiskTables.table(
            [QuasiIdentifier("zip", .area), QuasiIdentifier("age", .category)], sensitive: ["condition"], rows)
        let report = RiskAssessment(gate: ReleaseGate(k: 4, l: 3)).report(table)
        #expect(report.smallest == 4)
        #expect(report.diversity.first?.distinct == 3)
        #expect(isNear(report.diversity.first?.entropy, 8.0.squareRoot()))
        #expect(report.diversity.first?.revealed == 0)
        #expect(report.decision.passed)
        #expect(!RiskAssessment(gate: ReleaseGate(k: 4, l: 4)).report(table).decision.passed)
    }

    @Test("is told where a class has one value alone")
    func revealed() {
        let diversity = RiskAssessment().report(RiskTables.small).diversity.first
        #expect(diversity?.distinct == 1)
        #expect(isNear(diversity?.entropy, 1))
        // The class of two and the class of one.
        #expect(diversity?.revealed == 3)
        // Half of all are benign: the class of two is all benign, half of the way from it.
        #expect(isNear(diversity?.closeness, 0.5))
    }

    // Table 3 of Li et al., "t-Closeness", 2007, with salaries of 3,000 to 11,000: the first class is 0.375 from all, the
    // second 0.167.
    @Test("of learning a number is measured as in the paper on t-closeness")
    func closeness() {
        let salaries = [
            ["a", "3"], ["a", "4"], ["a", "5"], ["b", "6"], ["b", "11"], ["b", "8"], ["c", "7"], ["c", "9"],
            ["c", "10"],
        ]
        let table = RiskTables.table([QuasiIdentifier("class", .category)], sensitive: ["salary"], salaries)
        #expect(isNear(RiskAssessment().report(table).diversity.first?.closeness, 0.375))
        let second = RiskTables.table(
            [QuasiIdentifier("class", .category)], sensitive: ["salary"],
            salaries.map { [$0[0] == "b" ? "b" : "rest", $0[1]] })
        // The rest, twice as many, is half as far on the other side.
        #expect(isNear(RiskAssessment().report(second).diversity.first?.closeness, 1.0 / 6))
    }

    @Test("names the fact that gives a record away")
    func contributions() {
        let rows = [["30", "1"], ["30", "1"], ["30", "1"], ["91", "1"], ["30", "2"]]
        let table = RiskTables.table([QuasiIdentifier("age", .age), QuasiIdentifier("area", .area)], rows)
        let report = RiskAssessment(gate: ReleaseGate(k: 2)).report(table)
        #expect(report.listed.map(\.because) == ["age", "area"])
        #expect(report.contributions.map(\.atRiskWithout) == [1, 1])
    }

    @Test("of nothing is nothing, and nothing is published")
    func empty() {
        let table = RiskTables.table([QuasiIdentifier("age", .age)], sensitive: ["x"], [])
        let report = RiskAssessment().report(table)
        #expect(report.records == 0)
        #expect(!report.decision.passed)
        #expect(report.risk.prosecutor.average == 0)
        #expect(!report.text.isEmpty)
    }

    @Test("of records that nothing is known of is that of their number")
    func noFacts() {
        let report = RiskAssessment().report(RiskTables.table([], [[], [], [], [], []]))
        #expect(report.smallest == 5)
        #expect(report.decision.passed)
    }
}
