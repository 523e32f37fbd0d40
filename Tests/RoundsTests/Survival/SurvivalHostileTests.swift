import Rounds
import Testing

/// States of a hub that is taken over, and sums of a site that sends nonsense, end in an error and never in a trap.
@Suite("Survival analyses survive", .needsCancerTables) struct SurvivalHostileTests {
    @Test(
        "states and sums of somebody's own making",
        arguments: [
            "survival(time, cens ~ horTh)", "cox(time, cens ~ age + horTh)",
            "cox(time, cens ~ age + strata(site))", "cox(time, cens ~ age + strata(menostat), ties=breslow)",
        ])
    func hostile(text: String) throws {
        let table = try SurvivalData.gbsg().picked(Array(0..<60))
        #expect(try HostileStateTests().attack(text, [table, table]) > 100)
    }
}
