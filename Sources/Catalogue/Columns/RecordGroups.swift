/// Which records belong together: those of each patient, or of each study, lie side by side.
struct RecordGroups: Sendable {
    private var starts: [Int32]
    private var ends: [Int32]

    /// - Parameter groups: the group of each record, as its place among `count`; those of one group side by side, and -1
    ///   for a record of none.
    init(of groups: [Int32], count: Int) {
        starts = [Int32](repeating: 0, count: count)
        ends = starts
        var last: Int32 = -1
        for (record, group) in groups.enumerated() where group >= 0 && Int(group) < count {
            if group != last { starts[Int(group)] = Int32(truncatingIfNeeded: record) }
            ends[Int(group)] = Int32(truncatingIfNeeded: record + 1)
            last = group
        }
    }

    var count: Int { starts.count }

    subscript(_ group: Int) -> Range<Int> { Int(starts[group])..<Int(ends[group]) }
}
