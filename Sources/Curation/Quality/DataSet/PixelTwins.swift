/// Digests of pixel data over a whole data set: 32 bytes for each object.
struct PixelTwins: Sendable {
    /// An object by the numbers of its series and its place there.
    struct Member: Sendable {
        let series: UInt32
        let object: UInt32
    }

    private var entries: [(value: PixelDigest.Value, member: Member)] = []

    mutating func add(_ value: PixelDigest.Value, series: Int, object: Int) {
        entries.append((value, Member(series: UInt32(clamping: series), object: UInt32(clamping: object))))
    }

    /// Objects with the same pixels, two of two series or of one, and how many more such pairs there are between them.
    struct Pair: Sendable {
        let first, second: Member
        var count: Int
    }

    /// Pairs of series that share pixels, the one with the lower number first. An object is paired with the first of its
    /// kind only: a thousand copies make a thousand pairs, not half a million.
    consuming func pairs() -> [Pair] {
        entries.sort {
            ($0.value.high, $0.value.low, $0.member.series, $0.member.object)
                < ($1.value.high, $1.value.low, $1.member.series, $1.member.object)
        }
        var found: [UInt64: Pair] = [:]
        var first = 0
        for index in entries.indices where index > 0 {
            guard entries[index].value == entries[first].value else {
                first = index
                continue
            }
            let (one, other) = (entries[first].member, entries[index].member)
            let key = UInt64(one.series) << 32 | UInt64(other.series)
            if found[key] == nil {
                found[key] = Pair(first: one, second: other, count: 1)
            } else {
                found[key]?.count += 1
            }
        }
        return found.sorted { $0.key < $1.key }.map(\.value)
    }
}
