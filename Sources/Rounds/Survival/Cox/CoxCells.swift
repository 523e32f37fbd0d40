/// The event times of each stratum in a row: a cell is the time from one event time to before the next of its stratum.
struct CoxCells: Equatable {
    /// Of each cell, in steps; strata one after another.
    private(set) var ticks: [Int] = []
    /// Events of each cell.
    private(set) var events: [Int] = []
    /// The place of each cell's time among all distinct event times.
    private(set) var times: [Int] = []
    /// The cells of each stratum.
    private(set) var ranges: [Range<Int>] = []

    init(_ found: [EventSearch.Found], strata: Int) {
        for stratum in 0..<max(0, strata) {
            let start = ticks.count
            for (place, time) in found.enumerated()
            where time.events.indices.contains(stratum) && time.events[stratum] > 0 {
                ticks.append(time.tick)
                events.append(time.events[stratum])
                times.append(place)
            }
            ranges.append(start..<ticks.count)
        }
    }

    /// One site's own cells.
    init(ticks: [Int], events: [Bool], strata: [Int], count: Int) {
        var counts: [Int: [Int]] = [:]
        for row in ticks.indices where events[row] && strata[row] < count {
            counts[ticks[row], default: [Int](repeating: 0, count: count)][strata[row]] += 1
        }
        self.init(
            counts.sorted { $0.key < $1.key }.map { EventSearch.Found(tick: $0.key, events: $0.value) }, strata: count)
    }

    var count: Int { ticks.count }

    /// The cell of a time; nil before the first event of the stratum, where a row is in no risk set.
    func cell(_ tick: Int, stratum: Int) -> Int? {
        guard ranges.indices.contains(stratum) else { return nil }
        let range = ranges[stratum]
        var low = range.lowerBound
        var high = range.upperBound
        while low < high {
            let middle = (low + high) / 2
            if ticks[middle] <= tick { low = middle + 1 } else { high = middle }
        }
        return low > range.lowerBound ? low - 1 : nil
    }

    /// The cells with more than one event, in order.
    var tied: [Int] { events.indices.filter { events[$0] > 1 } }
}
