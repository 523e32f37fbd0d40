public import Crypto
import FoundationEssentials

/// What a site needs to take part in runs: where its tables come from, and what it allows.
public protocol RunSite: Sendable {
    /// Whether the site takes part, and its rules; asked again with every message, since a permit may have been revoked.
    ///
    /// - Throws: ``RoundsError`` with the reason where it does not.
    func admit(
        _ plan: RunPlan, _ computation: AnyComputation, run: String, message: String
    ) async throws -> DisclosureRules
    /// The cohort's table with these variables, and a token that changes with the site's data.
    func table(_ plan: RunPlan, variables: [String]) async throws -> (table: CohortTable, token: Int64)
}

/// A site's side of all its runs.
///
/// Nothing that a run needs is lost with the process: its plan is on the disk before the site says that it takes part,
/// and everything else follows from the plan, the site's secret and the site's data. A message that comes again is
/// answered with the same bytes.
public actor SiteRuns {
    /// Runs whose tables are kept in memory.
    private static let keptTables = 4

    private struct Kept {
        let table: CohortTable
        let token: Int64
    }

    private let name: String
    private let site: any RunSite
    private let book: any RunBook
    private let secret: SymmetricKey
    private let ledger: any UnmaskLedger
    private var tables: [String: Kept] = [:]
    private var members: [String: MaskingMember] = [:]
    private var order: [String] = []

    /// - Parameters:
    ///   - name: the site's, as the hub knows it.
    ///   - book: where the runs that this site takes part in are noted.
    ///   - secret: 32 bytes that nobody else knows and that outlive the process.
    public init(
        name: String, site: any RunSite, book: any RunBook, secret: SymmetricKey, ledger: any UnmaskLedger
    ) {
        self.name = name
        self.site = site
        self.book = book
        self.secret = secret
        self.ledger = ledger
    }

    /// The answer to one message of the hub, as bytes.
    ///
    /// - Parameter message: the message's id, by which a repetition of it is known.
    /// - Throws: ``RoundsError`` with what may be told to the hub.
    public func answer(_ bytes: [UInt8], message: String) async throws -> [UInt8] {
        let frame = try RunFrame<HubHead>(bytes: bytes)
        let run = frame.head.run
        guard RunID.isValid(run) else { throw RoundsError.shape("its run has no proper id") }
        switch frame.head.step {
        case .invite(let plan):
            return try reply(run, .accepted(try await accept(plan, run, message)))
        case .key(let epoch):
            let rules = try await admitted(run, message).rules
            return try reply(run, .keyed(try masks(run, rules).keys(epoch: epoch)))
        case .share(let roster):
            let member = try member(run, roster, try await admitted(run, message).rules)
            return try reply(run, .shared, try member.firstShares().bytes)
        case .compute(let round, let masks):
            return try reply(run, .computed(round: round), try await compute(run, message, frame.body, masks))
        case .unmask(let roster, let request):
            let member = try member(run, roster, try await admitted(run, message).rules)
            return try reply(run, .unmasked, try member.unmask(request).bytes)
        case .end:
            try await book.remove(run)
            forget(run)
            return try reply(run, .ended)
        }
    }

    // MARK: Taking part

    private func accept(_ plan: RunPlan, _ run: String, _ message: String) async throws -> Acceptance {
        let computation = try plan.checked()
        let rules = try await site.admit(plan, computation, run: run, message: message)
        let kept = try await table(plan, computation, run)
        guard kept.table.rows >= rules.minimumRows else {
            throw RoundsError.withheld("this site takes part with at least \(rules.minimumRows) patients in a cohort")
        }
        try await book.keep(plan, run: run, token: kept.token)
        return Acceptance(
            schema: kept.table.schema(minimumCell: rules.minimumCell), rules: rules,
            keys: plan.isMasked ? try masks(run, rules).keys(epoch: 1) : nil,
            approved: plan.fingerprint(computation))
    }

    /// A run that this site has accepted, as far as it is still allowed.
    private func admitted(_ run: String, _ message: String) async throws -> (noted: NotedRun, rules: DisclosureRules) {
        guard let noted = try await book.run(run) else {
            throw RoundsError.plan("this site takes no part in such a run")
        }
        return (noted, try await site.admit(noted.plan, try noted.plan.checked(), run: run, message: message))
    }

    /// The contribution to a round as bytes, masked where the run is.
    private func compute(
        _ run: String, _ message: String, _ state: [UInt8], _ masks: RoundMasks?
    ) async throws -> [UInt8] {
        let (noted, rules) = try await admitted(run, message)
        guard noted.plan.isMasked == (masks != nil) else {
            throw RoundsError.masking("a round of this run is asked for in another way than was agreed")
        }
        let computation = try noted.plan.checked()
        let kept = try await table(noted.plan, computation, run)
        guard kept.token == noted.token else {
            throw RoundsError.plan("this site's data have changed since the run began: ask again")
        }
        let layout = try computation.layout(state)
        let parameters = try computation.parameters(state)
        guard Double(parameters) <= rules.parametersPerRow * Double(kept.table.rows) else {
            throw RoundsError.withheld(
                "the model has more parameters than this site's rule allows for its number of patients")
        }
        let contribution = try computation.local(kept.table, state)
        try contribution.check(layout)
        guard let masks else { return contribution.bytes() }
        let member = try member(run, masks.roster, rules)
        let vector = try FixedPoint(sites: masks.roster.members.count).encode(contribution, layout)
        return try member.mask(vector, masks.task).bytes
    }

    private func masks(_ run: String, _ rules: DisclosureRules) -> MaskingSite {
        MaskingSite(
            secret: HKDF<SHA256>.deriveKey(
                inputKeyMaterial: secret, info: Array("atles run masks \(run)".utf8), outputByteCount: 32),
            site: name, run: run, ledger: ledger, minimumContributors: rules.minimumSites)
    }

    private func member(_ run: String, _ roster: Roster, _ rules: DisclosureRules) throws(RoundsError) -> MaskingMember
    {
        if let member = members[run], member.roster == roster { return member }
        let member = try masks(run, rules).join(roster)
        members[run] = member
        return member
    }

    private func forget(_ run: String) {
        tables[run] = nil
        members[run] = nil
        order.removeAll { $0 == run }
    }

    private func table(_ plan: RunPlan, _ computation: AnyComputation, _ run: String) async throws -> Kept {
        if let kept = tables[run] { return kept }
        let made = try await site.table(plan, variables: computation.variables)
        let kept = Kept(table: made.table, token: made.token)
        tables[run] = kept
        order.append(run)
        while order.count > Self.keptTables { forget(order[0]) }
        return kept
    }

    private func reply(_ run: String, _ step: SiteHead.Step, _ body: [UInt8] = []) throws(RoundsError) -> [UInt8] {
        try RunFrame(SiteHead(run: run, step: step), body: body).bytes()
    }
}

/// The name of a run: 32 hexadecimal digits.
public enum RunID {
    public static func isValid(_ text: String) -> Bool {
        text.utf8.count == 32 && text.utf8.allSatisfy { (48...57).contains($0) || (97...102).contains($0) }
    }
}
