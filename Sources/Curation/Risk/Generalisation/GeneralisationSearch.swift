/// Looks for the ways to k records per class that lose least: some facts told less exactly, some records left out.
///
/// Every choice of a level for each fact is a node of a lattice. What generalisation loses grows along its edges, and
/// leaving records out only adds to it, so nodes are visited in the order of that loss: once it is above what the best
/// ways cost, no better one can come (the optimum that Flash and OLA find, here by uniform cost). Where the lattice is too
/// large to see that through, a greedy way (Datafly: always coarsen the fact with most values) is made better step by step,
/// one fact finer, another coarser, as long as that loses less; and it is said that not all ways were seen.
struct GeneralisationSearch {
    private let columns: [GeneralisedColumn]
    /// Different records with how many times each comes.
    private let tuples: [[Int32]]
    private let counts: [Int]
    private let records: Int
    private let k: Int
    private let mostSuppressed: Int
    /// For each column and level what it loses over all records, on the scale of one record.
    private let lost: [[Double]]
    /// Work that is done at most, in nodes times tuples.
    private let budget: Int

    /// A choice of levels and what it costs.
    struct Way: Equatable {
        let levels: [Int]
        let suppressed: Int
        /// 0: nothing lost; 1: nothing left.
        let loss: Double
    }

    struct Found {
        var ways: [Way] = []
        /// Whether no cheaper way was left unseen.
        var isOptimal = true
        var visited = 0
    }

    init(
        _ table: RiskTable, columns: [GeneralisedColumn], k: Int, mostSuppressed: Int, budget: Int = 400_000_000
    ) {
        self.columns = columns
        self.k = k
        self.mostSuppressed = mostSuppressed
        self.budget = budget
        records = table.count
        let classes = EquivalenceClasses(table.codes, records: table.count)
        var first = [Int](repeating: -1, count: classes.sizes.count)
        for (record, number) in classes.classes.enumerated() where first[Int(number)] < 0 {
            first[Int(number)] = record
        }
        let tuples = table.codes.map { column in first.map { column[$0] } }
        let counts = classes.sizes
        lost = zip(columns, tuples).map { column, codes in
            column.losses.map { losses in
                zip(codes, counts).reduce(0) { $0 + losses[Int($1.0)] * Double($1.1) }
            }
        }
        self.tuples = tuples
        self.counts = counts
    }

    /// The `most` cheapest ways, and the cheapest without leaving records out.
    func find(most: Int) -> Found {
        var found = Found()
        // Fewer records than k are never enough: nothing but leaving everything out would do.
        guard k > 0, records >= k else { return found }
        var waiting = Heap()
        var seen: Set<[Int]> = []
        let start = [Int](repeating: 0, count: columns.count)
        seen.insert(start)
        waiting.push(start, generalisationLoss(start))
        var whole: Way?
        var spent = 0
        while let (levels, bound) = waiting.pop() {
            let worst = found.ways.count < most ? Double.infinity : found.ways.last?.loss ?? .infinity
            if bound >= worst, whole != nil { break }
            if spent > budget {
                found.isOptimal = false
                break
            }
            spent += counts.count * max(columns.count, 1)
            found.visited += 1
            let way = evaluate(levels)
            if way.suppressed == 0, whole == nil { whole = way }
            if way.suppressed <= mostSuppressed { insert(way, &found.ways, most) }
            for index in levels.indices where levels[index] + 1 < columns[index].levels.count {
                var next = levels
                next[index] += 1
                if seen.insert(next).inserted { waiting.push(next, generalisationLoss(next)) }
            }
        }
        if !found.isOptimal {
            greedy(&found, &whole, most)
            if let best = found.ways.first { climb(from: best, &found, most) }
        }
        if let whole, !found.ways.contains(whole) { found.ways.append(whole) }
        return found
    }

    private func insert(_ way: Way, _ ways: inout [Way], _ most: Int) {
        if ways.contains(where: { $0.levels == way.levels }) { return }
        let place = ways.firstIndex { way.loss < $0.loss } ?? ways.count
        ways.insert(way, at: place)
        if ways.count > most { ways.removeLast() }
    }

