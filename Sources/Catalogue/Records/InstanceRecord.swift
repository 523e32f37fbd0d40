/// What the index keeps of one de-identified object: enough to count by, and to find its bytes.
///
/// Attributes of a patient, study or series are taken from its objects in the order in which they come, and the first
/// value that is not empty stays: objects of one series that differ in, say, slice thickness count with the first one's.
public struct InstanceRecord: Sendable, Equatable {
    // MARK: Patient

    /// The patient's pseudonym.
    public var patientID: String
    /// F, M or O.
    public var sex: String?

    // MARK: Study

    public var studyUID: String
    /// The day as the number yyyymmdd.
    public var studyDate: Int?
    public var ageYears: Double?

    // MARK: Series

    public var seriesUID: String
    public var modality: String?
    public var bodyPart: String?
    public var laterality: String?
    public var manufacturer: String?
    public var model: String?
    public var sliceThicknessMM: Double?
    public var pixelSpacingMM: Double?
    public var magneticFieldStrengthT: Double?
    public var echoTimeMS: Double?
    public var repetitionTimeMS: Double?
    public var kvpKV: Double?
    /// Whether a contrast agent was given; nil where the object does not say.
    public var contrast: Bool?

    // MARK: Instance

    public var sopInstanceUID: String
    public var sopClassUID: String
    public var transferSyntaxUID: String?
    public var rows: Int?
    public var columns: Int?
    public var frames: Int?
    /// SHA-256 of the stored object: 64 hexadecimal digits.
    public var digest: String
    /// Bytes of the stored object.
    public var size: Int

    /// The file that it was made from.
    public var source: SourceKey

    public init(
        patientID: String, studyUID: String, seriesUID: String, sopInstanceUID: String, sopClassUID: String,
        digest: String, size: Int, source: SourceKey
    ) {
        self.patientID = patientID
        self.studyUID = studyUID
        self.seriesUID = seriesUID
        self.sopInstanceUID = sopInstanceUID
        self.sopClassUID = sopClassUID
        self.digest = digest
        self.size = size
        self.source = source
    }
}

/// What became of a record that was handed to the index.
public enum AddOutcome: Sendable, Equatable {
    case added
    /// The same object is in the index already.
    case alreadyThere
    /// Another object with the same SOP Instance UID is in the index. The sentence says so.
    case conflict(String)
    /// What the object says of itself cannot be, beside what is in the index. The sentence says why.
    case contradiction(String)
}
