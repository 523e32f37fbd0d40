import Cohort
import Federation
import FoundationEssentials
import Runtime
import TestSupport
import Testing

@testable import Governance

@Suite("The gate of a node")
struct TaskGateTests {
    @Test(
        "a task under a permit that the committee signed is allowed, under the strictest of all rules, and written down"
    )
    func allowed() async throws {
        var policy = SitePolicy()
        policy.held = [.statistics]
        let site = try GovernedSite(policy: policy)
        let stricter = try #require(PermitThresholds(smallestCell: 8, rounding: 1, smallestCohort: 10))
        let permit = try site.permit(thresholds: stricter)
        try await site.grant(permit)
        var claim = try site.claim(permit)
        claim.outputs = [.counts, .statistics]
        claim.thresholds = PermitThresholds(smallestCell: 2, rounding: 5, smallestCohort: 50)
        let authorisation = try #require(await site.decide(claim).authorisation)
        #expect(authorisation.thresholds == PermitThresholds(smallestCell: 8, rounding: 5, smallestCohort: 50))
        #expect(authorisation.held == [.statistics])
        #expect(authorisation.cohort == permit.cohort)
        #expect(authorisation.place == site.site)
        let entry = try #require(site.audit.events.last)
        #expect(entry.kind == .gateAllowed && entry.permit == permit.id.message && entry.site == .hub)
        #expect(entry.person == Digest(sha256: Array("local:rosa".utf8)))
    }

    @Test(
        "where neither permit nor task names a cohort, it is everybody; where the task names none, it is the permit's")
    func cohorts() async throws {
        let site = try GovernedSite()
        let (open, limited) = (try site.permit(cohort: nil), try site.permit())
        try await site.grant(open)
        try await site.grant(limited)
        var claim = try site.claim(limited)
        claim.cohort = nil
        #expect(await site.decide(claim).authorisation?.cohort == limited.cohort)
        let everybody = try #require(await site.decide(try site.claim(open)).authorisation)
        #expect(everybody.cohort == nil)
    }

    @Test("a task that the permit does not name is refused, each for its own reason, with an audit entry")
    func refusals() async throws {
        let site = try GovernedSite()
        let permit = try site.permit()
        try await site.grant(permit)
        let good = try site.claim(permit)
        let other = try site.approvals.submit(name: "cox", version: "3", content: Array("other\n".utf8))
        func refusal(_ change: (inout TaskClaim) throws -> Void) async throws -> GateReason? {
            var claim = good
            claim.id = MessageID(random: .system)
            try change(&claim)
            return try await site.refusal(claim)
        }
        #expect(try await refusal { $0.permit = PermitID(random: .system) } == .noPermit)
        #expect(try await refusal { $0.holder = try #require(PersonID("local:eve")) } == .notHolder)
        #expect(try await refusal { $0.purpose = .innovation } == .purposeNotPermitted)
        #expect(try await refusal { $0.computation = other } == .computationNotPermitted)
        #expect(try await refusal { $0.dataSets = ["mama", "pulmo"] } == .dataSetNotPermitted)
        #expect(try await refusal { $0.dataSets = [] } == .dataSetNotPermitted)
        #expect(try await refusal { $0.cohort = .everything } == .cohortNotPermitted)
        #expect(try await refusal { $0.cohort = try CohortQuery(text: "modality = CT") } == .cohortNotPermitted)
        #expect(try await refusal { $0.outputs = [.models] } == .outputNotPermitted)
        #expect(try await refusal { $0.outputs = [] } == .outputNotPermitted)
        #expect(try await refusal { $0.place = SiteID("leonardo") } == .placementNotPermitted)
        #expect(try await refusal { $0.until = PermitTime(seconds: site.now.seconds - 1) ?? site.now } == .claimExpired)
        #expect(try await site.refusal(good, sender: try #require(SiteID("porto"))) == .wrongAsker)
        #expect(try await refusal { _ in } == nil)
        #expect(site.audit.events.filter { $0.kind == .gateRefused }.count == 13)
    }

    @Test("code that is not the one that was named, or that nobody approved, is refused")
    func code() async throws {
        let site = try GovernedSite()
        let permit = try site.permit()
        try await site.grant(permit)
        let claim = try site.claim(permit)
        let origin = TaskOrigin(message: MessageID(random: .system), sender: .hub)
        let changed = await site.gate.decide(claim, from: origin, running: Digest(sha256: [1]))
        #expect(changed == .refused(.codeChanged))
        let committee = try await site.book.committee()
        try site.approvals.judge(
            site.computation.hash, .refused, by: site.members[1], of: committee, time: site.now)
        #expect(try await site.refusal(claim) == .notApproved)
    }