    /// Datafly: the fact with most values is made coarser until few enough records are left over.
    private func greedy(_ found: inout Found, _ whole: inout Way?, _ most: Int) {
        var levels = [Int](repeating: 0, count: columns.count)
        while true {
            let way = evaluate(levels)
            if way.suppressed <= mostSuppressed { insert(way, &found.ways, most) }
            if way.suppressed == 0 {
                if whole == nil { whole = way }
                return
            }
            let next = levels.indices.filter { levels[$0] + 1 < columns[$0].levels.count }
                .max { columns[$0].names[levels[$0]].count < columns[$1].names[levels[$1]].count }
            guard let next else { return }
            levels[next] += 1
        }
    }

    /// From a way to the best of its neighbours, until none loses less.
    private func climb(from start: Way, _ found: inout Found, _ most: Int) {
        var best = start
        var seen: Set<[Int]> = [start.levels]
        var spent = 0
        while spent <= budget {
            var better: Way?
            for levels in neighbours(of: best.levels) where seen.insert(levels).inserted {
                // What generalisation alone loses is enough to rule most of them out.
                guard generalisationLoss(levels) < (better ?? best).loss else { continue }
                spent += counts.count * max(columns.count, 1)
                found.visited += 1
                let way = evaluate(levels)
                guard way.suppressed <= mostSuppressed else { continue }
                insert(way, &found.ways, most)
                if way.loss < (better ?? best).loss { better = way }
            }
            guard let next = better else { return }
            best = next
        }
    }

    /// One fact finer, and at most one other coarser.
    private func neighbours(of levels: [Int]) -> [[Int]] {
        var all: [[Int]] = []
        for finer in levels.indices where levels[finer] > 0 {
            var next = levels
            next[finer] -= 1
            all.append(next)
            for coarser in levels.indices
            where coarser != finer && levels[coarser] + 1 < columns[coarser].levels.count {
                var pair = next
                pair[coarser] += 1
                all.append(pair)
            }
        }
        return all
    }

    // MARK: One node

    private func evaluate(_ levels: [Int]) -> Way {
        let classes = EquivalenceClasses(
            columns.indices.map { index in
                EquivalenceClasses.Column(
                    codes: tuples[index], groups: columns[index].groups[levels[index]],
                    count: columns[index].names[levels[index]].count)
            }, records: counts.count)
        var sizes = [Int](repeating: 0, count: classes.sizes.count)
        for (tuple, number) in classes.classes.enumerated() { sizes[Int(number)] += counts[tuple] }
        var (suppressed, lost) = (0, 0.0)
        for (tuple, number) in classes.classes.enumerated() {
            if sizes[Int(number)] < k {
                suppressed += counts[tuple]
            } else {
                lost += loss(tuple, levels) * Double(counts[tuple])
            }
        }
        return Way(levels: levels, suppressed: suppressed, loss: (lost + Double(suppressed)) / Double(records))
    }

    private func generalisationLoss(_ levels: [Int]) -> Double {
        let sum = columns.indices.reduce(0) { $0 + lost[$1][levels[$1]] }
        return sum / Double(max(columns.count, 1) * records)
    }

    private func loss(_ tuple: Int, _ levels: [Int]) -> Double {
        guard !columns.isEmpty else { return 0 }
        var sum = 0.0
        for index in columns.indices { sum += columns[index].losses[levels[index]][Int(tuples[index][tuple])] }
        return sum / Double(columns.count)
    }
}

/// The nodes that wait, the one of least loss first; of equals the one of lower levels, so that results do not vary.
private struct Heap {
    private var items: [(levels: [Int], loss: Double)] = []

    mutating func push(_ levels: [Int], _ loss: Double) {
        items.append((levels, loss))
        var child = items.count - 1
        while child > 0, precedes(items[child], items[(child - 1) / 2]) {
            items.swapAt(child, (child - 1) / 2)
            child = (child - 1) / 2
        }
    }

    mutating func pop() -> (levels: [Int], loss: Double)? {
        guard let first = items.first, let last = items.popLast() else { return nil }
        if items.isEmpty { return first }
        items[0] = last
        var parent = 0
        while true {
            var least = parent
            for child in [2 * parent + 1, 2 * parent + 2]
            where child < items.count && precedes(items[child], items[least]) {
                least = child
            }
            if least == parent { return first }
            items.swapAt(parent, least)
            parent = least
        }
    }

    private func precedes(_ left: (levels: [Int], loss: Double), _ right: (levels: [Int], loss: Double)) -> Bool {
        left.loss != right.loss ? left.loss < right.loss : left.levels.lexicographicallyPrecedes(right.levels)
    }
}
