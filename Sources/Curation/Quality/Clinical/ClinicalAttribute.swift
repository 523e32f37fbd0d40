/// The attributes that the clinical table of a data set should have for every patient with cancer: the minimum of the common
/// data model.
public enum ClinicalAttribute: String, Sendable, Codable, CaseIterable {
    case patientID = "patient id"
    case population
    case sex
    case detectionDate = "date of detection"
    case diagnosisDate = "date of diagnosis"
    case ageAtDiagnosis = "age at diagnosis"
    case pathologyConfirmation = "pathology confirmation"
    case topography
    case morphology
    case imagingProtocol = "imaging protocol"
    case treatment
    case firstTreatmentDate = "date of first treatment"

    /// Names of columns that hold it: letters and digits alone, in lower case.
    var columns: [String] {
        switch self {
        case .patientID:
            [
                "patientid", "pseudonym", "patientpseudonym", "patient", "subjectid", "subject", "pid", "caseid", "id",
            ]
        case .population: ["population", "cohort", "casecontrol", "group", "arm"]
        case .sex: ["sex", "gender", "patientsex", "sexatbirth"]
        case .detectionDate: ["dateofdetection", "detectiondate"]
        case .diagnosisDate: ["dateofdiagnosis", "diagnosisdate", "baselinedate"]
        case .ageAtDiagnosis: ["ageatdiagnosis", "diagnosisage", "age"]
        case .pathologyConfirmation:
            ["pathologyconfirmation", "pathologicalconfirmation", "histologicalconfirmation", "basisofdiagnosis"]
        case .topography: ["topography", "icdo3topography", "icdotopography", "primarysite", "site"]
        case .morphology: ["morphology", "icdo3morphology", "icdomorphology", "histology", "histologicaltype"]
        case .imagingProtocol: ["imagingprotocol", "imagingprocedure", "imagingmodality", "protocol"]
        case .treatment: ["treatment", "treatmenttype", "firsttreatment", "therapy"]
        case .firstTreatmentDate: ["dateoffirsttreatment", "firsttreatmentdate", "treatmentdate", "dateoftreatment"]
        }
    }

    /// How many patients of a table have it.
    public struct Share: Sendable, Codable, Equatable {
        public let attribute: ClinicalAttribute
        /// Whether the table has a column for it.
        public let hasColumn: Bool
        public let patients: Int
    }
}
