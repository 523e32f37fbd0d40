public import FoundationEssentials

/// The hub's side of a run as a state machine: what has happened goes in, what is to be sent comes out.
///
/// It is a value and `Codable`. The hub stores it with every message that it sends; after a crash it is read back, the
/// answers to that message come from the mailboxes again, and the run goes on with the same numbers: sites repeat a
/// round identically, and sums are made in the order of the sites' names.
///
/// A site that fails or is late is out. What was computed with it no longer describes the others, so the computation
/// begins anew without it, unless it was still in its first round: an outcome is always over one named set of sites. Where
/// a masked sum with that site has been seen, the run stops instead.
public struct RunMachine: Codable, Sendable {
    public enum Phase: Codable, Sendable, Equatable {
        case inviting, keying, sharing, computing, unmasking
        case done
        case stopped(String)

        public var isOver: Bool {
            switch self {
            case .done, .stopped: true
            default: false
            }
        }
    }

    public enum Event: Sendable {
        case answer(site: String, [UInt8])
        /// The site could not, and says why.
        case failure(site: String, String)
        /// The time of this exchange is over.
        case deadline
        case cancel(String)
    }

    public enum Action: Sendable {
        /// To each site its bytes. The machine is stored with it.
        case send([String: [UInt8]])
        /// Nothing more is expected. Sites are told that it is over.
        case end([String: [UInt8]])
    }

    /// A run that has begun anew so often has sites that are not fit for it.
    static let maximumEpochs = 64
    /// Rounds after which a computation has lost its way.
    static let maximumRounds = 1000

    public let id: String
    public let plan: RunPlan
    public internal(set) var phase = Phase.inviting
    public internal(set) var members: [String: RunMember]
    /// The round that is computed, from 1.
    public internal(set) var round = 0
    /// How often it has begun anew, from 1.
    public internal(set) var epoch = 0
    public internal(set) var entries: [RunEntry] = []
    /// The outcome's JSON.
    public internal(set) var outcome: Data?
    /// The sites whose patients the outcome is over.
    public internal(set) var roster: [String] = []
    var state: Data = Data()
    var rules = DisclosureRules()
    var masking: MaskingHub?
    /// The sites in the last sum of which the masks were taken off.
    var summed: [String] = []
    /// The answers to the present exchange. Not stored: they are in the mailboxes.
    var answers: [String: [UInt8]] = [:]

    private enum CodingKeys: String, CodingKey {
        case id, plan, phase, members, round, epoch, entries, outcome, roster, state, rules, masking, summed
    }

    /// - Parameter sites: the sites to invite, by name.
    public init(id: String, plan: RunPlan, sites: [String]) throws(RoundsError) {
        _ = try plan.checked()
        self.id = id
        self.plan = plan
        members = Dictionary(sites.map { ($0, RunMember(site: $0)) }, uniquingKeysWith: { first, _ in first })
        guard members.count >= plan.minimumSites else {
            throw .plan("it asks for \(plan.minimumSites) sites, and \(members.count) can be asked")
        }
    }

    /// The sites that still take part, in the order of their names.
    public var sites: [String] { members.values.filter(\.isIn).map(\.site).sorted() }

    /// The first message of the run.
    public mutating func begin() -> [Action] {
        expect(.inviting, .invitation)
        return send { _ in (.invite(plan), []) }
    }

    /// Takes one event; what comes back is to be done in order.
    public mutating func handle(_ event: Event) -> [Action] {
        guard !phase.isOver else { return [] }
        do {
            switch event {
            case .answer(let site, let bytes):
                guard members[site]?.isIn == true, answers[site] == nil else { return [] }
                answers[site] = bytes
            case .failure(let site, let reason):
                guard members[site]?.isIn == true else { return [] }
                drop(site, reason)
            case .deadline:
                for site in sites where answers[site] == nil { drop(site, "did not answer in time") }
            case .cancel(let why):
                return stop(why)
            }
            // Of an invitation every answer is waited for: whoever asked then sees all the reasons, not the first ones.
            if phase == .inviting, sites.contains(where: { answers[$0] == nil }) { return [] }
            let stopping = checkEnough()
            guard stopping.isEmpty, sites.allSatisfy({ answers[$0] != nil }) else { return stopping }
            return try advance()
        } catch {
            return stop("\(error)")
        }
    }

    /// Everybody who is still in has answered.
    private mutating func advance() throws(RoundsError) -> [Action] {
        note()
        switch phase {
        case .inviting: return try takeAcceptances()
        case .keying: return try takeKeys()
        case .sharing: return try takeShares()
        case .computing: return try takeContributions()
        case .unmasking: return try takeUnmasking()
        case .done, .stopped: return []
        }
    }

    // MARK: The beginning

    private mutating func takeAcceptances() throws(RoundsError) -> [Action] {
        let meant = plan.fingerprint(try plan.checked())
        take { machine, site, step, _ throws(RoundsError) in
            guard case .accepted(let acceptance) = step else { throw .shape("it is not an acceptance") }
            guard acceptance.approved == meant else { throw .plan("the site accepted another plan than was sent") }
            machine.members[site]?.acceptance = acceptance
            machine.members[site]?.standing = .taking
        }
        return try startAnew()
    }

