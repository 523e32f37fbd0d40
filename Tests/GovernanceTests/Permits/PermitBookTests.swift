import Federation
import FoundationEssentials
import Runtime
import TestSupport
import Testing

@testable import Governance

@Suite("The permits that a node keeps")
struct PermitBookTests {
    private func revocation(_ site: GovernedSite, _ id: PermitID, by member: Int = 0) throws -> Revocation {
        try Revocation(
            id, of: GovernedSite.federation, at: site.site, reason: .breach, time: site.now, by: site.members[member])
    }

    @Test("signatures of strangers are not kept, those that come later are added")
    func merging() async throws {
        let site = try GovernedSite()
        let permit = try site.permit()
        let stranger = try MemberKey(person: site.members[0].person, random: .system)
        var forged = SignedPermit(permit)
        try forged.sign(with: stranger)
        try await site.book.add(forged)
        #expect(try await site.book.permit(permit.id)?.signatures.isEmpty == true)
        try await site.grant(permit, signers: 1)
        // The hub brings it again without signatures: nothing is lost.
        try await site.book.add(SignedPermit(permit))
        #expect(try await site.book.permit(permit.id)?.signatures.count == 1)
    }

    @Test("another permit under the same identifier is refused")
    func conflict() async throws {
        let site = try GovernedSite()
        let permit = try site.permit()
        try await site.grant(permit)
        let longer = try site.permit(id: permit.id, until: permit.until.advanced(by: 86_400))
        await #expect(throws: PermitError.conflict(permit.id)) { try await site.book.add(SignedPermit(longer)) }
        #expect(try await site.book.permit(permit.id)?.permit == permit)
    }

