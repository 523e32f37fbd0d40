/// A cohort's patients as a table, in memory: one row a patient, no name for any row.
public struct PatientTable: Sendable {
    public enum Column: Sendable, Equatable {
        /// In the attribute's unit; not a number where nothing is recorded.
        case numbers([Double])
        /// Places in `levels`; nil where nothing is recorded.
        case words([Int?], levels: [String])
    }

    public let patients: Int
    /// In the order in which they were asked for.
    public let columns: [(name: String, values: Column)]
    /// The state of the index that it was made from.
    public let token: Int64
}
