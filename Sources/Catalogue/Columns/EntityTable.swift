/// All records of one entity, in the order of their patients.
struct EntityTable: Sendable {
    /// "Not known" in ``days``.
    static let noDay = Int32.min

    /// The patient of each record, as the patient's place among all.
    var patient: [Int32]
    /// The records of each patient.
    let groups: RecordGroups
    /// By the attribute's full name.
    var columns: [String: Column]
    /// The day of each record, counted from 1970-01-01; empty where the entity has no time.
    var days: [Int32]
    /// For series: the study of each, as its place among all; -1 in the row of a patient without series. Empty elsewhere.
    var study: [Int32]

    var count: Int { patient.count }

    init(
        patient: [Int32], patients: Int, columns: [String: Column] = [:], days: [Int32] = [], study: [Int32] = []
    ) {
        self.patient = patient
        self.columns = columns
        self.days = days
        self.study = study
        groups = RecordGroups(of: patient, count: patients)
    }

    func day(_ record: Int) -> Int32 { days.isEmpty ? Self.noDay : days[record] }
}
