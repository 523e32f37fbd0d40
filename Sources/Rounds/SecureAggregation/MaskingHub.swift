/// The hub's part in secure aggregation for one epoch: a state machine without clocks, sockets or files.
///
/// Messages go in through `receive`, deadlines through `close…`, and what to send comes out. It is `Codable`: what was
/// written after a step goes on from there; and since nothing in it is random, the same events in the same order lead
/// to the same state. It learns the sum over those sites whose masked vectors arrived, and nothing else.
///
/// keys → ``closeKeys()`` → shares → ``begin(_:count:)`` → masking → ``closeMasking()`` → unmasking → ``finish()`` →
/// ``begin(_:count:)`` …
public struct MaskingHub: Sendable, Equatable {
    public enum Phase: UInt8, Sendable, Codable {
        /// Waiting for ``SiteKeys``.
        case keys
        /// Waiting for ``RoundShares`` of the round that ``MaskingHub/begin(_:count:)`` will start, if any still come.
        case ready
        /// Waiting for ``MaskedAnswer``.
        case masking
        /// Waiting for ``UnmaskAnswer``.
        case unmasking
    }

    public let run: String
    public let epoch: Int
    /// Who was asked to take part, in the order of their names.
    public let sites: [String]
    public internal(set) var phase = Phase.keys
    /// The round that is under way, or that begins next.
    public internal(set) var round = 0
    var keys: [String: SiteKeys] = [:]
    /// From ``closeKeys()`` on.
    public internal(set) var roster: Roster?
    /// Dealt for `round`, by place.
    var shares: [Int: RoundShares] = [:]
    /// Dealt for the next.
    var nextShares: [Int: RoundShares] = [:]
    /// Who is still in: no site that missed a round.
    var members = SiteSet([])
    var task: MaskTask?
    var sum: RingVector?
    var answered: Set<Int> = []
    var survivors = SiteSet([])
    var reveals: [Int: UnmaskAnswer] = [:]
    /// How many shares of each site's secret were revealed.
    var revealedCount: [Int: Int] = [:]

    public init(run: String, epoch: Int, sites: [String]) throws(RoundsError) {
        guard Set(sites).count == sites.count, sites.count >= 2, sites.count <= Roster.maximumSites else {
            throw .masking("an epoch takes 2 to \(Roster.maximumSites) different sites, and here are \(sites.count)")
        }
        self.run = run
        self.epoch = epoch
        self.sites = sites.sorted()
    }

    /// Whose answers are still to come in this phase.
    public var waitingFor: [String] {
        switch phase {
        case .keys: sites.filter { keys[$0] == nil }
        case .ready: names(members.places.filter { shares[$0] == nil })
        case .masking: names(task?.active.places.filter { !answered.contains($0) } ?? [])
        case .unmasking: names(survivors.places.filter { reveals[$0] == nil })
        }
    }

    /// Who is still in, while ``Roster/threshold`` of them are needed: when they become few, it is time for a new epoch.
    public var remaining: [String] { names(members.places) }

    /// A site's key. The same one again changes nothing; another one is refused.
    public mutating func receive(_ answer: SiteKeys) throws(RoundsError) {
        guard phase == .keys else { throw late(answer.site, "its key") }
        guard answer.run == run, answer.epoch == epoch, sites.contains(answer.site),
            answer.channelKey.count == Roster.keyBytes
        else { throw .site(answer.site, "sent a mask key that nobody asked for") }
        guard PairKeys.isUsable(answer.channelKey) else {
            throw .site(answer.site, "sent a mask key that no secret can be agreed with")
        }
        guard keys[answer.site] ?? answer == answer else { throw .site(answer.site, "sent two different mask keys") }
        keys[answer.site] = answer
    }

    /// Ends the wait for keys: the roster to send to the sites in it.
    public mutating func closeKeys() throws(RoundsError) -> Roster {
        guard phase == .keys else { throw .masking("the keys of epoch \(epoch) are complete already") }
        let roster = try Roster(run: run, epoch: epoch, keys: sites.compactMap { keys[$0] })
        self.roster = roster
        members = SiteSet(roster.members.indices)
        phase = .ready
        return roster
    }

    /// A site's shares for the first round.
    public mutating func receive(_ answer: RoundShares) throws(RoundsError) {
        guard phase == .ready, round == 0 else { throw late(answer.site, "its shares") }
        let place = try place(answer.site)
        try check(answer, of: place, round: 0, active: members)
        guard shares[place] ?? answer == answer else { throw .site(answer.site, "sent different shares twice") }
        shares[place] = answer
    }

    /// Starts the round with those who dealt shares for it: the task to send to each of `task.active`.
    public mutating func begin(_ ring: Ring, count: Int) throws(RoundsError) -> MaskTask {
        guard phase == .ready, let roster else { throw .masking("round \(round) cannot begin now") }
        guard (0...RingVector.maximumCount).contains(count) else { throw .masking("\(count) numbers are too many") }
        let active = SiteSet(members.places.filter { shares[$0] != nil })
        try enough(active.count, "are ready for round \(round)")
        let task = MaskTask(rosterHash: roster.hash, round: round, active: active, ring: ring, count: count)
        self.task = task
        members = active
        sum = RingVector(zeros: count, in: ring)
        answered = []
        phase = .masking
        return task
    }

