import Cohort
import Federation
import FoundationEssentials
import Runtime
import TestSupport
import Testing

@testable import Governance

/// A hub that has been taken over: it signs what it likes as the hub, keeps copies of all it has ever carried, and can
/// change, repeat or withhold it. What it gets from a node are refusals, each with an entry in the node's audit log.
@Suite("A hostile hub")
struct HostileHubTests {
    private let site: GovernedSite
    private let permit: Permit
    private let signed: SignedPermit

    init() async throws {
        site = try GovernedSite()
        permit = try site.permit()
        signed = try await site.grant(permit)
    }

    /// Everything that was answered is a refusal, and each is in the log.
    private func expectNothingButRefusals(_ decisions: [GateDecision]) {
        #expect(!decisions.isEmpty && decisions.allSatisfy { $0.authorisation == nil })
        #expect(site.audit.events.filter { $0.kind == .gateRefused }.count == decisions.count)
        #expect(site.audit.events.allSatisfy { $0.kind != .gateAllowed })
    }

    @Test(
        "that makes a permit up gets nothing, whoever signs it: itself, an invented member, or a member of another site"
    )
    func forged() async throws {
        let other = try GovernedSite("porto")
        let invented = try MemberKey(person: try #require(PersonID("local:inventat")), random: .system)
        let impostor = try MemberKey(person: site.members[0].person, random: .system)
        var decisions: [GateDecision] = []
        for key in [invented, impostor, other.members[0], other.members[1]] {
            var forged = SignedPermit(try site.permit(outputs: OutputKind.allCases))
            try forged.sign(with: key)
            try await site.book.add(forged)
            decisions.append(await site.decide(try site.claim(forged.permit)))
        }
        expectNothingButRefusals(decisions)
        #expect(decisions.allSatisfy { $0 == .refused(.notSigned) })
    }

    @Test("that widens or prolongs a signed permit is told of the conflict, and the one that was signed stays")
    func widened() async throws {
        let changes: [(String, String)] = [
            ("2027-02-14", "2037-01-01"), ("\"statistics\"", "\"models\""), ("\"mama\"", "\"pulmo\""),
            ("\"MR\"", "\"CT\""),
            ("local:rosa", "local:eve"), ("\"smallestCell\" : 5", "\"smallestCell\" : 500"),
        ]
        for (old, new) in changes {
            let text = String(decoding: try signed.json(), as: UTF8.self)
            #expect(text.contains(old))
            let widened = try SignedPermit(json: Array(text.replacing(old, with: new).utf8))
            await #expect(throws: PermitError.conflict(permit.id)) { try await site.book.add(widened) }
        }
        #expect(try await site.book.permit(permit.id) == signed)
    }

    @Test("that puts the signatures under a new, wider permit gets nothing")
    func moved() async throws {
        let text = String(decoding: try signed.json(), as: UTF8.self)
        let wider = try SignedPermit(
            json: Array(
                text.replacing(permit.id.text, with: PermitID(random: .system).text)
                    .replacing("2027-02-14", with: "2037-01-01").utf8))
        try await site.book.add(wider)
        expectNothingButRefusals([await site.decide(try site.claim(wider.permit))])
    }

    @Test("that strips the signatures changes nothing at a node that has them, and gets nothing from one that has not")
    func stripped() async throws {
        try await site.book.add(SignedPermit(permit))
        #expect(try await site.refusal(try site.claim(permit)) == nil)
        let fresh = try site.permit()
        try await site.book.add(SignedPermit(fresh))
        #expect(await site.decide(try site.claim(fresh)) == .refused(.notSigned))
    }

    @Test("that shows one site the permit of another, or of another federation, gets nothing")
    func elsewhere() async throws {
        let porto = try GovernedSite("porto")
        await #expect(throws: PermitError.wrongSite) { try await porto.book.add(signed) }
        let foreign = try site.permit(federation: String(repeating: "cd", count: 32))
        await #expect(throws: PermitError.wrongFederation) { try await site.grant(foreign) }
        expectNothingButRefusals([await site.decide(try site.claim(foreign))])
        #expect(await porto.decide(try porto.claim(permit)) == .refused(.noPermit))
    }

    @Test("that sends a permit cut short anywhere is not understood, and keeps the node up")
    func truncated() throws {
        let bytes = try signed.json()
        for length in stride(from: 0, to: bytes.count - 2, by: 7) {
            #expect(throws: PermitError.unreadable(path: nil)) { try SignedPermit(json: Array(bytes.prefix(length))) }
        }
    }

    @Test("that replays a task, under its message or under a new one, gets nothing a second time")
    func replayed() async throws {
        let claim = try site.claim(permit)
        let message = MessageID(random: .system)
        let first = try #require(await site.decide(claim, message: message).authorisation)
        #expect(await site.decide(claim, message: message) == .refused(.replayed))
        try await site.gate.finish(first)
        #expect(await site.decide(claim, message: message) == .refused(.replayed))
        #expect(await site.decide(claim) == .refused(.usedUp))
        var changed = claim
        changed.outputs = [.statistics]
        #expect(await site.decide(changed) == .refused(.replayed))
        #expect(site.audit.events.filter { $0.kind == .gateRefused }.count == 4)
    }

    @Test("that widens the cohort in a task, in any way that it can be written, gets nothing")
    func widenedCohort() async throws {
        let questions = [
            "modality = MR or modality = CT", "exists modality", "not modality = CT", "not (not modality = MR)",
            "modality in (MR, CT)", "sex = F", "sex = F or (modality = MR and sex = M)", "has series (modality = MR)",
        ]
        var decisions: [GateDecision] = []
        for question in questions {
            var claim = try site.claim(permit)
            claim.cohort = try CohortQuery(text: question)
            decisions.append(await site.decide(claim))
        }
        var everything = try site.claim(permit)
        everything.cohort = .everything
        decisions.append(await site.decide(everything))
        expectNothingButRefusals(decisions)
        #expect(decisions.allSatisfy { $0 == .refused(.cohortNotPermitted) })
    }

    @Test("that lowers the thresholds in a task gets those of the site")
    func thresholds() async throws {
        var claim = try site.claim(permit)
        claim.thresholds = PermitThresholds(smallestCell: 1)
        #expect(await site.decide(claim).authorisation?.thresholds == .standard)
    }

    @Test("that lies about a revocation ends nothing, and cannot keep one from counting")
    func revocations() async throws {
        let impostor = try MemberKey(person: site.members[0].person, random: .system)
        let lie = try Revocation(
            permit.id, of: GovernedSite.federation, at: site.site, reason: .mistake, time: site.now, by: impostor)
        await #expect(throws: PermitError.notAMember) { try await site.book.revoke(lie) }
        let porto = try GovernedSite("porto")
        let others = try Revocation(
            permit.id, of: GovernedSite.federation, at: porto.site, reason: .mistake, time: site.now,
            by: site.members[0])
        await #expect(throws: PermitError.notAMember) { try await site.book.revoke(others) }
        #expect(try await site.refusal(try site.claim(permit)) == nil)
        // The committee revokes at the node. The hub never carried it, and brings the permit again.
        try await site.book.revoke(
            try Revocation(
                permit.id, of: GovernedSite.federation, at: site.site, reason: .breach, time: site.now,
                by: site.members[1]))
        await #expect(throws: PermitError.revoked(permit.id)) { try await site.book.add(signed) }
        #expect(await site.decide(try site.claim(permit)) == .refused(.revoked))
    }

    @Test("that brings its own committee, policy or approval has nowhere to bring them to")
    func ownRules() async throws {
        // The wire knows permits and claims alone; an approval that it signs itself is not one of this site.
        let code = try site.approvals.submit(name: "steal", version: "1", content: Array("take everything".utf8))
        let impostor = try MemberKey(person: site.members[0].person, random: .system)
        let committee = try await site.book.committee()
        #expect(throws: PermitError.notAMember) {
            try site.approvals.judge(code.hash, .approved, by: impostor, of: committee, time: site.now)
        }
        #expect(try !site.approvals.isApproved(code, by: committee))
        var claim = try site.claim(permit)
        claim.computation = code
        expectNothingButRefusals([await site.decide(claim)])
    }

    @Test("that fills the node with permits is stopped before the disk is full")
    func flooded() async throws {
        let names = (0..<PermitBook.most).map { _ in PermitID(random: .system).text }
        for name in names {
            let path = site.folder.permits + "/\(name).permit.json"
            try PosixFileSystem().create(path, mode: 0o600, replacing: true).close()
        }
        await #expect(throws: PermitError.self) { try await site.book.add(SignedPermit(try site.permit())) }
    }
}
