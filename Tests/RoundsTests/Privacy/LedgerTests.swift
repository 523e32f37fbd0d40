import FoundationEssentials
import Rounds
import Testing

@Suite struct LedgerTests {
    @Test func aProjectIsRefusedWhatItsBudgetDoesNotHold() throws {
        var ledger = PrivacyLedger()
        let step = PrivacyRelease(.sampledGaussian(rate: 0.01, noiseMultiplier: 1.1), count: 1000)
        #expect(throws: RoundsError.self) { try ledger.spend(step, name: "run/1", project: "p", site: "s") }
        try ledger.setBudget(.init(epsilon: 2, delta: 1e-5), project: "p", site: "s")
        // dp-accounting: 1.7117701662 for 1000 steps.
        let spent = try ledger.spend(step, name: "run/1", project: "p", site: "s")
        #expect(abs(spent - 1.7117701662) < 1e-6)
        let before = ledger
        #expect(throws: RoundsError.self) { try ledger.spend(step, name: "run/2", project: "p", site: "s") }
        #expect(ledger == before)
        // A smaller one still fits, and other sites and projects have their own accounts.
        _ = try ledger.spend(.init(step.event, count: 100), name: "run/3", project: "p", site: "s")
        #expect(throws: RoundsError.self) { try ledger.spend(step, name: "run/1", project: "q", site: "s") }
        #expect(throws: RoundsError.self) { try ledger.spend(step, name: "run/1", project: "p", site: "t") }
    }

    @Test func aRoundThatIsResumedIsChargedOnceAndTheLedgerSurvivesARestart() throws {
        var ledger = PrivacyLedger()
        try ledger.setBudget(.init(epsilon: 5, delta: 1e-6), project: "p", site: "s")
        let release = PrivacyRelease(.gaussian(noiseMultiplier: 4))
        let once = try ledger.spend(release, name: "run/1", project: "p", site: "s")
        ledger = try JSONDecoder().decode(PrivacyLedger.self, from: JSONEncoder().encode(ledger))
        #expect(try ledger.spend(release, name: "run/1", project: "p", site: "s") == once)
        #expect(ledger.account(project: "p", site: "s")?.entries.count == 1)
        #expect(throws: RoundsError.self) {
            try ledger.spend(.init(.gaussian(noiseMultiplier: 1)), name: "run/1", project: "p", site: "s")
        }
    }

    @Test func aSmallerBudgetLaterStopsWhatIsSpentAlready() throws {
        var ledger = PrivacyLedger()
        try ledger.setBudget(.init(epsilon: 5, delta: 1e-6), project: "p", site: "s")
        _ = try ledger.spend(.init(.gaussian(noiseMultiplier: 4)), name: "a", project: "p", site: "s")
        try ledger.setBudget(.init(epsilon: 0.1, delta: 1e-6), project: "p", site: "s")
        #expect(throws: RoundsError.self) {
            try ledger.spend(.init(.gaussian(noiseMultiplier: 1000)), name: "b", project: "p", site: "s")
        }
        #expect(throws: RoundsError.self) { try ledger.setBudget(.init(epsilon: 1, delta: 0), project: "p", site: "s") }
    }

    @Test func modelsLargerThanTheirTableAreWithheld() throws {
        let rules = DisclosureRules()
        try rules.check(rows: 100, parameters: 33)
        #expect(throws: RoundsError.self) { try rules.check(rows: 100, parameters: 34) }
        #expect(throws: RoundsError.self) { try rules.check(rows: 9, parameters: 1) }
    }
}
