public import FoundationEssentials

/// The hub's side of a run as a state machine: what has happened goes in, what is to be sent comes out.
///
/// It is a value and `Codable`. The hub stores it with every message that it sends; after a crash it is read back, the
/// answers to that message come from the mailboxes again, and the run goes on with the same numbers: sites repeat a
/// round identically, and sums are made in the order of the sites' names.
///
/// A site that fails or is late is out. What was summed with it no longer describes the others, so the computation
/// begins anew without it: an outcome is always over one named set of sites, exactly.
public struct RunMachine: Codable, Sendable {
    public enum Phase: Codable, Sendable, Equatable {
        case inviting, sharing, computing, unmasking
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
    /// The sites that this epoch is over.
    var roster: [String] = []
    var state: Data = Data()
    var rules = DisclosureRules()
    /// The answers to the present exchange. Not stored: they are in the mailboxes.
    var answers: [String: [UInt8]] = [:]

    private enum CodingKeys: String, CodingKey {
        case id, plan, phase, members, round, epoch, entries, outcome, roster, state, rules
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
        return send(Dictionary(uniqueKeysWithValues: sites.map { ($0, (.invite(plan), [])) }))
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
            return try sites.allSatisfy { answers[$0] != nil } ? advance() : checkEnough()
        } catch {
            return stop("\(error)")
        }
    }

    // MARK: Steps

    /// Everybody who is still in has answered.
    private mutating func advance() throws(RoundsError) -> [Action] {
        note()
        if phase != .inviting, sites != roster { return try startAnew() }
        switch phase {
        case .inviting: return try takeAcceptances()
        case .computing: return try takeContributions()
        case .sharing, .unmasking: return stop("masking is not supported yet")
        case .done, .stopped: return []
        }
    }

    private mutating func takeAcceptances() throws(RoundsError) -> [Action] {
        for site in sites {
            do {
                guard case .accepted(let acceptance) = try head(of: site) else {
                    throw RoundsError.shape("not an acceptance")
                }
                members[site]?.acceptance = acceptance
                members[site]?.standing = .taking
            } catch {
                drop(site, "\(error)")
            }
        }
        return try startAnew()
    }

    /// The first round of those who are in.
    mutating func startAnew() throws(RoundsError) -> [Action] {
        epoch += 1
        guard epoch <= Self.maximumEpochs else { throw .numerical("sites dropped out again and again") }
        rules = DisclosureRules(
            minimumCell: 1, minimumRows: 0, minimumSites: plan.minimumSites, parametersPerRow: .greatestFiniteMagnitude)
        for site in sites { if let theirs = members[site]?.acceptance?.rules { rules = rules.strictest(theirs) } }
        let stopping = try checkEnough()
        guard stopping.isEmpty else { return stopping }
        let schema = try Schema.merged(sites.compactMap { members[$0]?.acceptance?.schema }, sites: sites)
        roster = sites
        state = Data(try plan.checked().start(schema))
        round = 1
        return try compute()
    }

    mutating func compute() throws(RoundsError) -> [Action] {
        guard round <= Self.maximumRounds else { throw .numerical("no end after \(Self.maximumRounds) rounds") }
        expect(.computing, .round)
        let step = HubHead.Step.compute(round: round, epoch: epoch, masks: nil)
        return send(Dictionary(uniqueKeysWithValues: sites.map { ($0, (step, [UInt8](state))) }))
    }

    private mutating func takeContributions() throws(RoundsError) -> [Action] {
        let computation = try plan.checked()
        let layout = try computation.layout([UInt8](state))
        var sum = Contribution.zero(layout)
        var bad = false
        for site in sites {
            do {
                let frame = try RunFrame<SiteHead>(bytes: answers[site] ?? [])
                guard case .computed(let theirs, _) = frame.head.step, theirs == round else {
                    throw RoundsError.shape("it is of another round")
                }
                try sum.add(try Contribution(bytes: frame.body, layout: layout))
            } catch {
                drop(site, "\(error)")
                bad = true
            }
        }
        if bad { return try startAnew() }
        return try combine(sum, computation)
    }

    mutating func combine(_ sum: Contribution, _ computation: AnyComputation) throws(RoundsError) -> [Action] {
        let context = CombineContext(sites: sites.count, rules: rules)
        switch try computation.combine(sum, [UInt8](state), context) {
        case .next(let next):
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

    func head(of site: String) throws(RoundsError) -> SiteHead.Step {
        let head = try RunFrame<SiteHead>(bytes: answers[site] ?? []).head
        guard head.run == id else { throw .shape("it is of another run") }
        return head.step
    }

    mutating func drop(_ site: String, _ reason: String) {
        members[site]?.standing = .out(String(reason.prefix(300)))
        answers[site] = nil
    }

    /// Stops where too few sites are left. Where one left in the middle, the rest begin anew.
    mutating func checkEnough() throws(RoundsError) -> [Action] {
        let wanted = max(plan.minimumSites, rules.minimumSites)
        guard sites.count >= wanted else {
            let reasons = members.values.sorted { $0.site < $1.site }.compactMap { member in
                if case .out(let why) = member.standing { "\(member.site) \(why)" } else { nil }
            }
            return stop("\(wanted) sites have to take part, and \(sites.count) can. \(reasons.joined(separator: "; "))")
        }
        return []
    }

    mutating func stop(_ why: String) -> [Action] {
        phase = .stopped(why)
        return ending()
    }

    private func ending() -> [Action] {
        let told = members.values.filter { $0.acceptance != nil }.map(\.site)
        return [.end(frames(Dictionary(uniqueKeysWithValues: told.map { ($0, (.end, [])) })))]
    }

    func send(_ steps: [String: (HubHead.Step, [UInt8])]) -> [Action] { [.send(frames(steps))] }

    private func frames(_ steps: [String: (HubHead.Step, [UInt8])]) -> [String: [UInt8]] {
        steps.compactMapValues { step, body in
            try? RunFrame(HubHead(run: id, step: step), body: body).bytes()
        }
    }
}
