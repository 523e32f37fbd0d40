extension CohortAttribute {
    public static let sex = CohortModel.known("patient.sex")
    public static let ageAtStudy = CohortModel.known("patient.ageAtStudy")
    public static let studyDate = CohortModel.known("study.date")
    /// The baseline: relative days count from it.
    public static let dateOfDiagnosis = CohortModel.known("condition.dateOfDiagnosis")
    public static let ageAtDiagnosis = CohortModel.known("condition.ageAtDiagnosis")
    public static let topography = CohortModel.known("condition.topography")
    public static let diagnosis = CohortModel.known("condition.diagnosis")
}
