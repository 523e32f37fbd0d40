/// Finds order statistics (the k-th smallest value of all sites) exactly, by counts alone.
///
/// A double's bits, turned so that their order is that of the numbers, are found eight at a time: every round asks how
/// many values begin with the bits found so far and go on with each of the 256 next ones. After eight rounds the value
/// is known to the bit.
struct OrderSearch: Codable, Sendable, Equatable {
    struct Target: Codable, Sendable, Equatable {
        /// Which of the variables.
        let variable: Int
        /// How many values are smaller or equal and stand before it: 0 is the smallest.
        var rank: Int64
        var prefix: UInt64 = 0
    }

    static let rounds = 8
    /// The most values that one search may look for.
    static let maximumTargets = 4096

    private(set) var targets: [Target]
    /// How many bytes of the targets are known.
    private(set) var level = 0

    init(_ targets: [Target]) throws(RoundsError) {
        guard targets.count <= Self.maximumTargets else {
            throw .plan("more than \(Self.maximumTargets) quantiles are not searched for at once")
        }
        self.targets = targets
    }

    var isDone: Bool { !(0..<Self.rounds).contains(level) || targets.isEmpty }

    struct Interval: Hashable {
        let variable: Int
        let prefix: UInt64
    }

    /// The different beginnings of the targets, in the order of their counts.
    var intervals: [Interval] {
        var seen: Set<Interval> = []
        return targets.map { Interval(variable: $0.variable, prefix: $0.prefix) }.filter { seen.insert($0).inserted }
    }

    /// 256 counts for each interval.
    func counts(_ columns: [[Double]]) -> [Int64] {
        guard !isDone else { return [] }
        let intervals = intervals
        var counts = [Int64](repeating: 0, count: intervals.count * 256)
        var places: [Int: [UInt64: Int]] = [:]
        for (place, interval) in intervals.enumerated() {
            places[interval.variable, default: [:]][interval.prefix] = place
        }
        for (variable, known) in places where columns.indices.contains(variable) {
            for value in columns[variable] where !value.isNaN {
                let key = Self.key(value)
                guard let place = known[level == 0 ? 0 : key >> UInt64(64 - 8 * level)] else { continue }
                counts[place * 256 + Int(key >> UInt64(56 - 8 * level) & 255)] += 1
            }
        }
        return counts
    }

    /// The search with eight more bits of every target.
    func narrowed(_ counts: [Int64]) throws(RoundsError) -> OrderSearch {
        let intervals = intervals
        guard counts.count == intervals.count * 256, counts.allSatisfy({ $0 >= 0 }), !isDone else {
            throw .shape("the search asked for other counts")
        }
        let places = Dictionary(zip(intervals, intervals.indices)) { first, _ in first }
        var next = self
        for index in targets.indices {
            let target = targets[index]
            guard let place = places[Interval(variable: target.variable, prefix: target.prefix)] else { continue }
            var rank = target.rank
            var byte: UInt64 = 0
            for count in counts[(place * 256)..<(place * 256 + 255)] {
                if rank < count { break }
                rank -= count
                byte += 1
            }
            guard rank < counts[place * 256 + Int(byte)] else {
                throw .shape("the counts of a search do not add up from round to round: a site's data has changed")
            }
            next.targets[index].rank = rank
            next.targets[index].prefix = target.prefix << 8 | byte
        }
        next.level += 1
        return next
    }

    /// The values that were found, in the order of the targets.
    var values: [Double] { targets.map { Self.value($0.prefix) } }

    /// Bits whose unsigned order is the order of the numbers. Both zeros are one number.
    static func key(_ value: Double) -> UInt64 {
        let bits = value == 0 ? 0 : value.bitPattern
        return bits >> 63 == 1 ? ~bits : bits | 1 << 63
    }

    static func value(_ key: UInt64) -> Double {
        Double(bitPattern: key >> 63 == 1 ? key & ~(1 << 63) : ~key)
    }
}
