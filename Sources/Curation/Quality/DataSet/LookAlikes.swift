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
        for band in 0..<7 {
            let shift = UInt64(band * 9)
            let mask: UInt64 = band == 6 ? 0x3FF : 0x1FF
            var order = Array(marks.indices)
            order.sort { marks[$0].hash.bits >> shift & mask < marks[$1].hash.bits >> shift & mask }
            var start = 0
            while start < order.count {
                let value = marks[order[start]].hash.bits >> shift & mask
                var end = start + 1
                while end < order.count, marks[order[end]].hash.bits >> shift & mask == value { end += 1 }
                if end - start > Self.crowd {
                    crowded += 1
                } else {
                    compare(order[start..<end], isWanted, &found)
                }
                start = end
            }
        }
        return (found.sorted { $0.key < $1.key }.map(\.value), crowded)
    }

    private func compare(
        _ group: ArraySlice<Int>, _ isWanted: (Int, Int) -> Bool, _ found: inout [UInt64: Pair]
    ) {
        for (position, index) in group.enumerated() {
            for other in group.dropFirst(position + 1) {
                let (a, b) = (min(index, other), max(index, other))
                let (one, two) = (members[a].series, members[b].series)
                guard one != two, marks[a].hash.distance(to: marks[b].hash) <= PictureMark.hashDistance,
                    isWanted(Int(one), Int(two))
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
