import Testing

@testable import Cohort

@Suite("The numbers of a cohort under the rule of five")
struct CountTests {
    private let site = Counts(patients: 100, studies: 230, series: 1400, images: 90_000)

    private func shown(_ patients: Int, isEverything: Bool = false) -> [String] {
        let counts = Counts(patients: patients, studies: 2 * patients, series: 3 * patients, images: 4 * patients)
        let shown = DisclosureRule.standard.protect(isEverything ? site : counts, of: site, isEverything: isEverything)
        return [shown.patients, shown.studies, shown.series, shown.images].map(\.description)
    }

    @Test("five and more are shown, and so is all that belongs to them")
    func shows() {
        #expect(shown(5) == ["5", "10", "15", "20"])
        #expect(shown(95) == ["95", "190", "285", "380"])
    }

    @Test("fewer than five are not, nor whether there are any", arguments: 0...4)
    func hides(patients: Int) { #expect(shown(patients) == ["<5", "<1000", "<10000", "<100000"]) }

    @Test(
        "all but fewer than five are not, nor whether it is all: the opposite question would be answered",
        arguments: 96...100)
    func hidesTheOpposite(patients: Int) { #expect(shown(patients) == [">95", ">95", ">95", ">95"]) }

    @Test("the question for everything is answered with everything")
    func everything() { #expect(shown(100, isEverything: true) == ["100", "230", "1400", "90000"]) }

    @Test("a site of fewer than five shows that it has fewer, and the same bounds whatever it has", arguments: 0...4)
    func smallSite(patients: Int) {
        let all = Counts(patients: patients, studies: 7 * patients, series: 9 * patients, images: 400 * patients)
        let shown = DisclosureRule.standard.protect(all, of: all, isEverything: true)
        #expect(
            shown
                == ProtectedCounts(
                    patients: .fewerThan(5), studies: .fewerThan(1_000_000), series: .fewerThan(1_000_000),
                    images: .fewerThan(1_000_000)))
    }

    @Test("where a bound of five would give a number away, it is a little wider")
    func awkwardSites() {
        func patients(_ number: Int, of all: Int) -> String {
            DisclosureRule.standard.patients(number, of: all, isEverything: false).description
        }
        // Of five, "more than none" would be all; of eight, "fewer than five" here and there would be four.
        #expect((0...5).map { patients($0, of: 5) } == Array(repeating: "<6", count: 6))
        #expect((0...8).map { patients($0, of: 8) } == ["<6", "<6", "<6", "<6", "<6", "<6", ">2", ">2", ">2"])
        #expect((0...7).map { patients($0, of: 7) } == ["<5", "<5", "<5", "<5", "<5", ">2", ">2", ">2"])
    }

    @Test("a threshold of one shows everything, none included")
    func off() throws {
        let rule = try DisclosureRule(threshold: 1)
        #expect(rule.protect(Counts(), of: site).patients == .exact(0))
        #expect(rule.protect(site, of: site).patients == .exact(100))
    }

    @Test("a threshold below one or beyond reason is refused", arguments: [0, -5, 1001])
    func refusesThresholds(threshold: Int) {
        #expect(throws: DisclosureRuleError(threshold: threshold)) { try DisclosureRule(threshold: threshold) }
    }
}
