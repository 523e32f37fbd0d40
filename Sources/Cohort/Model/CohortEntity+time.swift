extension CohortEntity {
    /// The attribute that says on which day a record was, by its full name; nil for what has no day.
    public var dateAttribute: String? {
        switch self {
        case .condition: "condition.dateOfDiagnosis"
        case .treatment: "treatment.startDate"
        case .study: "study.date"
        case .marker, .laboratory, .procedure, .assessment, .specimen, .followUp: "\(rawValue).date"
        default: nil
        }
    }

    /// The attribute that says how many days after the diagnosis a record was; nil for what has no such day.
    public var dayAttribute: String? {
        switch self {
        case .treatment: "treatment.startDay"
        case .marker, .laboratory, .procedure, .assessment, .specimen, .followUp: "\(rawValue).day"
        default: nil
        }
    }
}
