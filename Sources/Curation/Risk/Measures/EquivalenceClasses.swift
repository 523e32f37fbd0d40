/// The records that cannot be told apart by what is known of them.
struct EquivalenceClasses: Sendable {
    /// For each record the number of its class.
    let classes: [Int32]
    /// Records of each class.
    let sizes: [Int]

    /// A column of codes, and the group that each code belongs to.
    struct Column {
        let codes: [Int32]
        let groups: [Int32]
        let count: Int
    }

    /// By all columns at once; without columns all records are one class.
    init(_ columns: [[Int32]], records: Int) {
        self.init(
            columns.map { codes in
                let count = Int(codes.max() ?? -1) + 1
                return Column(codes: codes, groups: (0..<count).map { Int32(clamping: $0) }, count: count)
            }, records: records)
    }

    /// By the groups of all columns at once.
    init(_ columns: [Column], records: Int) {
        var numbering = Numbering(records)
        // The codes of a record as the digits of one number; where it would grow too long, it is numbered anew.
        var keys = [UInt64](repeating: 0, count: records)
        var range: UInt64 = 1
        for column in columns where column.codes.count == records && column.count > 1 {
            let base = UInt64(column.count)
            if range.multipliedReportingOverflow(by: base).overflow {
                numbering.number(&keys)
                range = UInt64(max(numbering.count, 1))
            }
            // Records and values are fewer than 2^31 each, so their product fits.
            range *= base
            for record in 0..<records {
                keys[record] = keys[record] * base + UInt64(column.groups[Int(column.codes[record])])
            }
        }
        numbering.number(&keys)
        var sizes = [Int](repeating: 0, count: numbering.count)
        for key in keys { sizes[Int(key)] += 1 }
        classes = keys.map { Int32(clamping: $0) }
        self.sizes = sizes
    }

    var smallest: Int { sizes.min() ?? 0 }

    /// Records in the class of a record, that one included.
    func size(of record: Int) -> Int {
        guard classes.indices.contains(record) else { return 0 }
        return sizes[Int(classes[record])]
    }

    /// Records in classes smaller than `k`.
    func records(below k: Int) -> Int { sizes.reduce(0) { $1 < k ? $0 + $1 : $0 } }

    /// The records of each class.
    var members: [[Int]] {
        var members = sizes.map { size in
            var list: [Int] = []
            list.reserveCapacity(size)
            return list
        }
        for (record, number) in classes.enumerated() { members[Int(number)].append(record) }
        return members
    }
}

/// Numbers keys as they come: a table with open places, as it is filled a hundred thousand times in a search.
private struct Numbering {
    private(set) var count = 0
    private var places: [Int32]
    private var keys: [UInt64]

    init(_ records: Int) {
        var size = 16
        while size < 2 * records { size *= 2 }
        places = Array(repeating: -1, count: size)
        keys = Array(repeating: 0, count: size)
    }

    /// Puts in the place of each key its number.
    mutating func number(_ all: inout [UInt64]) {
        for place in places.indices { places[place] = -1 }
        count = 0
        let mask = UInt64(places.count - 1)
        for index in all.indices {
            let key = all[index]
            var place = Int(Self.mixed(key) & mask)
            while places[place] >= 0, keys[place] != key { place = (place + 1) & Int(mask) }
            if places[place] < 0 {
                places[place] = Int32(clamping: count)
                keys[place] = key
                count += 1
            }
            all[index] = UInt64(places[place])
        }
    }

    /// The finaliser of SplitMix64: keys that follow each other end far apart.
    private static func mixed(_ key: UInt64) -> UInt64 {
        var z = key
        z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
        z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
        return z ^ (z >> 31)
    }
}
