import Federation
import FoundationEssentials
import Runtime
import TestSupport
import Testing

@testable import Governance

@Suite("A permit's privacy budget")
struct BudgetTests {
    private func site(epsilon: Double) async throws -> (GovernedSite, Permit) {
        let site = try GovernedSite()
        let permit = try site.permit(budget: PrivacyBudget(epsilon: epsilon, delta: 1e-6))
        try await site.grant(permit)
        return (site, permit)
    }

    private func claim(_ site: GovernedSite, _ permit: Permit, _ epsilon: Double?) throws -> TaskClaim {
        var claim = try site.claim(permit)
        claim.cost = try epsilon.map { try #require(PrivacyBudget(epsilon: $0)) }
        return claim
    }

    @Test("ten answers at 0.1 use up a budget of 1, and an eleventh is refused")
    func exact() async throws {
        let (site, permit) = try await site(epsilon: 1)
        for _ in 0..<10 {
            let authorisation = try #require(await site.decide(try claim(site, permit, 0.1)).authorisation)
            try await site.gate.finish(authorisation)
        }
        #expect(try site.ledger.spent(permit.id).epsilon == 1)
        #expect(try await site.refusal(try claim(site, permit, 0.000_001)) == .budgetSpent)
    }

    @Test("under a permit with a budget a task has to say what it costs")
    func notStated() async throws {
        let (site, permit) = try await site(epsilon: 1)
        #expect(try await site.refusal(try claim(site, permit, nil)) == .budgetNotStated)
        #expect(try await site.refusal(try claim(site, permit, 0)) == .budgetNotStated)
    }

    @Test("what a task that was given up would have cost can be used again, and what was told cannot")
    func givenBack() async throws {
        let (site, permit) = try await site(epsilon: 1)
        let first = try #require(await site.decide(try claim(site, permit, 0.7)).authorisation)
        #expect(try await site.refusal(try claim(site, permit, 0.7)) == .budgetSpent)
        try await site.gate.abandon(first)
        // Ending it twice gives nothing back twice.
        try await site.gate.abandon(first)
        #expect(try site.ledger.spent(permit.id) == .zero)
        let second = try #require(await site.decide(try claim(site, permit, 0.7)).authorisation)
        try await site.gate.finish(second)
        try await site.gate.abandon(second)
        #expect(try site.ledger.spent(permit.id).epsilon == 0.7)
    }

    @Test("what was spent and seen is known again after a restart, and reserved work goes on once")
    func restart() async throws {
        let (site, permit) = try await site(epsilon: 1)
        let (done, begun) = (try claim(site, permit, 0.3), try claim(site, permit, 0.3))
        let (doneMessage, begunMessage) = (MessageID(random: .system), MessageID(random: .system))
        try await site.gate.finish(try #require(await site.decide(done, message: doneMessage).authorisation))
        #expect(await site.decide(begun, message: begunMessage).authorisation != nil)
        // While it runs, the same message is not begun a second time.
        #expect(await site.decide(begun, message: begunMessage) == .refused(.replayed))

        let ledger = try BudgetLedger(path: site.folder.ledger)
        let gate = TaskGate(
            folder: site.folder, book: site.book, approvals: site.approvals, ledger: ledger, audit: site.audit,
            clock: site.clock.wallClock)
        func again(_ claim: TaskClaim, _ message: MessageID) async -> GateDecision {
            await gate.decide(
                claim, from: TaskOrigin(message: message, sender: .hub), running: claim.computation.hash)
        }
        #expect(await again(done, doneMessage) == .refused(.replayed))
        let resumed = try #require(await again(begun, begunMessage).authorisation)
        #expect(try ledger.spent(permit.id).epsilon == 0.6)
        try await gate.finish(resumed)
        #expect(await again(begun, begunMessage) == .refused(.replayed))
    }

    @Test("a run of three rounds is three messages, each at its cost, under one and the same claim")
    func rounds() async throws {
        let (site, permit) = try await site(epsilon: 1)
        var run = try claim(site, permit, 0.2)
        run.rounds = 3
        for _ in 0..<3 {
            try await site.gate.finish(try #require(await site.decide(run).authorisation))
        }
        #expect(try site.ledger.spent(permit.id).epsilon == 0.6)
        #expect(try await site.refusal(run) == .usedUp)
        // The hub asks for more rounds of the same run: that is another claim.
        run.rounds = 30
        #expect(try await site.refusal(run) == .replayed)
    }

    @Test("costs are rounded up and never negative, infinite or none")
    func numbers() throws {
        #expect(PrivacyBudget(epsilon: -0.1) == nil)
        #expect(PrivacyBudget(epsilon: .nan) == nil)
        #expect(PrivacyBudget(epsilon: .infinity) == nil)
        #expect(PrivacyBudget(epsilon: 1, delta: 1) == nil)
        #expect(PrivacyBudget(epsilon: 1e-9)?.epsilonMillionths == 1)
        #expect(throws: DecodingError.self) {
            try JSONDecoder().decode(
                PrivacyBudget.self, from: Data(#"{"epsilonMillionths":-5,"deltaQuadrillionths":0}"#.utf8))
        }
    }
}
