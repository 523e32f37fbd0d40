/// Finds the distinct event times of all sites from sums alone, without counting at every step of the grid.
///
/// The first round counts events in windows whose bins grow with the time (64 single steps, then 32 bins an octave).
/// Each next round looks at the bins that hold an event, in 64 parts, until a bin is a single step. On a grid of days
/// that takes two rounds; the counts of a round are never more than 64 times the number of events.
struct EventSearch: Codable, Sendable, Equatable {
    /// `bins` bins of `step` steps each, from the step `start` on.
    struct Window: Codable, Sendable, Equatable {
        var start: Int
        var step: Int
        var bins: Int
    }

    /// A time step with events, and how many of each group.
    struct Found: Codable, Sendable, Equatable {
        var tick: Int
        var events: [Int]
    }

    var groups: Int
    /// In the order of time, without overlap.
    var windows: [Window]
    /// In the order of time once the search is over.
    var found: [Found] = []

    /// The bins of the first round.
    static let firstWindows: [Window] =
        [Window(start: 0, step: 1, bins: 64)] + (6...40).map { Window(start: 1 << $0, step: 1 << ($0 - 5), bins: 32) }

    init(groups: Int) {
        self.groups = max(1, groups)
        windows = Self.firstWindows
    }

    var isOver: Bool { windows.isEmpty }

    private var bins: Int {
        windows.reduce(0) { $0.addingReportingOverflow($1.bins).overflow ? Int.max : $0 + $1.bins }
    }

    /// The number of counts in this round.
    var count: Int {
        let (count, overflow) = bins.multipliedReportingOverflow(by: groups)
        return overflow ? Int.max : count
    }

    /// At the site: how many of the ticks fall into each bin, for each group.
    func counts(_ ticks: some Sequence<(tick: Int, group: Int)>) throws(RoundsError) -> [Int64] {
        guard groups > 0, count <= Layout.maximumValues,
            windows.allSatisfy({ $0.step > 0 && $0.bins >= 0 && $0.start >= 0 })
        else {
            throw .shape("the search for the event times asks for too many counts: choose a larger `unit`")
        }
        var offsets: [Int] = []
        var offset = 0
        for window in windows {
            offsets.append(offset)
            offset += window.bins
        }
        var counts = [Int64](repeating: 0, count: count)
        for (tick, group) in ticks where group >= 0 && group < groups {
            // The last window that starts at the tick or before.
            var low = 0
            var high = windows.count
            while low < high {
                let middle = (low + high) / 2
                if windows[middle].start <= tick { low = middle + 1 } else { high = middle }
            }
            guard low > 0 else { continue }
            let window = windows[low - 1]
            let bin = (tick - window.start) / window.step
            if bin < window.bins { counts[(offsets[low - 1] + bin) * groups + group] += 1 }
        }
        return counts
    }

    /// At the hub: what the next round looks at.
    func narrowed(_ counts: [Int64]) throws(RoundsError) -> EventSearch {
        // Ties of more events are not worked through one by one.
        guard counts.count == count, counts.allSatisfy({ $0 >= 0 && $0 < 1 << 24 }) else {
            throw .shape("there are not the counts that the search asked for")
        }
        var next = self
        next.windows = []
        var place = 0
        for window in windows {
            for bin in 0..<window.bins {
                let events = counts[place..<place + groups]
                place += groups
                guard events.contains(where: { $0 > 0 }) else { continue }
                let start = window.start + bin * window.step
                if window.step == 1 {
                    next.found.append(Found(tick: start, events: events.map { Int($0) }))
                } else {
                    let step = max(1, window.step / 64)
                    next.windows.append(Window(start: start, step: step, bins: window.step / step))
                }
            }
        }
        if next.windows.isEmpty { next.found.sort { $0.tick < $1.tick } }
        return next
    }
}
