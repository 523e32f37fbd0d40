public import Curation
import DICOM
public import Runtime

/// A folder of de-identified files as something to check.
///
/// Every header is read once to sort the files into series; afterwards the path and UID of each object are in memory, and
/// nothing else.
public struct FolderSource: QualitySource {
    public let title: String
    private let files: any FileSystem
    private let listed: [QualitySeries]
    private let numbers: [SeriesKey: Int]
    private let places: [String: Int]
    private let found: [QualityStray]

    /// Reads the folder. Files that are not DICOM are passed by.
    ///
    /// - Parameter isCancelled: asked before each file.
    /// - Throws: `FileError` for a folder that cannot be read; `CancellationError`.
    public init(
        folder: String, title: String? = nil, files: any FileSystem = PosixFileSystem(),
        isCancelled: () -> Bool = { false }
    ) throws {
        self.title = title ?? FilePath.name(folder)
        self.files = files
        var sorting = Sorting()
        for entry in FileWalk([folder], files: files) {
            if isCancelled() { throw CancellationError() }
            switch entry {
            case .file(let file): sorting.add(file.path, Self.header(file.path, files))
            case .passedBy: continue
            case .unreadable(let path, let error):
                if path == folder { throw error }
                sorting.strays.append(.unreadable(reason: "A file cannot be opened."))
            }
        }
        (listed, places) = sorting.series()
        numbers = Dictionary(listed.enumerated().map { ($1.key, $0) }) { first, _ in first }
        found = sorting.strays
    }

    public var objectCount: Int { listed.reduce(0) { $0 + $1.objects.count } }

    public func series(after key: SeriesKey?) throws -> QualitySeries? {
        let next = key.flatMap { numbers[$0] }.map { $0 + 1 } ?? 0
        return listed.indices.contains(next) ? listed[next] : nil
    }

    public func series(_ key: SeriesKey) throws -> QualitySeries? {
        numbers[key].map { listed[$0] }
    }

    public func open(_ object: QualityObject) throws -> any QualityBytes {
        OpenBytes(file: try files.openForReading(object.name))
    }

    public func place(ofInstance uid: String) throws -> QualityPlace? {
        places[uid].map { number in
            let series = listed[number]
            return QualityPlace(
                patient: series.patient, study: series.study, series: series.series, instance: uid)
        }
    }

    public func strays() throws -> [QualityStray] { found }

    private static func header(_ path: String, _ files: any FileSystem) -> Result<DICOMFile, DICOMError> {
        do {
            let file = try files.openForReading(path)
            defer { file.close() }
            return .success(try DICOMFile.readHeader(OpenBytes(file: file)))
        } catch let error as DICOMError {
            return .failure(error)
        } catch {
            return .failure(DICOMError(.unreadable, "the file cannot be opened"))
        }
    }
}

/// Files on their way into series.
private struct Sorting {
    struct Names: Hashable, Comparable {
        let patient, study, series: String

        static func < (left: Names, right: Names) -> Bool {
            (left.patient, left.study, left.series) < (right.patient, right.study, right.series)
        }
    }

    private var objects: [Names: [QualityObject]] = [:]
    private var known: [String: Names] = [:]
    var strays: [QualityStray] = []

    mutating func add(_ path: String, _ header: Result<DICOMFile, DICOMError>) {
        let dataSet: DataSet
        switch header {
        case .success(let file): dataSet = file.dataSet
        case .failure(let error):
            if error.code != .notDICOM, error.code != .empty {
                strays.append(.unreadable(reason: "A file cannot be read: \(error.detail)."))
            }
            return
        }
        // A DICOMDIR is a list of files, not an object.
        if dataSet[.directoryRecordSequence] != nil { return }
        guard let instance = dataSet[.sopInstanceUID]?.uid else {
            strays.append(.unreadable(reason: "A file has no SOP Instance UID."))
            return
        }
        let names = Names(
            patient: dataSet[.patientID]?.string ?? "", study: dataSet[.studyInstanceUID]?.uid ?? "",
            series: dataSet[.seriesInstanceUID]?.uid ?? "")
        guard known[instance] == nil else {
            strays.append(
                .duplicateUID(
                    QualityPlace(
                        patient: names.patient, study: names.study, series: names.series, instance: instance)))
            return
        }
        known[instance] = names
        objects[names, default: []].append(QualityObject(instance: instance, name: path))
    }

    /// In the order of names, and the series of each object.
    func series() -> ([QualitySeries], [String: Int]) {
        var listed: [QualitySeries] = []
        var places: [String: Int] = [:]
        for (number, names) in objects.keys.sorted().enumerated() {
            let own = objects[names] ?? []
            for object in own { places[object.instance] = number }
            listed.append(
                QualitySeries(
                    key: SeriesKey(patient: 0, study: 0, series: Int64(number)), patient: names.patient,
                    study: names.study, series: names.series, objects: own))
        }
        return (listed, places)
    }
}
