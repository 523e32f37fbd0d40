import Cohort
import Federation
import FoundationEssentials
import Runtime
import Synchronization
import TestSupport
import Testing

@testable import Governance

/// A site with a committee of three, an approved computation, and a gate with a clock that the test moves.
final class GovernedSite: Sendable {
    static let federation = String(repeating: "ab", count: 32)

    let site: SiteID
    let temporary: TemporaryFolder
    let folder: GovernanceFolder
    let clock = ManualClock()
    let audit = AuditRecorder()
    let members: [MemberKey]
    let book: PermitBook
    let approvals: ApprovalBook
    let ledger: BudgetLedger
    let gate: TaskGate
    let computation: ComputationReference

    init(_ name: String = "valencia", policy: SitePolicy = SitePolicy()) throws {
        let files = PosixFileSystem()
        site = try #require(SiteID(name))
        temporary = TemporaryFolder("governance")
        folder = GovernanceFolder(temporary.file("governance"))
        members = try ["local:anna", "local:bea", "local:carles"].map {
            try MemberKey(person: try #require(PersonID($0)), random: .system)
        }
        book = try PermitBook(folder: folder, site: site, federation: Self.federation)
        try Committee(
            members.map { CommitteeMember(person: $0.person, name: $0.person.text, key: try $0.publicKey) }
        ).write(folder.committee, in: files)
        try policy.write(folder.policy, in: files)
        approvals = try ApprovalBook(folder: folder, site: site, federation: Self.federation)
        computation = try approvals.submit(name: "cox", version: "2", content: Array("cox regression\n".utf8))
        ledger = try BudgetLedger(path: folder.ledger)
        gate = TaskGate(
            folder: folder, book: book, approvals: approvals, ledger: ledger, audit: audit, clock: clock.wallClock)
        try approvals.judge(
            computation.hash, .approved, by: members[0], of: Committee.read(folder.committee, in: files), time: now)
    }

    var now: PermitTime { PermitTime(clock.now) }

    /// A permit of 30 days from now on; the test changes what it is about.
    func permit(
        id: PermitID = PermitID(random: .system), federation: String = GovernedSite.federation, site: SiteID? = nil,
        holders: [PermitHolder]? = nil, purposes: [EHDSPurpose] = [.scientificResearch],
        cohort: String? = "modality = MR", thresholds: PermitThresholds = .standard, budget: PrivacyBudget? = nil,
        outputs: [OutputKind] = [.counts, .statistics], placement: Placement = .here, from: PermitTime? = nil,
        until: PermitTime? = nil, signaturesNeeded: Int = 1
    ) throws -> Permit {
        try Permit(
            id: id, federation: federation, site: site ?? self.site, request: "R-1",
            holders: holders ?? [PermitHolder(try #require(PersonID("local:rosa")))], asker: .hub,
            purposes: purposes, dataSets: ["mama", "prostata"], cohort: try cohort.map { try CohortQuery(text: $0) },
            computations: [computation], outputs: outputs, thresholds: thresholds, budget: budget,
            placement: placement, from: from ?? now, until: until ?? now.advanced(by: 30 * 86_400),
            signaturesNeeded: signaturesNeeded)
    }

    /// Keeps a permit with the signatures of so many members.
    @discardableResult
    func grant(_ permit: Permit, signers: Int = 1) async throws -> SignedPermit {
        var signed = SignedPermit(permit)
        for member in members.prefix(signers) { try signed.sign(with: member) }
        try await book.add(signed)
        return signed
    }

    func claim(_ permit: Permit) throws -> TaskClaim {
        TaskClaim(
            id: MessageID(random: .system), permit: permit.id, holder: try #require(PersonID("local:rosa")),
            purpose: .scientificResearch, computation: computation, dataSets: ["mama"], cohort: permit.cohort,
            outputs: [.counts], until: now.advanced(by: 3600))
    }

    func decide(
        _ claim: TaskClaim, message: MessageID = MessageID(random: .system), sender: SiteID = .hub
    ) async -> GateDecision {
        await gate.decide(
            claim, from: TaskOrigin(message: message, sender: sender), running: claim.computation.hash)
    }

    /// The decision, once it is known to be the last entry of the audit log too.
    func refusal(_ claim: TaskClaim, sender: SiteID = .hub) async throws -> GateReason? {
        let message = MessageID(random: .system)
        switch await decide(claim, message: message, sender: sender) {
        case .allowed: return nil
        case .refused(let reason):
            let entry = try #require(audit.events.last)
            #expect(entry.kind == .gateRefused && entry.reason == reason.kind && entry.message == message)
            #expect(entry.permit == claim.permit.message)
            return reason
        }
    }
}

extension GateDecision {
    var authorisation: Authorisation? {
        if case .allowed(let authorisation) = self { authorisation } else { nil }
    }
}

/// An audit log in memory.
final class AuditRecorder: AuditSink {
    private let kept = Mutex<[AuditEvent]>([])
    var events: [AuditEvent] { kept.withLock { $0 } }
    func record(_ event: AuditEvent) { kept.withLock { $0.append(event) } }
}
