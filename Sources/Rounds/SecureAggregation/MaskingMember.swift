public import Crypto

/// A site in an epoch: it deals shares, masks vectors and answers requests to unmask.
public struct MaskingMember: Sendable {
    public let roster: Roster
    /// This site's place in the roster.
    public let place: Int
    private let site: MaskingSite
    /// Rising, with the keys in the same order.
    private let neighbours: [Int]
    private let pairs: [PairKeys]

    init(_ site: MaskingSite, _ roster: Roster) throws(RoundsError) {
        guard roster.run == site.run else { throw .masking("the list of sites is of another run") }
        guard let place = roster.index(of: site.site) else {
            throw .masking("the site \(site.site) is not in the list of sites")
        }
        let own = try site.schedule.channelKey(epoch: roster.epoch)
        guard roster.members[place].channelKey == Array(own.publicKey.rawRepresentation) else {
            throw .masking("the list of sites has another key for the site \(site.site) than it gave")
        }
        guard roster.members.count >= site.minimumContributors else {
            throw .masking(
                "the site \(site.site) takes part with at least \(site.minimumContributors) sites, and here are "
                    + "\(roster.members.count)")
        }
        self.site = site
        self.roster = roster
        self.place = place
        neighbours = roster.graph.neighbours(of: place)
        var pairs: [PairKeys] = []
        pairs.reserveCapacity(neighbours.count)
        for other in neighbours {
            pairs.append(try PairKeys(own: own, mine: place, theirs: other, roster: roster))
        }
        self.pairs = pairs
    }

    /// The fewest sites in a sum that this site helps to unmask.
    public var minimumSurvivors: Int { max(roster.threshold, site.minimumContributors) }

    /// The seed with which a ``Quantiser`` rounds this site's vector of a round.
    public func roundingSeed(round: Int) -> SymmetricKey { site.schedule.roundingSeed(roster, round: round) }

    /// The shares for the first round of the epoch.
    public func firstShares() throws(RoundsError) -> RoundShares {
        try shares(round: 0, among: SiteSet(roster.members.indices))
    }

    /// Masks the vector of a round. Asked again, it gives the same answer; with another vector or task, it refuses.
    public func mask(_ vector: RingVector, _ task: MaskTask) throws(RoundsError) -> MaskedAnswer {
        try check(task)
        guard vector.ring == task.ring, vector.count == task.count else {
            throw .shape("the vector has not the ring and size of the task")
        }
        _ = try site.ledger.record(roster.hash + roster.hash, for: epochKey(roster.epoch))
        let promised = Self.hash(task.bytes) + vector.words.withUnsafeBytes { Array(SHA256.hash(data: $0)) }
        guard try site.ledger.record(promised, for: ledgerKey("masked", task.round)) == promised else {
            throw .masking(
                "the site \(site.site) has masked another vector in round \(task.round) of epoch \(roster.epoch): two "
                    + "under the same masks would show their difference. A new epoch is needed")
        }
        var masked = vector
        let own = site.schedule.selfSeed(roster, round: task.round)
        var masks = [KeyStream.Mask(seed: RoundSecret.maskSeed(own), minus: false)]
        for (other, pair) in zip(neighbours, pairs) where task.active.contains(other) {
            masks.append(KeyStream.Mask(seed: pair.maskSeed(round: task.round), minus: place > other))
        }
        try KeyStream.add(masks, to: &masked)
        return MaskedAnswer(
            site: site.site, round: task.round, vector: masked,
            next: try shares(round: task.round + 1, among: task.active))
    }

    /// Reveals what takes the masks off the sum over `request.survivors`, once its conditions are met.
    public func unmask(_ request: UnmaskRequest) throws(RoundsError) -> UnmaskAnswer {
        let task = request.task
        try check(task)
        let which = "the request to unmask round \(task.round) of epoch \(roster.epoch)"
        guard request.survivors.isSubset(of: task.active) else {
            throw .masking("\(which) names sites that had no part")
        }
        guard request.survivors.contains(place) else {
            throw .masking("\(which) leaves out the site that it asks, \(site.site)")
        }
        guard request.survivors.count >= minimumSurvivors else {
            throw .masking(
                "\(which) is for a sum over \(request.survivors.count) sites; \(site.site) needs \(minimumSurvivors)")
        }
        guard let masked = try site.ledger.recorded(for: ledgerKey("masked", task.round)),
            Array(masked.prefix(32)) == Self.hash(task.bytes)
        else { throw .masking("\(which) is not for a task that the site \(site.site) has answered") }
        let asked = Self.hash(task.bytes) + Self.hash(request.survivors.places.flatMap(KeySchedule.number))
        guard try site.ledger.record(asked, for: ledgerKey("unmasked", task.round)) == asked else {
            throw .masking(
                "\(which) names other survivors than an earlier one, which \(site.site) has answered: with both, the "
                    + "vector of a single site could be seen")
        }
        return try reveal(request)
    }

    private func check(_ task: MaskTask) throws(RoundsError) {
        guard task.rosterHash == roster.hash else { throw .masking("the task is for another list of sites") }
        // The numbers of a round that failed are sent again in the next epoch, with fewer sites. Were the old sum unmasked
        // as well, the two would show what those who are missing sent.
        for later in roster.epoch + 1...roster.epoch + Self.epochsAhead {
            guard try site.ledger.recorded(for: epochKey(later)) == nil else {
                throw .masking("epoch \(roster.epoch) is over: the site \(site.site) has masked in epoch \(later)")
            }
        }
        guard task.round >= 0, task.round < 1 << 31 else { throw .masking("there is no round \(task.round)") }
        guard task.active.places.last ?? 0 < roster.members.count, task.active.places.first ?? 0 >= 0 else {
            throw .masking("the task names sites that are not in the list")
        }
        guard task.active.contains(place) else { throw .masking("the task leaves out the site \(site.site)") }
        guard task.active.count >= minimumSurvivors else {
            throw .masking(
                "the task is for \(task.active.count) sites; the site \(site.site) needs \(minimumSurvivors)")
        }
    }