    @Test("a permit counts from its first second to the one before its end")
    func times() async throws {
        let site = try GovernedSite()
        let permit = try site.permit(from: site.now.advanced(by: 100), until: site.now.advanced(by: 200))
        try await site.grant(permit)
        let claim = try site.claim(permit)
        #expect(try await site.refusal(claim) == .notYetValid)
        site.clock.advance(by: 99.9)
        #expect(try await site.refusal(claim) == .notYetValid)
        site.clock.advance(by: 0.1)
        #expect(try await site.refusal(claim) == nil)
        site.clock.advance(by: 99.9)
        #expect(try await site.refusal(try site.claim(permit)) == nil)
        site.clock.advance(by: 0.1)
        #expect(try await site.refusal(try site.claim(permit)) == .expired)
    }

    @Test("with the two-person rule one signature is not enough, nor one person's two")
    func twoPersons() async throws {
        var policy = SitePolicy()
        policy.signaturesNeeded = 2
        let site = try GovernedSite(policy: policy)
        let permit = try site.permit()
        try await site.grant(permit)
        #expect(try await site.refusal(try site.claim(permit)) == .notSigned)
        try await site.book.sign(permit.id, with: site.members[0], policy: policy)
        #expect(try await site.refusal(try site.claim(permit)) == .notSigned)
        try await site.book.sign(permit.id, with: site.members[2], policy: policy)
        #expect(try await site.refusal(try site.claim(permit)) == nil)
    }

    @Test("the permit may ask for more signatures than the site, and not for fewer")
    func moreSignatures() async throws {
        let site = try GovernedSite()
        let permit = try site.permit(signaturesNeeded: 3)
        try await site.grant(permit, signers: 2)
        #expect(try await site.refusal(try site.claim(permit)) == .notSigned)
        try await site.grant(permit, signers: 3)
        #expect(try await site.refusal(try site.claim(permit)) == nil)
    }

    @Test("a member who leaves takes their signatures along")
    func memberLeaves() async throws {
        let site = try GovernedSite()
        let permit = try site.permit()
        try await site.grant(permit)
        var committee = try await site.book.committee()
        try committee.remove(site.members[0].person)
        try committee.write(site.folder.committee, in: PosixFileSystem())
        #expect(try await site.refusal(try site.claim(permit)) == .notSigned)
    }

    @Test("a rule that became stricter counts for permits that were signed before")
    func stricterRule() async throws {
        let site = try GovernedSite()
        let permit = try site.permit()
        try await site.grant(permit)
        var policy = SitePolicy()
        policy.thresholds = try #require(PermitThresholds(smallestCell: 20, rounding: 1, smallestCohort: 10))
        try policy.write(site.folder.policy, in: PosixFileSystem())
        #expect(try await site.refusal(try site.claim(permit)) == .beyondPolicy)
    }

    @Test("where the permit holds the data user's key, the hub cannot ask in their name")
    func holderKey() async throws {
        let site = try GovernedSite()
        let rosa = try MemberKey(person: try #require(PersonID("local:rosa")), random: .system)
        let permit = try site.permit(holders: [PermitHolder(rosa.person, key: try rosa.publicKey)])
        try await site.grant(permit)
        var claim = try site.claim(permit)
        #expect(try await site.refusal(claim) == .holderNotSigned)
        try claim.sign(with: rosa, at: site.site, of: GovernedSite.federation)
        #expect(try await site.refusal(claim) == nil)
        // The hub changes what was signed.
        claim.id = MessageID(random: .system)
        #expect(try await site.refusal(claim) == .holderNotSigned)
        try claim.sign(with: rosa, at: try #require(SiteID("porto")), of: GovernedSite.federation)
        #expect(try await site.refusal(claim) == .holderNotSigned)
    }

    @Test("nothing is allowed that cannot be written down, and nothing of the budget is kept for it")
    func noAudit() async throws {
        struct Full: AuditSink { func record(_ event: AuditEvent) throws { throw AuditError.broken(path: "audit") } }
        let site = try GovernedSite()
        let budget = try #require(PrivacyBudget(epsilon: 1))
        let permit = try site.permit(budget: budget)
        try await site.grant(permit)
        let gate = TaskGate(
            folder: site.folder, book: site.book, approvals: site.approvals, ledger: site.ledger, audit: Full(),
            clock: site.clock.wallClock)
        var claim = try site.claim(permit)
        claim.cost = budget
        let decision = await gate.decide(
            claim, from: TaskOrigin(message: MessageID(random: .system), sender: .hub), running: site.computation.hash)
        #expect(decision == .refused(.unavailable))
        #expect(try site.ledger.spent(permit.id) == .zero)
    }

    @Test("a damaged file of its own makes the node refuse, not allow", arguments: ["committee", "policy"])
    func damaged(_ which: String) async throws {
        let site = try GovernedSite()
        let permit = try site.permit()
        try await site.grant(permit)
        let path = which == "committee" ? site.folder.committee : site.folder.policy
        try SecretFile.write(Array("{".utf8), to: path, in: PosixFileSystem())
        #expect(try await site.refusal(try site.claim(permit)) == .unavailable)
    }
}
