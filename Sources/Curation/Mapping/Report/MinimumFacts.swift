import Cohort

/// The clinical attributes that every patient with cancer should have (EUCAIM's minimum data set).
enum MinimumFacts {
    /// By full name.
    static let attributes: [String] = CohortModel.attributes.filter {
        $0.minimum.contains(.cases) && !$0.entity.isImaging
    }
    .map(\.name)

    static func has(_ record: ClinicalRecord, _ name: String) -> Bool { record.values[name]?.isEmpty == false }
}
