/// The records that cannot be told apart by what is known of them.
struct EquivalenceClasses: Sendable {
    /// For each record the number of its class.
    let classes: [Int32]
    /// Records of each class.
    let sizes: [Int]

    /// By all columns at once; without columns all records are one class.
    init(_ columns: [[Int32]], records: Int) {
        var classes = [Int32](repeating: 0, count: records)
        var count: Int32 = records > 0 ? 1 : 0
        for column in columns where column.count == records {
            // Pairs of the class so far and the next value, numbered as they come.
            var numbers: [Int64: Int32] = [:]
            for record in 0..<records {
                let pair = Int64(classes[record]) << 32 | Int64(column[record])
                if let known = numbers[pair] {
                    classes[record] = known
                } else {
                    let new = Int32(clamping: numbers.count)
                    numbers[pair] = new
                    classes[record] = new
                }
            }
            count = Int32(clamping: numbers.count)
        }
        var sizes = [Int](repeating: 0, count: Int(count))
        for number in classes { sizes[Int(number)] += 1 }
        self.classes = classes
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