    private func reveal(_ request: UnmaskRequest) throws(RoundsError) -> UnmaskAnswer {
        let round = request.task.round
        var revealed: [UnmaskAnswer.Revealed] = []
        var unreadable: [Int] = []
        // The site's own share of its self-mask, which it never sent to itself.
        revealed.append(
            UnmaskAnswer.Revealed(dealer: place, values: try dealers(round).selfSeed.share(place + 1).values))
        var seen = Set([place])
        for item in request.incoming {
            guard seen.insert(item.dealer).inserted, request.task.active.contains(item.dealer),
                let pair = pairKeys(item.dealer)
            else {
                throw .masking("the request to unmask brings shares of \(roster.name(item.dealer)) that cannot be here")
            }
            guard let content = pair.open(item.box, round: round, up: item.dealer < place),
                content.count == 2 * SecretSharing.shareBytes
            else {
                unreadable.append(item.dealer)
                continue
            }
            let half = SecretSharing.shareBytes
            let kind = request.survivors.contains(item.dealer) ? content[..<half] : content[half...]
            revealed.append(UnmaskAnswer.Revealed(dealer: item.dealer, values: Self.numbers(kind)))
        }
        revealed.sort { $0.dealer < $1.dealer }
        return UnmaskAnswer(site: site.site, round: round, revealed: revealed, unreadable: unreadable.sorted())
    }

    private func shares(round: Int, among active: SiteSet) throws(RoundsError) -> RoundShares {
        let (own, bundle) = try dealers(round)
        var seeds: [UInt8] = []
        var sealed: [RoundShares.Sealed] = []
        seeds.reserveCapacity(neighbours.count * KeyStream.seedBytes)
        sealed.reserveCapacity(neighbours.count)
        for (other, pair) in zip(neighbours, pairs) {
            pair.maskSeed(round: round).withUnsafeBytes { seeds.append(contentsOf: $0) }
            guard active.contains(other) else { continue }
            let content = Self.bytes(own.share(other + 1).values) + Self.bytes(bundle.share(other + 1).values)
            sealed.append(
                RoundShares.Sealed(holder: other, box: try pair.seal(content, round: round, up: place < other)))
        }
        return RoundShares(
            site: site.site, round: round, check: RoundSecret.check(site.schedule.selfSeed(roster, round: round)),
            bundle: try RoundSecret.seal(seeds, site.schedule.bundleSecret(roster, round: round)), sealed: sealed)
    }

    /// The polynomials of a round's two secrets.
    private func dealers(
        _ round: Int
    ) throws(RoundsError) -> (selfSeed: SecretSharing.Dealer, bundle: SecretSharing.Dealer) {
        let threshold = roster.graph.shareThreshold
        let size = SecretSharing.Dealer.randomBytes(threshold: threshold)
        var random: [UInt8] = []
        let seed = site.schedule.polynomialSeed(roster, round: round)
        while random.count < 2 * size {
            let number = random.count / KeyStream.piece
            random.append(contentsOf: try KeyStream.bytes(seed, piece: number, count: 2 * size - random.count))
        }
        return (
            try SecretSharing.Dealer(
                secret: site.schedule.selfSeed(roster, round: round), threshold: threshold, random: random.prefix(size)),
            try SecretSharing.Dealer(
                secret: site.schedule.bundleSecret(roster, round: round), threshold: threshold,
                random: random.suffix(size))
        )
    }

    private func pairKeys(_ other: Int) -> PairKeys? {
        var low = 0
        var high = neighbours.count
        while low < high {
            let middle = (low + high) / 2
            if neighbours[middle] < other { low = middle + 1 } else { high = middle }
        }
        return low < neighbours.count && neighbours[low] == other ? pairs[low] : nil
    }

    /// How many epochs a site may have missed, and still knows that an older one is over.
    private static let epochsAhead = 64

    private func epochKey(_ epoch: Int) -> [UInt8] {
        Self.hash(
            [UInt8](
                KeySchedule.info(
                    "epoch", Array(site.run.utf8), Array(site.site.utf8), KeySchedule.number(epoch))))
    }

    private func ledgerKey(_ what: String, _ round: Int) -> [UInt8] {
        Self.hash([UInt8](KeySchedule.info(what, Array(site.site.utf8), roster.hash, KeySchedule.number(round))))
    }

    private static func hash(_ bytes: [UInt8]) -> [UInt8] { Array(SHA256.hash(data: bytes)) }

    private static func bytes(_ numbers: [UInt64]) -> [UInt8] {
        numbers.flatMap { number in withUnsafeBytes(of: number.littleEndian) { Array($0) } }
    }

    private static func numbers(_ bytes: ArraySlice<UInt8>) -> [UInt64] {
        stride(from: bytes.startIndex, to: bytes.endIndex, by: 8).map { start in
            bytes[start..<min(start + 8, bytes.endIndex)].reversed().reduce(UInt64(0)) { $0 << 8 | UInt64($1) }
        }
    }
}
