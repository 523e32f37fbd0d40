import Catalogue
import Cohort
import Curation
import Runtime

/// A node's store and index as something to check. De-identified objects only.
struct StoreSource: QualitySource {
    let title: String
    let index: Index
    let store: ObjectStore

    var objectCount: Int {
        get throws { try index.totals().images }
    }

    func series(after key: SeriesKey?) throws -> QualitySeries? {
        try index.series(after: key.map(\.row)).map(Self.listed)
    }

    func series(_ key: SeriesKey) throws -> QualitySeries? {
        try index.series(key.row).map(Self.listed)
    }

    func open(_ object: QualityObject) throws -> any QualityBytes {
        OpenBytes(file: try store.open(object.name))
    }

    func place(ofInstance uid: String) throws -> QualityPlace? {
        try index.place(ofInstance: uid).map {
            QualityPlace(patient: $0.patientID, study: $0.studyUID, series: $0.seriesUID, instance: uid)
        }
    }

    /// Intake lets nothing in that cannot be read, and no UID twice.
    func strays() throws -> [QualityStray] { [] }

    private static func listed(_ series: ListedSeries) -> QualitySeries {
        QualitySeries(
            key: SeriesKey(patient: series.row.patient, study: series.row.study, series: series.row.series),
            patient: series.patientID, study: series.studyUID, series: series.seriesUID,
            objects: series.objects.map { QualityObject(instance: $0.instanceUID, name: $0.digest) })
    }
}

extension SeriesKey {
    fileprivate var row: ListedSeries.Row { ListedSeries.Row(patient: patient, study: study, series: series) }
}

/// An open file as a check reads it.
struct OpenBytes: QualityBytes {
    let file: any ReadableFile

    var count: Int { file.count }

    func read(at offset: Int, count: Int) throws -> [UInt8] { try file.read(at: offset, count: count) }

    func close() { file.close() }
}
