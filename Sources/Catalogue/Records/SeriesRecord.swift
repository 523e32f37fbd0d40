/// A series as a table lists it: what the index keeps of a series whose images are not here.
///
/// Identifiers are pseudonyms and new UIDs by now, and dates moved, as those of images are.
public struct SeriesRecord: Sendable, Equatable {
    /// The patient's pseudonym.
    public var patientID: String
    public var studyUID: String
    public var seriesUID: String
    /// The data set that the series belongs to, by the site's own name.
    public var dataSet: String?
    /// F, M or O.
    public var sex: String?
    /// As DICOM writes it: "045Y".
    public var age: String?
    /// As DICOM writes it: "20240317".
    public var studyDate: String?
    public var modality: String?
    public var bodyPart: String?
    public var laterality: String?
    public var manufacturer: String?
    public var model: String?
    public var sliceThicknessMM: Double?
    public var pixelSpacingMM: Double?
    public var rows: Int?
    public var columns: Int?
    public var magneticFieldStrengthT: Double?
    public var echoTimeMS: Double?
    public var repetitionTimeMS: Double?
    public var kvpKV: Double?
    /// Whether a contrast agent was given; nil where the table does not say.
    public var contrast: Bool?
    public var sopClassUID: String?
    public var transferSyntaxUID: String?
    /// Images in the series.
    public var images: Int

    public init(patientID: String, studyUID: String, seriesUID: String, images: Int) {
        self.patientID = patientID
        self.studyUID = studyUID
        self.seriesUID = seriesUID
        self.images = images
    }
}

/// What became of a series of a table.
public enum ListingOutcome: Sendable, Equatable {
    case added
    /// It says something else than before.
    case changed
    case unchanged
    /// The same row is in the table twice.
    case repeated
    /// Another row of the same table says something else of the same series. The first one stays.
    case contradicted
    /// The index holds images of the series; what they say stays.
    case hasImages
    /// Another table lists the series; what it says stays.
    case listedElsewhere

    /// Whether the row is set aside.
    public var isSetAside: Bool {
        switch self {
        case .contradicted, .listedElsewhere: true
        case .added, .changed, .unchanged, .repeated, .hasImages: false
        }
    }
}

/// A value of a row that contradicts an earlier row of the same patient or study, and is not kept.
public enum ListingConflict: Sendable, Hashable {
    case sex, age, studyDate
}

/// What a load of a table has changed in the index.
public struct ListingChanges: Sendable, Equatable, Codable {
    public var added = 0
    public var changed = 0
    public var unchanged = 0
    /// Series that the table does not list any more.
    public var removed = 0

    public init() {}
}
