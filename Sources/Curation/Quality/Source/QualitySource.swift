public import DICOM

/// What a check of quality looks through: a node's store, or a folder of files.
///
/// Series come one at a time, those of one patient after one another; nothing else needs to be in memory. It is asked from
/// several threads.
public protocol QualitySource: Sendable {
    /// How the data set is called in the report.
    var title: String { get }
    /// Objects there are, as far as that is known: for progress.
    var objectCount: Int { get throws }
    /// The series after that one, in the source's order; the first after nil, and nil after the last.
    func series(after key: SeriesKey?) throws -> QualitySeries?
    /// One series again.
    func series(_ key: SeriesKey) throws -> QualitySeries?
    /// Opens an object. Whoever opens it closes it.
    func open(_ object: QualityObject) throws -> any QualityBytes
    /// Where an object is, by its SOP Instance UID; nil where the data set does not have it.
    func place(ofInstance uid: String) throws -> QualityPlace?
    /// Objects that belong to no series: files that cannot be read, and UIDs that were met twice.
    func strays() throws -> [QualityStray]
}

/// The bytes of an open object.
public protocol QualityBytes: ByteSource {
    func close()
}

/// A series of a source, by a number that means something to the source alone.
public struct SeriesKey: Sendable, Hashable {
    public let patient: Int64
    public let study: Int64
    public let series: Int64

    public init(patient: Int64, study: Int64, series: Int64) {
        self.patient = patient
        self.study = study
        self.series = series
    }
}

/// A series as its source lists it.
public struct QualitySeries: Sendable {
    public let key: SeriesKey
    public let patient: String
    public let study: String
    public let series: String
    public let objects: [QualityObject]

    public init(key: SeriesKey, patient: String, study: String, series: String, objects: [QualityObject]) {
        self.key = key
        self.patient = patient
        self.study = study
        self.series = series
        self.objects = objects
    }

    var place: QualityPlace { QualityPlace(patient: patient, study: study, series: series) }
}

/// An object as its source lists it.
public struct QualityObject: Sendable, Hashable {
    /// Its SOP Instance UID.
    public let instance: String
    /// What the source finds it by: a digest, a path.
    public let name: String

    public init(instance: String, name: String) {
        self.instance = instance
        self.name = name
    }
}

/// Something in a source that is part of no series.
public enum QualityStray: Sendable, Equatable {
    /// A file that is DICOM and cannot be read; the reason, in a sentence without a patient's value.
    case unreadable(reason: String)
    /// A second object with the same SOP Instance UID.
    case duplicateUID(QualityPlace)
}