    /// A site's masked vector, added at once and not kept, and its shares for the next round. One that arrives again is
    /// taken as the same and ignored.
    public mutating func receive(_ answer: MaskedAnswer) throws(RoundsError) {
        guard phase == .masking, let task, answer.round == round else { throw late(answer.site, "its masked vector") }
        let place = try place(answer.site)
        guard task.active.contains(place) else { throw late(answer.site, "its masked vector") }
        guard !answered.contains(place) else { return }
        guard answer.vector.ring == task.ring, answer.vector.count == task.count else {
            throw .site(
                answer.site, "sent \(answer.vector.count) masked numbers where \(task.count) were asked for")
        }
        guard answer.next.site == answer.site else { throw .site(answer.site, "sent shares of another site") }
        try check(answer.next, of: place, round: round + 1, active: task.active)
        try sum?.add(answer.vector)
        answered.insert(place)
        nextShares[place] = answer.next
    }

    /// Ends the wait for masked vectors: what to ask of each survivor. Who has not answered is out of the epoch.
    public mutating func closeMasking() throws(RoundsError) -> [String: UnmaskRequest] {
        guard phase == .masking, task != nil else { throw .masking("no masked round is under way") }
        try enough(answered.count, "sent a masked vector in round \(round)")
        survivors = SiteSet(answered)
        members = survivors
        reveals = [:]
        revealedCount = [:]
        phase = .unmasking
        return try unmaskRequests()
    }

    /// What ``closeMasking()`` returned, to send again.
    public func unmaskRequests() throws(RoundsError) -> [String: UnmaskRequest] {
        guard phase == .unmasking, let task, let roster else { throw .masking("no round is being unmasked") }
        var incoming: [Int: [UnmaskRequest.Incoming]] = [:]
        for dealer in task.active.places {
            for item in shares[dealer]?.sealed ?? [] where survivors.contains(item.holder) {
                incoming[item.holder, default: []].append(UnmaskRequest.Incoming(dealer: dealer, box: item.box))
            }
        }
        var requests: [String: UnmaskRequest] = [:]
        for place in survivors.places {
            requests[roster.name(place)] = UnmaskRequest(
                task: task, survivors: survivors, incoming: incoming[place] ?? [])
        }
        return requests
    }

    /// A survivor's shares.
    public mutating func receive(_ answer: UnmaskAnswer) throws(RoundsError) {
        guard phase == .unmasking, answer.round == round, let task, let roster else {
            throw late(answer.site, "its answer to unmask")
        }
        let place = try place(answer.site)
        guard survivors.contains(place) else { throw late(answer.site, "its answer to unmask") }
        guard reveals[place] == nil else { return }
        var last = -1
        for item in answer.revealed {
            guard item.dealer > last, task.active.contains(item.dealer), item.values.count == SecretSharing.limbs,
                item.dealer == place || roster.graph.areNeighbours(item.dealer, place)
            else { throw .site(answer.site, "revealed shares that it does not hold") }
            last = item.dealer
        }
        reveals[place] = answer
        for item in answer.revealed { revealedCount[item.dealer, default: 0] += 1 }
    }

    /// Whether enough has come to take the masks off: no need to wait for the others.
    public var canFinish: Bool {
        guard phase == .unmasking, let task, let roster else { return false }
        return task.active.places.allSatisfy { revealedCount[$0, default: 0] >= roster.graph.shareThreshold }
    }

    /// Takes the masks off. The next round can begin, with those who survived this one.
    public mutating func finish() throws(RoundsError) -> MaskedSum {
        let total = try unmasked()
        let names = names(survivors.places)
        let dropped = self.names(task?.active.subtracting(survivors).places ?? [])
        shares = nextShares
        nextShares = [:]
        task = nil
        sum = nil
        answered = []
        reveals = [:]
        revealedCount = [:]
        round += 1
        phase = .ready
        return MaskedSum(total: total, sites: names, dropped: dropped)
    }

    func place(_ site: String) throws(RoundsError) -> Int {
        guard let place = roster?.index(of: site) else { throw .site(site, "is not in this epoch") }
        return place
    }

    private func names(_ places: [Int]) -> [String] { places.map { roster?.name($0) ?? "" } }

    private func late(_ site: String, _ what: String) -> RoundsError {
        .site(site, "sent \(what) too late, or for another round: it is out of epoch \(epoch)")
    }

    private func enough(_ count: Int, _ what: String) throws(RoundsError) {
        let needed = roster?.threshold ?? 2
        guard count >= needed else {
            throw .masking("only \(count) sites \(what), and \(needed) are needed: a new epoch has to begin")
        }
    }

    private func check(
        _ answer: RoundShares, of place: Int, round: Int, active: SiteSet
    ) throws(RoundsError) {
        guard let roster, answer.round == round else { throw late(answer.site, "its shares") }
        let neighbours = roster.graph.neighbours(of: place)
        guard answer.sealed.map(\.holder) == neighbours.filter(active.contains),
            answer.bundle.count == neighbours.count * KeyStream.seedBytes + 16,
            answer.sealed.allSatisfy({ $0.box.count == RoundShares.boxBytes })
        else { throw .site(answer.site, "sent shares that are not for its neighbours in this epoch") }
    }
}

/// The outcome of a masked round.
public struct MaskedSum: Sendable, Equatable {
    /// The sum over `sites`.
    public let total: RingVector
    public let sites: [String]
    /// Who was in the round and did not send its vector in time.
    public let dropped: [String]
}
