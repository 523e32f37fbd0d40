public import Cohort

/// What one mapping made of one source: everything that the index is to know from it.
public struct FactBatch: Sendable, Equatable {
    /// What the records came from, by the mapping's name: the next batch of the same source replaces this one.
    public var source: String
    public var records: [ClinicalRecord]

    public init(source: String, records: [ClinicalRecord]) {
        self.source = source
        self.records = records
    }
}

/// What became of a batch of facts.
public struct FactChanges: Sendable, Equatable {
    /// Records that the index did not have.
    public var added = 0
    /// Records that say something else than before.
    public var changed = 0
    public var unchanged = 0
    /// Records of the source that are not in the batch any more.
    public var removed = 0
    /// Patients in the batch of whom the index holds no images.
    public var patientsWithoutImages = 0

    public init() {}
}