    @Test("a member signs only what the site's policy allows, and only with a key on the list")
    func signing() async throws {
        let site = try GovernedSite()
        let lax = try site.permit(thresholds: try #require(PermitThresholds(smallestCell: 2)))
        try await site.book.add(SignedPermit(lax))
        await #expect(throws: PermitError.self) {
            try await site.book.sign(lax.id, with: site.members[0], policy: SitePolicy())
        }
        let permit = try site.permit()
        try await site.book.add(SignedPermit(permit))
        let stranger = try MemberKey(person: site.members[0].person, random: .system)
        await #expect(throws: PermitError.notAMember) {
            try await site.book.sign(permit.id, with: stranger, policy: SitePolicy())
        }
        try await site.book.sign(permit.id, with: site.members[0], policy: SitePolicy())
        #expect(try await site.refusal(try site.claim(permit)) == nil)
    }

    @Test("a revocation ends the permit for good, also against the permit coming again")
    func revoked() async throws {
        let site = try GovernedSite()
        let permit = try site.permit()
        let signed = try await site.grant(permit)
        try await site.book.revoke(try revocation(site, permit.id))
        #expect(try await site.refusal(try site.claim(permit)) == .revoked)
        await #expect(throws: PermitError.revoked(permit.id)) { try await site.book.add(signed) }
        await #expect(throws: PermitError.revoked(permit.id)) {
            try await site.book.sign(permit.id, with: site.members[1], policy: SitePolicy())
        }
        #expect(try await site.book.revocation(permit.id)?.reason == .breach)
    }

    @Test("a permit can be revoked before it has come")
    func beforehand() async throws {
        let site = try GovernedSite()
        let permit = try site.permit()
        try await site.book.revoke(try revocation(site, permit.id))
        await #expect(throws: PermitError.revoked(permit.id)) { try await site.grant(permit) }
        #expect(try await site.refusal(try site.claim(permit)) == .revoked)
    }

    @Test("a running task is stopped when its permit is revoked, and nothing of it leaves")
    func running() async throws {
        let site = try GovernedSite()
        let permit = try site.permit(budget: PrivacyBudget(epsilon: 1))
        try await site.grant(permit)
        var claim = try site.claim(permit)
        claim.cost = PrivacyBudget(epsilon: 1)
        let authorisation = try #require(await site.decide(claim).authorisation)
        let (begun, isBegun) = AsyncStream.makeStream(of: Void.self)
        let work = Task {
            try await site.gate.perform(authorisation) {
                isBegun.yield()
                try await Task.sleep(for: .seconds(3600))
                return "an answer"
            }
        }
        for await _ in begun { break }
        try await site.book.revoke(try revocation(site, permit.id, by: 2))
        await #expect(throws: GateReason.revoked) { try await work.value }
        let entry = try #require(site.audit.events.last)
        #expect(entry.kind == .gateStopped && entry.reason == GateReason.revoked.kind)
        #expect(try site.ledger.spent(permit.id) == .zero)
    }

    @Test("work that does not heed being stopped gives no answer either")
    func stubborn() async throws {
        let site = try GovernedSite()
        let permit = try site.permit()
        try await site.grant(permit)
        let authorisation = try #require(await site.decide(try site.claim(permit)).authorisation)
        let revocation = try revocation(site, permit.id)
        await #expect(throws: GateReason.revoked) {
            try await site.gate.perform(authorisation) {
                try await site.book.revoke(revocation)
                return "an answer all the same"
            }
        }
    }

    @Test("work still going when the permit ends gives no answer")
    func ended() async throws {
        let site = try GovernedSite()
        let permit = try site.permit(until: site.now.advanced(by: 60))
        try await site.grant(permit)
        let authorisation = try #require(await site.decide(try site.claim(permit)).authorisation)
        await #expect(throws: GateReason.expired) {
            try await site.gate.perform(authorisation) {
                site.clock.advance(by: 60)
                return "an answer"
            }
        }
    }

    @Test("a revocation that another process wrote stops what runs at the next look, and counts at once for what comes")
    func otherProcess() async throws {
        let site = try GovernedSite()
        let permit = try site.permit()
        try await site.grant(permit)
        let authorisation = try #require(await site.decide(try site.claim(permit)).authorisation)
        let (begun, isBegun) = AsyncStream.makeStream(of: Void.self)
        let work = Task {
            try await site.gate.perform(authorisation) {
                isBegun.yield()
                try await Task.sleep(for: .seconds(3600))
            }
        }
        for await _ in begun { break }
        let command = try PermitBook(folder: site.folder, site: site.site, federation: GovernedSite.federation)
        try await command.revoke(try revocation(site, permit.id))
        #expect(try await site.refusal(try site.claim(permit)) == .revoked)
        try await site.book.refresh()
        await #expect(throws: GateReason.revoked) { try await work.value }
    }

    @Test("those who watch are told of every revocation")
    func watching() async throws {
        let site = try GovernedSite()
        let stream = await site.book.revocations()
        let ids = [PermitID(random: .system), PermitID(random: .system)]
        for id in ids { try await site.book.revoke(try revocation(site, id)) }
        var told: [PermitID] = []
        for await id in stream {
            told.append(id)
            if told.count == 2 { break }
        }
        #expect(told == ids)
    }

    @Test("whatever file operation fails, a permit is kept whole or as it was", arguments: 1...12)
    func faults(_ operation: Int) async throws {
        let site = try GovernedSite()
        let permit = try site.permit()
        try await site.grant(permit)
        let before = try await site.book.permit(permit.id)
        let files = FaultyFileSystem(.tornWrite, at: operation)
        do {
            let book = try PermitBook(
                folder: site.folder, site: site.site, federation: GovernedSite.federation, files: files)
            try await book.sign(permit.id, with: site.members[1], policy: SitePolicy())
            try await book.revoke(try revocation(site, permit.id))
        } catch is PermitError {}
        let again = try PermitBook(folder: site.folder, site: site.site, federation: GovernedSite.federation)
        let after = try #require(try await again.permit(permit.id))
        #expect(after.permit == permit && after.signatures.count >= before?.signatures.count ?? 0)
        if try await again.isRevoked(permit.id) { #expect(try await again.revocation(permit.id)?.permit == permit.id) }
    }
}
