/// Counts the pairs of patients that a risk score orders rightly, exactly, from sums over sites.
///
/// Scores are whole numbers of 2^-40. The first round counts patients by time slot and coarse band of scores; pairs in
/// different bands are decided. Each next round looks into the bands in which undecided pairs are left, in 16 parts or
/// more, at the time slots where somebody is. A round has 16 thousand counts, or 16 for each patient where that is more;
/// scores as near as 2^-40 are ties.
struct ConcordanceSearch: Codable, Sendable, Equatable {
    /// A band of scores in one stratum, to be divided.
    struct Band: Codable, Sendable, Equatable {
        var stratum: Int
        /// Scores from `low` to before `high`, in parts of `step`; the last may be shorter.
        var low: Int
        var high: Int
        var step: Int
        /// Where somebody is, ascending.
        var slots: [Int]

        var parts: Int { step > 0 && high > low ? (high &- low &- 1) / step &+ 1 : 0 }

        /// The part of a score; what lies outside the band is in its first or last.
        func part(_ key: Int) -> Int { min(parts - 1, max(0, (key - low) / step)) }
    }

    /// By stratum and score, without overlap.
    private(set) var bands: [Band]
    private(set) var concordant = 0
    private(set) var discordant = 0
    private(set) var tied = 0
    /// Pairs in the bands that are still to be divided.
    private(set) var undecided = 0
    private(set) var rounds = 0

    static let unit = 1.099_511_627_776e12
    private static let end = 1 << 50
    private static let leastParts = 16
    private static let countsOfARound = 1 << 14
    /// Where a round would need more counts than this, or more rounds than are sensible, pairs stay undecided.
    static let maximumCounts = 1 << 20
    static let maximumRounds = 20

    init(_ cells: CoxCells) {
        // 16 parts of half a unit around zero; what lies outside joins the first or the last.
        bands = cells.ranges.enumerated().filter { !$0.element.isEmpty }.map { stratum, range in
            Band(
                stratum: stratum, low: -(1 << 42), high: 1 << 42, step: 1 << 39,
                slots: Array(2 * range.lowerBound..<2 * range.upperBound))
        }
    }

    /// The number of counts in this round.
    var count: Int {
        bands.reduce(0) { total, band in
            let (own, overflow) = band.parts.multipliedReportingOverflow(by: band.slots.count)
            return overflow || total.addingReportingOverflow(own).overflow ? Int.max : total + own
        }
    }

    /// A score as a whole number.
    static func key(_ score: Double) -> Int {
        let scaled = (score * unit).rounded()
        return Int(min(Double(end - 1), max(-Double(end), scaled)))
    }

    /// The time slot of a row: `2 c` for an event in cell c, `2 c + 1` for one who leaves without, until the next.
    static func slot(cell: Int, isEvent: Bool) -> Int { 2 * cell + (isEvent ? 0 : 1) }

    /// At the site.
    func counts(_ rows: [(stratum: Int, slot: Int, key: Int)]) throws(RoundsError) -> [Int64] {
        guard bands.allSatisfy({ $0.low >= -Self.end && $0.high <= Self.end && $0.parts > 0 }),
            count <= Layout.maximumValues
        else { throw .shape("the concordance asks for bands that cannot be counted") }
        var offsets: [Int] = []
        var offset = 0
        for band in bands {
            offsets.append(offset)
            offset += band.parts * band.slots.count
        }
        var counts = [Int64](repeating: 0, count: offset)
        for row in rows {
            var low = 0
            var high = bands.count
            while low < high {
                let middle = (low + high) / 2
                let band = bands[middle]
                if (band.stratum, rounds == 0 ? row.key : band.low) <= (row.stratum, row.key) {
                    low = middle + 1
                } else {
                    high = middle
                }
            }
            guard low > 0, bands[low - 1].stratum == row.stratum else { continue }
            let band = bands[low - 1]
            let slot = band.slots.countNotAfter(row.slot) - 1
            guard rounds == 0 || row.key < band.high, slot >= 0, band.slots[slot] == row.slot else { continue }
            counts[offsets[low - 1] + slot * band.parts + band.part(row.key)] += 1
        }
        return counts
    }

    /// At the hub: decides what the counts decide, and says what the next round looks at.
    func narrowed(_ counts: [Int64]) throws(RoundsError) -> ConcordanceSearch {
        guard counts.count == count else { throw .shape("there are not the counts that the concordance asked for") }
        var next = self
        next.bands = []
        next.undecided = 0
        next.rounds += 1
        var offset = 0
        for band in bands {
            let parts = band.parts
            var later = [Int](repeating: 0, count: parts)
            var inside = later
            for place in band.slots.indices.reversed() {
                let here = counts[offset + place * parts..<offset + (place + 1) * parts].map { Int($0) }
                if band.slots[place].isMultiple(of: 2) {
                    let all = later.reduce(0, +)
                    var below = 0
                    for part in 0..<parts {
                        next.concordant &+= here[part] &* below
                        next.discordant &+= here[part] &* (all - below - later[part])
                        inside[part] &+= here[part] &* later[part]
                        below += later[part]
                    }
                }
                for part in 0..<parts { later[part] += here[part] }
            }
            for part in 0..<parts where inside[part] > 0 {
                // The outermost parts of the first round hold all that lies beyond.
                let low = rounds == 0 && part == 0 ? -Self.end : band.low + part * band.step
                let high =
                    rounds == 0 && part == parts - 1 ? Self.end : min(band.high, band.low + (part + 1) * band.step)
                if high - low == 1 {
                    next.tied &+= inside[part]
                    continue
                }
                next.undecided &+= inside[part]
                next.bands.append(
                    Band(
                        stratum: band.stratum, low: low, high: high, step: high - low,
                        slots: band.slots.indices.filter { counts[offset + $0 * parts + part] > 0 }
                            .map { band.slots[$0] }))
            }
            offset += parts * band.slots.count
        }
        next.divide()
        return next
    }

    /// Cuts the bands into parts: the fewer patients are left in them, the finer.
    private mutating func divide() {
        let places = bands.reduce(0) { $0 + $1.slots.count }
        let parts = max(Self.leastParts, Self.countsOfARound / max(1, places))
        for index in bands.indices {
            bands[index].step = max(1, (bands[index].high - bands[index].low + parts - 1) / parts)
        }
    }

    /// Whether there is nothing left to divide, or no sense in it.
    var isOver: Bool { bands.isEmpty || count > Self.maximumCounts || rounds >= Self.maximumRounds }

    var outcome: Concordance? {
        Concordance(concordant: concordant, discordant: discordant, tied: tied, undecided: undecided)
    }
}
