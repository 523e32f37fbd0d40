/// Means that a few dishonest sites cannot move far.
///
/// The arithmetic is Flower's (`flwr.serverapp.strategy`): distances are squared, a site's own is left out, Bulyan
/// chooses its sites in one pass of Multi-Krum.
extension Strategy {
    func robustMean(_ changes: [SiteChange], _ weighting: SiteWeighting) throws(RoundsError) -> [Double] {
        guard let first = changes.first else { throw .numerical("no site is in the average") }
        let vectors = changes.map(\.delta.values)
        let count = first.delta.values.count
        switch self {
        case .median: return Self.byCoordinate(vectors, count, Self.middle)
        case .trimmedMean(let cut):
            let drop = Int(cut * Double(vectors.count))
            return Self.byCoordinate(vectors, count) { sorted in
                let kept = sorted[drop..<(sorted.count - drop)]
                return kept.reduce(0, +) / Double(kept.count)
            }
        case .krum(let dishonest):
            return try Self.mean(changes, Self.nearest(vectors, dishonest, keep: 1), weighting)
        case .multiKrum(let dishonest, let keep):
            return try Self.mean(changes, Self.nearest(vectors, dishonest, keep: keep), weighting)
        case .bulyan(let dishonest):
            let (product, overflow) = dishonest.multipliedReportingOverflow(by: 4)
            guard !overflow, product < vectors.count - 2 else {
                throw .numerical("Bulyan against \(dishonest) dishonest sites needs 4 times as many sites and 3 more")
            }
            let chosen = Self.nearest(vectors, dishonest, keep: vectors.count - 2 * dishonest).map { vectors[$0] }
            let kept = chosen.count - 2 * dishonest
            return Self.byCoordinate(chosen, count) { sorted in
                let middle = Self.middle(sorted)
                let near = sorted.sorted { abs($0 - middle) < abs($1 - middle) }.prefix(kept)
                return near.reduce(0, +) / Double(near.count)
            }
        default: throw .plan("the strategy is not a robust one")
        }
    }

    /// A function of the sorted values of each coordinate.
    private static func byCoordinate(_ vectors: [[Float]], _ count: Int, _ pick: ([Double]) -> Double) -> [Double] {
        var column = [Double](repeating: 0, count: vectors.count)
        return (0..<count).map { place in
            for (site, vector) in vectors.enumerated() { column[site] = Double(vector[place]) }
            column.sort()
            return pick(column)
        }
    }

    private static func middle(_ sorted: [Double]) -> Double {
        let half = sorted.count / 2
        return sorted.count.isMultiple(of: 2) ? (sorted[half - 1] + sorted[half]) / 2 : sorted[half]
    }

    /// The sites whose squared distances to their nearest n − f − 2 others have the smallest sums.
    private static func nearest(_ vectors: [[Float]], _ dishonest: Int, keep: Int) -> [Int] {
        let sites = vectors.indices
        var distances = [[Double]](repeating: [Double](repeating: 0, count: sites.count), count: sites.count)
        for one in sites {
            for other in sites where other > one {
                let distance = zip(vectors[one], vectors[other]).reduce(0.0) { sum, pair in
                    let difference = Double(pair.0) - Double(pair.1)
                    return sum + difference * difference
                }
                distances[one][other] = distance
                distances[other][one] = distance
            }
        }
        let neighbours = max(1, sites.count - min(dishonest, sites.count) - 2)
        let scores = sites.map { one in
            sites.filter { $0 != one }.map { distances[one][$0] }.sorted().prefix(neighbours).reduce(0, +)
        }
        return Array(sites.sorted { (scores[$0], $0) < (scores[$1], $1) }.prefix(keep))
    }

    private static func mean(
        _ changes: [SiteChange], _ chosen: [Int], _ weighting: SiteWeighting
    ) throws(RoundsError) -> [Double] {
        var average = WeightedAverage(count: changes.first?.delta.values.count ?? 0)
        for site in chosen {
            try average.add(changes[site].delta.values, weight: weighting.weight(changes[site].rows))
        }
        return try average.mean()
    }
}
