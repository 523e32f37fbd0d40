public import Federation
import FoundationEssentials
public import Runtime

/// The one place where a node decides about a task. Deny by default: what is not shown to be allowed is refused.
///
/// Nothing that the hub says is taken for true but what its signature proves: that it sent the message. The permit is
/// read from the node's own folder, its signatures are judged by the node's own list, and every decision is written to
/// the audit log before it is told; what cannot be written down is refused.
public actor TaskGate {
    private let folder: GovernanceFolder
    private let book: PermitBook
    private let approvals: ApprovalBook
    private let ledger: BudgetLedger
    private let audit: any AuditSink
    private let clock: WallClock
    private let files: any FileSystem
    private var policyFile = FileCache<SitePolicy>()
    /// Messages whose work goes on in this process.
    private var running: Set<MessageID> = []

    public init(
        folder: GovernanceFolder, book: PermitBook, approvals: ApprovalBook, ledger: BudgetLedger,
        audit: any AuditSink, clock: WallClock = .system, files: any FileSystem = PosixFileSystem()
    ) {
        self.folder = folder
        self.book = book
        self.approvals = approvals
        self.ledger = ledger
        self.audit = audit
        self.clock = clock
        self.files = files
    }

    /// Decides about a message that came with a claim.
    ///
    /// - Parameters:
    ///   - origin: what the federation layer has proved about the message.
    ///   - code: the hash of what this node would run, as the node itself computed it.
    public func decide(_ claim: TaskClaim, from origin: TaskOrigin, running code: Digest) async -> GateDecision {
        let digest = Digest(sha256: claim.canonical(at: book.site, of: book.federation))
        do throws(GateReason) {
            let authorisation = try await judge(claim, origin, code, digest)
            let isNew = try reserve(authorisation, claim, digest, origin)
            do {
                try record(.gateAllowed, claim, origin, digest)
            } catch {
                if isNew { try? ledger.release(origin.message) }
                running.remove(origin.message)
                return .refused(.unavailable)
            }
            return .allowed(authorisation)
        } catch {
            try? record(.gateRefused, claim, origin, digest, reason: error)
            return .refused(error)
        }
    }

    /// The work has ended and its answer may leave: what it cost is spent, and that is on the disk.
    public func finish(_ authorisation: Authorisation) throws(LedgerError) {
        try ledger.commit(authorisation.message)
        running.remove(authorisation.message)
    }

    /// The work has ended without an answer: what it would have cost is given back. The same message is not taken again.
    public func abandon(_ authorisation: Authorisation) throws(LedgerError) {
        try ledger.release(authorisation.message)
        running.remove(authorisation.message)
    }

    /// Runs `work` as long as the permit is valid: it is cancelled when the permit is revoked or its time is over. What
    /// it costs is spent when it returns, and given back when it throws.
    ///
    /// - Throws: ``GateReason/revoked`` or ``GateReason/expired``, or what `work` throws.
    public func perform<Value: Sendable>(
        _ authorisation: Authorisation, _ work: @escaping @Sendable () async throws -> Value
    ) async throws -> Value {
        let left = authorisation.until.date.timeIntervalSince(clock.now)
        do {
            guard left > 0 else { throw GateReason.expired }
            let value = try await book.whileValid(authorisation.permit) {
                try await Self.limited(to: left, work)
            }
            guard clock.now < authorisation.until.date else { throw GateReason.expired }
            try finish(authorisation)
            return value
        } catch {
            try? abandon(authorisation)
            if let reason = error as? GateReason {
                try? audit.record(
                    AuditEvent(
                        .gateStopped, message: authorisation.message, permit: authorisation.permit.message,
                        person: Digest(sha256: Array(authorisation.holder.text.utf8)), reason: reason.kind))
            }
            throw error
        }
    }

    private static func limited<Value: Sendable>(
        to seconds: Double, _ work: @escaping @Sendable () async throws -> Value
    ) async throws -> Value {
        try await withThrowingTaskGroup(of: Value.self) { group in
            group.addTask { try await work() }
            group.addTask {
                // A day at a time: a permit may last ten years, and a clock be set.
                try await Task.sleep(for: .seconds(min(seconds, 86_400 * 365)))
                throw GateReason.expired
            }
            defer { group.cancelAll() }
            guard let first = try await group.next() else { throw CancellationError() }
            return first
        }
    }

    // MARK: Judging

    private func judge(
        _ claim: TaskClaim, _ origin: TaskOrigin, _ code: Digest, _ digest: Digest
    ) async throws(GateReason) -> Authorisation {
        let signed: SignedPermit?
        let committee: Committee
        let isRevoked: Bool
        let policy: SitePolicy
        do {
            signed = try await book.permit(claim.permit)
            committee = try await book.committee()
            isRevoked = try await book.isRevoked(claim.permit)
            policy = try self.policy()
        } catch {
            throw .unavailable
        }
        guard !isRevoked else { throw .revoked }
        guard let signed else { throw .noPermit }
        let permit = try signed.verified(
            at: book.site, of: book.federation, by: committee, needing: policy.signaturesNeeded
        ).permit
        try check(claim, origin, permit, policy)
        try checkTimes(claim, permit)
        try check(claim, code, permit, policy, committee)
        return try authorisation(claim, origin, permit, policy)
    }

    /// Who asks.
    private func check(
        _ claim: TaskClaim, _ origin: TaskOrigin, _ permit: Permit, _ policy: SitePolicy
    ) throws(GateReason) {
        guard origin.sender == permit.asker else { throw .wrongAsker }
        guard let holder = permit.holders.first(where: { $0.person == claim.holder }) else { throw .notHolder }
        if let key = holder.key {
            guard let signature = claim.signature,
                key.isValid([UInt8](signature), for: claim.canonical(at: book.site, of: book.federation))
            else { throw .holderNotSigned }
        } else if policy.needsHolderKeys {
            throw .holderNotSigned
        }
    }

    private func checkTimes(_ claim: TaskClaim, _ permit: Permit) throws(GateReason) {
        let now = PermitTime(clock.now)
        guard now >= permit.from else { throw .notYetValid }
        guard now < permit.until else { throw .expired }
        guard now <= claim.until else { throw .claimExpired }
    }

    /// What is asked.
    private func check(
        _ claim: TaskClaim, _ code: Digest, _ permit: Permit, _ policy: SitePolicy, _ committee: Committee
    ) throws(GateReason) {
        // The rule may have become stricter since the permit was signed.
        do { try policy.check(permit) } catch { throw .beyondPolicy }
        guard permit.purposes.contains(claim.purpose) else { throw .purposeNotPermitted }
        guard permit.computations.contains(claim.computation) else { throw .computationNotPermitted }
        guard claim.computation.hash == code else { throw .codeChanged }
        do {
            guard try approvals.isApproved(claim.computation, by: committee) else { throw GateReason.notApproved }
        } catch let error as GateReason {
            throw error
        } catch {
            throw .unavailable
        }
        if let limit = permit.cohort, let asked = claim.cohort, !asked.isShownWithin(limit) {
            throw .cohortNotPermitted
        }
        guard !claim.dataSets.isEmpty, Set(claim.dataSets).isSubset(of: permit.dataSets) else {
            throw .dataSetNotPermitted
        }
        guard !claim.outputs.isEmpty, Set(claim.outputs).isSubset(of: permit.outputs) else { throw .outputNotPermitted }
        guard permit.placement.allows(claim.place ?? book.site, at: book.site) else { throw .placementNotPermitted }
        if permit.budget != nil, claim.cost?.isZero ?? true { throw .budgetNotStated }
    }

    private func authorisation(
        _ claim: TaskClaim, _ origin: TaskOrigin, _ permit: Permit, _ policy: SitePolicy
    ) throws(GateReason) -> Authorisation {
        var thresholds = policy.thresholds.strictest(permit.thresholds)
        if let asked = claim.thresholds { thresholds = thresholds.strictest(asked) }
        return Authorisation(
            message: origin.message, permit: permit.id, run: claim.id, holder: claim.holder,
            computation: claim.computation, dataSets: claim.dataSets, cohort: claim.cohort ?? permit.cohort,
            outputs: claim.outputs, thresholds: thresholds, cost: claim.cost,
            held: claim.outputs.filter { policy.held.contains($0) }, place: claim.place ?? book.site,
            until: permit.until, budget: permit.budget)
    }

    /// Takes what it costs from the budget; true where that was not done before.
    private func reserve(
        _ authorisation: Authorisation, _ claim: TaskClaim, _ digest: Digest, _ origin: TaskOrigin
    ) throws(GateReason) -> Bool {
        guard !running.contains(origin.message) else { throw .replayed }
        let verdict: BudgetLedger.Verdict
        do {
            verdict = try ledger.reserve(
                origin.message, run: claim.id, claim: digest, rounds: claim.rounds, permit: claim.permit,
                cost: claim.cost ?? .zero, budget: authorisation.budget)
        } catch {
            throw .unavailable
        }
        switch verdict {
        case .replayed: throw .replayed
        case .usedUp: throw .usedUp
        case .spent: throw .budgetSpent
        case .reserved, .resumed: running.insert(origin.message)
        }
        return verdict == .reserved
    }

    private func policy() throws(PermitError) -> SitePolicy {
        let (path, files) = (folder.policy, files)
        return try policyFile.value(path, in: files) { () throws(PermitError) in try SitePolicy.read(path, in: files) }
    }

    private func record(
        _ kind: AuditEvent.Kind, _ claim: TaskClaim, _ origin: TaskOrigin, _ digest: Digest, reason: GateReason? = nil
    ) throws {
        try audit.record(
            AuditEvent(
                kind, site: origin.sender, message: origin.message, digest: digest, permit: claim.permit.message,
                person: Digest(sha256: Array(claim.holder.text.utf8)), reason: reason?.kind))
    }
}
