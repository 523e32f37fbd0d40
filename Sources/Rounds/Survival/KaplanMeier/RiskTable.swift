/// Events and patients at risk at each distinct event time, by group: what every curve and test is made of.
struct RiskTable: Sendable, Equatable {
    let groups: Int
    /// In steps of the grid, ascending.
    let ticks: [Int]
    /// `[time][group]`.
    let events: [[Int]]
    let atRisk: [[Int]]

    /// - Parameter leaving: by group, who left before the first event time, then from each to before the next.
    init(_ found: [EventSearch.Found], leaving: [Int64], groups: Int) throws(RoundsError) {
        guard leaving.count == (found.count + 1) * groups, found.allSatisfy({ $0.events.count == groups }) else {
            throw .shape("there are not the counts of who left between the event times")
        }
        self.groups = groups
        ticks = found.map(\.tick)
        events = found.map(\.events)
        var stay = [Int](repeating: 0, count: groups)
        var atRisk = [[Int]](repeating: stay, count: found.count)
        for place in found.indices.reversed() {
            for group in 0..<groups { stay[group] += Int(leaving[(place + 1) * groups + group]) }
            atRisk[place] = stay
        }
        self.atRisk = atRisk
    }

    /// At the site: the counts of the initialiser above.
    static func leaving(_ rows: [(tick: Int, group: Int)], between ticks: [Int], groups: Int) -> [Int64] {
        var counts = [Int64](repeating: 0, count: (ticks.count + 1) * groups)
        for row in rows where row.group < groups {
            counts[ticks.countNotAfter(row.tick) * groups + row.group] += 1
        }
        return counts
    }

    /// One group's events and patients at risk.
    func column(_ group: Int) -> (events: [Int], atRisk: [Int]) {
        (events.map { $0[group] }, atRisk.map { $0[group] })
    }
}

extension [Int] {
    /// How many elements of an ascending array are not greater than a value.
    func countNotAfter(_ value: Int) -> Int {
        var low = 0
        var high = count
        while low < high {
            let middle = (low + high) / 2
            if self[middle] <= value { low = middle + 1 } else { high = middle }
        }
        return low
    }
}
