/// How well scores order survival times: the share of comparable pairs in which the higher score had the event first.
///
/// Two rows are comparable where the earlier time ended in an event; a row censored at the time of another's event
/// outlived it; two events at one time are not comparable. Equal scores count half. Source: Harrell 1982, as
/// `lifelines.utils.concordance_index` counts.
public enum ConcordanceIndex {
    /// - Returns: NaN where no pair is comparable.
    public static func of(times: [Double], events: [Double], scores: [Double]) -> Double {
        guard times.count == events.count, times.count == scores.count else { return .nan }
        // Ranks of the scores, and a tree of how many rows have each rank among those that live longer.
        let levels = Array(Set(scores)).sorted()
        guard !levels.isEmpty, !levels.contains(where: \.isNaN) else { return .nan }
        var tree = [Int](repeating: 0, count: levels.count + 1)
        func count(upTo rank: Int) -> Int {
            var (place, sum) = (rank, 0)
            while place > 0 {
                sum += tree[place]
                place -= place & -place
            }
            return sum
        }
        func rank(_ score: Double) -> Int {
            var (low, high) = (0, levels.count - 1)
            while low < high {
                let middle = (low + high) / 2
                if levels[middle] < score { low = middle + 1 } else { high = middle }
            }
            return low + 1
        }
        func insert(_ row: Int) {
            var place = rank(scores[row])
            while place < tree.count {
                tree[place] += 1
                place += place & -place
            }
        }
        var (right, pairs, longer) = (0.0, 0.0, 0)
        let order = times.indices.sorted { times[$0] > times[$1] }
        var start = 0
        while start < order.count {
            var end = start
            while end < order.count, times[order[end]] == times[order[start]] { end += 1 }
            let group = order[start..<end]
            for row in group where events[row] <= 0 {
                insert(row)
                longer += 1
            }
            for row in group where events[row] > 0 {
                let own = rank(scores[row])
                let (below, upTo) = (count(upTo: own - 1), count(upTo: own))
                right += Double(below) + Double(upTo - below) / 2
                pairs += Double(longer)
            }
            for row in group where events[row] > 0 {
                insert(row)
                longer += 1
            }
            start = end
        }
        return pairs > 0 ? right / pairs : .nan
    }
}
