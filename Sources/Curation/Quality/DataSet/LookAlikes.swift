import DICOMImaging

/// Marks of frames over a whole data set: some 180 bytes for each frame looked at.
struct LookAlikes: Sendable {
    struct Member: Sendable {
        let series: UInt32
        let object: UInt32
        let frame: UInt32
    }

    /// Two frames that look the same, and how many more there are between the same two series.
    struct Pair: Sendable {
        let first, second: Member
        let likeness: Double
        var count: Int
    }

    private var marks: [PictureMark] = []
    private var members: [Member] = []

    mutating func add(_ mark: PictureMark, series: Int, object: Int, frame: Int) {
        marks.append(mark)
        members.append(
            Member(
                series: UInt32(clamping: series), object: UInt32(clamping: object), frame: UInt32(clamping: frame)))
    }

    /// Up to so many frames whose hashes share a band are all compared with one another.
    private static let crowd = 4_096
    /// In larger groups each frame is compared with so many of those whose hashes come next.
    private static let neighbours = 64

    /// Pairs between series for which `isWanted` says that likeness means something.
    ///
    /// Hashes that differ in 6 bits or fewer agree in at least one of 7 bands of 9 or 10 bits; only frames that agree in a
    /// band are compared. Bands that thousands of frames share are crowded by plain backgrounds: there, only frames with
    /// nearly the same hash are. The second number is how many of them there were.
    func pairs(where isWanted: (Int, Int) -> Bool) -> (pairs: [Pair], crowdedBands: Int) {
        var search = Search()
        for band in 0..<Self.bands {
            var order = Array(marks.indices)
            order.sort { (value($0, band), marks[$0].hash.bits, $0) < (value($1, band), marks[$1].hash.bits, $1) }
            var start = 0
            while start < order.count {
                let shared = value(order[start], band)
                var end = start + 1
                while end < order.count, value(order[end], band) == shared { end += 1 }
                let isCrowded = end - start > Self.crowd
                if isCrowded { search.crowded.insert(UInt64(band) << 32 | shared) }
                let reach = isCrowded ? Self.neighbours : Self.crowd
                for position in start..<end {
                    for other in order[position + 1..<min(position + 1 + reach, end)] {
                        compare(order[position], other, band, isCrowded, isWanted, &search)
                    }
                }
                start = end
            }
        }
        return (search.found.sorted { $0.key < $1.key }.map(\.value), search.crowded.count)
    }

    /// What has been found so far.
    private struct Search {
        /// By the two series.
        var found: [UInt64: Pair] = [:]
        /// Bands with their values that were crowded.
        var crowded: Set<UInt64> = []
        /// Pairs of frames that were met in a crowd: they may be met again elsewhere.
        var met: Set<UInt64> = []
    }

    private static let bands = 7

    /// 9 bits of a hash, the last 10.
    private func value(_ index: Int, _ band: Int) -> UInt64 {
        marks[index].hash.bits >> UInt64(band * 9) & (band == Self.bands - 1 ? 0x3FF : 0x1FF)
    }

    private func compare(
        _ index: Int, _ other: Int, _ band: Int, _ isCrowded: Bool, _ isWanted: (Int, Int) -> Bool,
        _ search: inout Search
    ) {
        let (a, b) = (min(index, other), max(index, other))
        // Series are added one after another, so that `a` is of the earlier one.
        let (one, two) = (members[a].series, members[b].series)
        guard one != two, marks[a].hash.distance(to: marks[b].hash) <= PictureMark.hashDistance,
            isWanted(Int(one), Int(two)), !isKnown(a, b, band, search)
        else { return }
        let likeness = marks[a].correlation(with: marks[b])
        guard likeness >= PictureMark.likeness else { return }
        if isCrowded { search.met.insert(UInt64(a) << 32 | UInt64(b)) }
        let key = UInt64(one) << 32 | UInt64(two)
        let count = (search.found[key]?.count ?? 0) + 1
        if let known = search.found[key], known.likeness >= likeness {
            search.found[key]?.count = count
        } else {
            search.found[key] = Pair(first: members[a], second: members[b], likeness: likeness, count: count)
        }
    }

    /// Whether a pair was met in an earlier band: those that agree in several are counted once.
    private func isKnown(_ a: Int, _ b: Int, _ band: Int, _ search: Search) -> Bool {
        for earlier in 0..<band {
            let shared = value(a, earlier)
            if shared == value(b, earlier), !search.crowded.contains(UInt64(earlier) << 32 | shared) { return true }
        }
        return search.met.contains(UInt64(a) << 32 | UInt64(b))
    }
}
