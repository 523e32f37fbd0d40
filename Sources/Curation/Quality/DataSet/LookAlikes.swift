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

    /// Frames whose hashes share a band are compared, at most so many of a band.
    private static let crowd = 4_096

    /// Pairs between series for which `isWanted` says that likeness means something.
    ///
    /// Hashes that differ in 6 bits or fewer agree in at least one of 7 bands of 9 or 10 bits; only frames that agree in a
    /// band are compared. Bands that thousands of frames share are crowded by plain backgrounds and left out: the second
    /// number is how many of them there were.
    func pairs(where isWanted: (Int, Int) -> Bool) -> (pairs: [Pair], crowdedBands: Int) {
        var found: [UInt64: Pair] = [:]
        var crowded = 0
        for band in 0..<Self.bands {
            var order = Array(marks.indices)
            order.sort { value($0, band) < value($1, band) }
            var start = 0
            while start < order.count {
                let shared = value(order[start], band)
                var end = start + 1
                while end < order.count, value(order[end], band) == shared { end += 1 }
                if end - start > Self.crowd {
                    crowded += 1
                } else {
                    compare(order[start..<end], band, isWanted, &found)
                }
                start = end
            }
        }
        return (found.sorted { $0.key < $1.key }.map(\.value), crowded)
    }

    private static let bands = 7

    /// 9 bits of a hash, the last 10.
    private func value(_ index: Int, _ band: Int) -> UInt64 {
        marks[index].hash.bits >> UInt64(band * 9) & (band == Self.bands - 1 ? 0x3FF : 0x1FF)
    }

    private func compare(
        _ group: ArraySlice<Int>, _ band: Int, _ isWanted: (Int, Int) -> Bool, _ found: inout [UInt64: Pair]
    ) {
        for (position, index) in group.enumerated() {
            for other in group.dropFirst(position + 1) {
                let (a, b) = (min(index, other), max(index, other))
                let (one, two) = (members[a].series, members[b].series)
                guard one != two, marks[a].hash.distance(to: marks[b].hash) <= PictureMark.hashDistance,
                    // Those that agree in several bands are met several times, and counted once.
                    !(0..<band).contains(where: { value(a, $0) == value(b, $0) }), isWanted(Int(one), Int(two))
                else { continue }
                let likeness = marks[a].correlation(with: marks[b])
                guard likeness >= PictureMark.likeness else { continue }
                let swapped = one > two
                let key = UInt64(min(one, two)) << 32 | UInt64(max(one, two))
                let count = (found[key]?.count ?? 0) + 1
                if let known = found[key], known.likeness >= likeness {
                    found[key]?.count = count
                } else {
                    found[key] = Pair(
                        first: members[swapped ? b : a], second: members[swapped ? a : b], likeness: likeness,
                        count: count)
                }
            }
        }
    }
}
