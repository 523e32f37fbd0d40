/// Who is in a cohort, for comparing it with what was asked before. It stays inside the node.
public struct CohortMembers: Sendable, Hashable {
    public var patients: PatientSet
    /// For each patient, in ascending order of their numbers, a short mark of which of their series are selected: it
    /// changes when the series do.
    public var marks: [UInt16]

    public init(patients: PatientSet, marks: [UInt16]) {
        self.patients = patients
        self.marks = marks
    }

    /// What a series adds to the mark of its patient, in any order: scattered, so that sums rarely agree by chance.
    public static func mark(series: Int64, images: Int64) -> UInt16 {
        var bits = UInt64(bitPattern: series) &* 0x9E37_79B9_7F4A_7C15 ^ UInt64(bitPattern: images)
        bits = (bits ^ bits >> 29) &* 0xBF58_476D_1CE4_E5B9
        return UInt16(truncatingIfNeeded: bits >> 32)
    }

    /// How many patients are in one of two cohorts only, or are in both with other series.
    public func changes(to other: CohortMembers) -> Int {
        let (mine, theirs) = (patients.numbers, other.patients.numbers)
        var (left, right, changed) = (0, 0, 0)
        while left < mine.count || right < theirs.count {
            if right == theirs.count || (left < mine.count && mine[left] < theirs[right]) {
                (left, changed) = (left + 1, changed + 1)
            } else if left == mine.count || theirs[right] < mine[left] {
                (right, changed) = (right + 1, changed + 1)
            } else {
                let isSame = left < marks.count && right < other.marks.count && marks[left] == other.marks[right]
                (left, right, changed) = (left + 1, right + 1, changed + (isSame ? 0 : 1))
            }
        }
        return changed
    }
}
