/// What the common data model consists of: a kind of record that a site can hold about a patient.
///
/// Names and meanings follow EUCAIM's common data model (tables cancer_condition, tumor, tumor_marker_test,
/// lab_test_result, treatment, …). ``study``, ``series`` and ``annotation`` come from the images themselves; the others
/// from the site's clinical tables.
public enum CohortEntity: String, Sendable, Hashable, CaseIterable, Codable {
    case patient
    /// A primary cancer of a patient: where, what, how far.
    case condition
    /// One tumour, and what was seen of it.
    case tumour
    /// A test of a tumour marker or receptor.
    case marker
    /// A laboratory result that is no tumour marker.
    case laboratory
    /// A diagnostic procedure, such as a biopsy.
    case procedure
    /// Surgery, radiotherapy or systemic treatment.
    case treatment
    /// An earlier or concurrent condition, of the patient or of the family.
    case history
    /// How the patient was: performance status, risk score, a response to treatment, a radiological assessment.
    case assessment
    /// A stretch of the disease or of its treatment, to which imaging time points belong.
    case episode
    /// A specimen or slide of pathology.
    case specimen
    /// A molecular variant.
    case variant
    /// What became of the patient: vital status, last contact, progression.
    case followUp
    case study
    case series
    /// A segmentation or another annotation of images.
    case annotation

    /// Whether its records are images or belong to them, and so are found by the index of the images.
    public var isImaging: Bool {
        switch self {
        case .study, .series: true
        default: false
        }
    }

    /// The name that people read, of one record: "Treatment".
    public var label: String {
        switch self {
        case .followUp: "Follow-up"
        case .marker: "Tumour marker test"
        case .laboratory: "Laboratory result"
        case .history: "Medical history"
        case .variant: "Molecular variant"
        case .condition: "Cancer condition"
        default: rawValue.prefix(1).uppercased() + rawValue.dropFirst()
        }
    }

    /// The entity that a question calls `name`: in either case, in the plural, in British or American spelling.
    public static func find(_ name: String) -> CohortEntity? { byName[name.lowercased()] }

    /// The names that `name` may have meant.
    public static func suggestions(for name: String) -> [String] {
        Array(Nearness.nearest(to: name, among: allCases.map(\.rawValue)).prefix(3))
    }

    private static let byName: [String: CohortEntity] = {
        var table: [String: CohortEntity] = [:]
        for entity in allCases {
            let name = entity.rawValue.lowercased()
            table[name] = entity
            table[name + "s"] = entity
        }
        let others: [String: CohortEntity] = [
            "studies": .study, "tumor": .tumour, "tumors": .tumour, "lab": .laboratory, "labs": .laboratory,
            "laboratories": .laboratory, "histories": .history, "diagnosis": .condition, "diagnoses": .condition,
            "cancer": .condition, "follow-up": .followUp, "follow-ups": .followUp, "people": .patient,
        ]
        return table.merging(others) { own, _ in own }
    }()
}
