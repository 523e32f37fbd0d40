public import Curation
public import Runtime

extension ClinicalFacts {
    /// The largest table that is read.
    private static let limit = 256 << 20

    /// From the file of a de-identified table.
    ///
    /// - Throws: `FileError`, and ``NodeError/table(_:)`` where it has no column of patients.
    public init(
        file path: String, patientColumn: String? = nil, files: any FileSystem = PosixFileSystem()
    ) throws {
        let text = String(decoding: try files.read(path, limit: Self.limit), as: UTF8.self)
        guard let facts = ClinicalFacts(text: text, patientColumn: patientColumn) else {
            throw NodeError.table(
                "the table \(path) has no column of patients: name it with --patient-column, or call it patient_id")
        }
        self = facts
    }
}
