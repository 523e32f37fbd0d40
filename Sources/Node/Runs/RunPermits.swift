import Cohort
import Federation
import Governance
import Rounds
import Runtime

/// What the committee of this site has permitted, for runs.
///
/// Every message of a run goes through the gate: a permit that is revoked between two rounds ends the site's part with
/// the next one. A run adds no noise, so it costs nothing of a privacy budget; a permit that has one refuses it.
struct RunPermits: Sendable {
    private let book: PermitBook
    private let gate: TaskGate
    private let site: SiteID
    private let clock: WallClock

    /// The most messages of one run.
    private static let mostMessages = 10_000

    /// Opens the gate, and lays the built-in computations before the committee, each as the manifest that it approves.
    init(_ governance: NodeGovernance) throws {
        book = governance.book
        site = governance.site
        clock = governance.clock
        gate = try governance.gate()
        for name in ComputationRegistry.names {
            guard let code = ComputationRegistry.code(name) else { continue }
            try governance.approvals.submit(name: code.name, version: code.version, content: Self.manifest(code))
        }
    }

    /// The thresholds under which a message of the run is answered.
    ///
    /// - Throws: ``RoundsError/plan(_:)`` with the gate's reason.
    func allow(
        _ plan: RunPlan, _ computation: AnyComputation, request: String, run: String, message: String
    ) async throws -> PermitThresholds {
        guard let permit = try await permit(of: request) else { throw RoundsError.plan("\(GateReason.noPermit)") }
        guard let run = MessageID(run), let message = MessageID(message), let holder = PersonID(plan.holder),
            let purpose = EHDSPurpose(rawValue: plan.purpose), let code = ComputationRegistry.code(plan.computation)
        else { throw RoundsError.plan("the run does not say for whom and what for it is") }
        let hash = Digest(sha256: Self.manifest(code))
        guard let reference = ComputationReference(name: code.name, version: code.version, hash: hash) else {
            throw RoundsError.plan("\(GateReason.computationNotPermitted)")
        }
        let claim = TaskClaim(
            id: run, permit: permit.id, holder: holder, purpose: purpose, computation: reference,
            // Everything at the site goes by the site's own name.
            dataSets: plan.dataSets.isEmpty ? [site.text] : plan.dataSets,
            cohort: try? CohortQuery(json: Array(plan.cohort.utf8)), outputs: [.statistics],
            rounds: Self.mostMessages, until: permit.until)
        switch await gate.decide(claim, from: TaskOrigin(message: message, sender: .hub), running: hash) {
        case .refused(let reason): throw RoundsError.plan(reason.description)
        case .allowed(let authorisation): return authorisation.thresholds
        }
    }

    /// This site's permit of an access request: of those that have not ended, the one that began first, so that a permit
    /// that is added in the middle of a run does not take the place of the one that the run began with.
    private func permit(of request: String) async throws -> Permit? {
        var found: Permit?
        for id in try await book.all() {
            guard let permit = try await book.permit(id)?.permit, permit.request == request else { continue }
            guard let other = found else {
                found = permit
                continue
            }
            let (isOver, otherIsOver) = (try await isOver(permit), try await isOver(other))
            if isOver != otherIsOver ? otherIsOver : permit.from < other.from { found = permit }
        }
        return found
    }

    private func isOver(_ permit: Permit) async throws -> Bool {
        let isRevoked = try await book.isRevoked(permit.id)
        return isRevoked || permit.until <= PermitTime(clock.now)
    }

    /// What stands for a built-in computation: its code comes with the program, so that name and version fix it.
    private static func manifest(_ code: (name: String, version: String)) -> [UInt8] {
        Array("atles built-in computation\nname: \(code.name)\nversion: \(code.version)\n".utf8)
    }
}
