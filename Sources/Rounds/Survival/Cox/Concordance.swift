/// Harrell's concordance: the share of comparable pairs in which the patient with the higher risk had the event first.
///
/// A pair is comparable where the earlier of the two times is an event; one who leaves at the time of an event outlives it.
/// Pairs of one risk count half. Within strata, where a model has them.
public struct Concordance: Codable, Sendable, Equatable {
    public let concordant: Int
    public let discordant: Int
    public let tied: Int
    /// Pairs whose order was not looked at; none unless there are very many patients.
    public let undecided: Int

    /// With undecided pairs as ties: the true value is within ``uncertainty`` of it.
    public var value: Double {
        (Double(concordant) + 0.5 * Double(tied &+ undecided)) / Double(pairs)
    }

    /// Half of the share of undecided pairs; 0 where the value is exact.
    public var uncertainty: Double { 0.5 * Double(undecided) / Double(pairs) }

    private var pairs: Int { concordant &+ discordant &+ tied &+ undecided }

    /// Nil where there is no pair.
    init?(concordant: Int, discordant: Int, tied: Int, undecided: Int = 0) {
        guard concordant &+ discordant &+ tied &+ undecided > 0 else { return nil }
        self.concordant = concordant
        self.discordant = discordant
        self.tied = tied
        self.undecided = undecided
    }

    /// The pairs within one site's strata, counted there.
    static func counts(_ rows: [(stratum: Int, slot: Int, key: Int)]) -> (concordant: Int, discordant: Int, tied: Int) {
        var counts = (concordant: 0, discordant: 0, tied: 0)
        let keys = Set(rows.map(\.key)).sorted()
        let ordered = rows.sorted { ($0.stratum, $0.slot) > ($1.stratum, $1.slot) }
        // A Fenwick tree of the later rows' keys.
        var tree = [Int](repeating: 0, count: keys.count + 1)
        var later = 0
        func upTo(_ rank: Int) -> Int {
            var sum = 0
            var place = rank
            while place > 0 {
                sum += tree[place]
                place -= place & -place
            }
            return sum
        }
        var start = 0
        while start < ordered.count {
            var end = start
            while end < ordered.count, ordered[end].stratum == ordered[start].stratum,
                ordered[end].slot == ordered[start].slot
            { end += 1 }
            if start == 0 || ordered[start - 1].stratum != ordered[start].stratum {
                tree = [Int](repeating: 0, count: keys.count + 1)
                later = 0
            }
            let ranks = ordered[start..<end].map { keys.countNotAfter($0.key) }
            if ordered[start].slot.isMultiple(of: 2) {
                for rank in ranks {
                    let below = upTo(rank - 1)
                    let upToOwn = upTo(rank)
                    counts.concordant += below
                    counts.tied += upToOwn - below
                    counts.discordant += later - upToOwn
                }
            }
            for rank in ranks {
                later += 1
                var place = rank
                while place < tree.count {
                    tree[place] += 1
                    place += place & -place
                }
            }
            start = end
        }
        return counts
    }
}
