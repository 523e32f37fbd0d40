/// One record of the common data model, as a mapping makes it from a site's tables and as the node's index keeps it.
///
/// It is pseudonymous: the patient is the pseudonym that the patient's images bear, and dates are shifted with theirs.
public struct ClinicalRecord: Sendable, Equatable {
    public let entity: CohortEntity
    /// The patient's pseudonym.
    public let patient: String
    /// Tells the record from others of its entity and patient. The same key comes again when the same source is mapped
    /// again, so that records are replaced and never doubled.
    public let key: String
    /// By the attribute's full name (`condition.topography`). Codes are in their stored spelling, numbers in the
    /// attribute's unit, dates yyyymmdd.
    public var values: [String: [CohortValue]]

    public init(entity: CohortEntity, patient: String, key: String, values: [String: [CohortValue]] = [:]) {
        self.entity = entity
        self.patient = patient
        self.key = key
        self.values = values
    }
}