    /// The first round of those who are in.
    mutating func startAnew() throws(RoundsError) -> [Action] {
        epoch += 1
        round = 0
        masking = nil
        guard epoch <= Self.maximumEpochs else { throw .numerical("sites dropped out again and again") }
        rules = DisclosureRules(
            minimumCell: 1, minimumRows: 0, minimumSites: plan.minimumSites, parametersPerRow: .greatestFiniteMagnitude)
        for site in sites { if let theirs = members[site]?.acceptance?.rules { rules = rules.strictest(theirs) } }
        let stopping = checkEnough()
        guard stopping.isEmpty else { return stopping }
        let gone = summed.filter { !sites.contains($0) }
        guard gone.isEmpty || gone.count >= rules.minimumSites else {
            // The same sum without them would show theirs as the difference, and no mask could prevent it.
            return stop(
                "\(gone.joined(separator: ", ")) dropped out after a sum with it had been seen, and the same sum without it "
                    + "would show its own numbers as the difference: ask again when it is back")
        }
        roster = sites
        guard plan.isMasked else { return try firstRound() }
        // The keys of the first epoch came with the acceptances.
        if epoch == 1 { return try share(sites.compactMap { members[$0]?.acceptance?.keys }) }
        expect(.keying, .masks)
        return send { _ in (.key(epoch: epoch), []) }
    }

    mutating func firstRound() throws(RoundsError) -> [Action] {
        state = Data(try plan.checked().start(try schema()))
        round = 1
        return try compute()
    }

    func schema() throws(RoundsError) -> Schema {
        try Schema.merged(sites.compactMap { members[$0]?.acceptance?.schema }, sites: sites)
    }

    // MARK: Rounds

    mutating func compute() throws(RoundsError) -> [Action] {
        guard round <= Self.maximumRounds else { throw .numerical("no end after \(Self.maximumRounds) rounds") }
        var masks: RoundMasks?
        if plan.isMasked {
            let layout = try plan.checked().layout([UInt8](state))
            masks = try beginMasking(layout)
        }
        expect(.computing, .round)
        let state = [UInt8](state)
        return send { _ in (.compute(round: round, masks: masks), state) }
    }

    private mutating func takeContributions() throws(RoundsError) -> [Action] {
        if plan.isMasked { return try takeMasked() }
        let computation = try plan.checked()
        let layout = try computation.layout([UInt8](state))
        var sum = Contribution.zero(layout)
        let here = round
        take { _, _, step, body throws(RoundsError) in
            guard case .computed(let theirs) = step, theirs == here else { throw .shape("it is of another round") }
            try sum.add(try Contribution(bytes: body, layout: layout))
        }
        if try mustStartAnew() { return try startAnew() }
        return try combine(sum, of: sites, computation)
    }

    /// Whether what has been computed no longer describes the sites that are in.
    mutating func mustStartAnew() throws(RoundsError) -> Bool {
        guard sites != roster else { return false }
        // In the first round nothing has been computed yet; only what the sites had said of their variables counts.
        let before = state
        guard round == 1, try plan.checked().start(try schema()) == [UInt8](before) else { return true }
        roster = sites
        return false
    }

    mutating func combine(
        _ sum: Contribution, of sites: [String], _ computation: AnyComputation
    ) throws(RoundsError) -> [Action] {
        roster = sites
        switch try computation.combine(sum, [UInt8](state), CombineContext(sites: sites.count, rules: rules)) {
        case .next(let next):
            // One that dropped out while the masks were taken off is in this sum, and would miss in the next.
            if self.sites != sites { return try startAnew() }
            state = Data(next)
            round += 1
            return try compute()
        case .done(let outcome):
            self.outcome = Data(outcome)
            phase = .done
            return ending()
        }
    }

    // MARK: Bookkeeping

    /// Begins an exchange.
    mutating func expect(_ phase: Phase, _ what: RunEntry.What) {
        self.phase = phase
        answers = [:]
        entries.append(RunEntry(what: what, round: round, epoch: epoch, sites: [], bytes: 0))
    }

    private mutating func note() {
        guard var entry = entries.popLast() else { return }
        entry.sites = sites
        entry.bytes = answers.values.reduce(0) { $0 + $1.count }
        entries.append(entry)
    }

    /// Reads the answers one after another; a site whose answer cannot be used is out.
    mutating func take(
        _ body: (inout RunMachine, String, SiteHead.Step, [UInt8]) throws(RoundsError) -> Void
    ) {
        for site in sites {
            do throws(RoundsError) {
                let frame = try RunFrame<SiteHead>(bytes: answers[site] ?? [])
                guard frame.head.run == id else { throw .shape("it is of another run") }
                try body(&self, site, frame.head.step, frame.body)
            } catch {
                drop(site, "\(error)")
            }
        }
    }

    mutating func drop(_ site: String, _ reason: String) {
        members[site]?.standing = .out(String(reason.prefix(300)))
        answers[site] = nil
    }

    /// Stops where too few sites are left.
    mutating func checkEnough() -> [Action] {
        let wanted = max(plan.minimumSites, rules.minimumSites)
        guard sites.count < wanted else { return [] }
        let reasons = members.values.sorted { $0.site < $1.site }.compactMap { member in
            if case .out(let why) = member.standing { "\(member.site): \(why)" } else { nil }
        }
        return stop("\(wanted) sites have to take part, and \(sites.count) do. \(reasons.joined(separator: "; "))")
    }

    mutating func stop(_ why: String) -> [Action] {
        phase = .stopped(why)
        return ending()
    }

    private func ending() -> [Action] {
        let told = members.values.filter { $0.acceptance != nil }.map(\.site)
        return [.end(frames(told) { _ in (.end, []) })]
    }

    func send(_ step: (String) -> (HubHead.Step, [UInt8])) -> [Action] { [.send(frames(sites, step))] }

    private func frames(_ sites: [String], _ step: (String) -> (HubHead.Step, [UInt8])) -> [String: [UInt8]] {
        var frames: [String: [UInt8]] = [:]
        for site in sites {
            let (head, body) = step(site)
            frames[site] = try? RunFrame(HubHead(run: id, step: head), body: body).bytes()
        }
        return frames
    }
}
