import Catalogue
public import Curation
import DICOM
import Runtime

/// How easily the patients of a data set are found again: images, by one object of each series, and clinical tables.
struct DataSetRisk: Sendable {
    let index: Index
    let files: any FileSystem

    private static let portion = 1_000

    /// Facts of the images. `path`: where an object lies.
    func images(_ traits: RiskTableBuilder.ImageTraits, path: (ObjectPlace) -> String) throws -> RiskTableBuilder {
        var builder = RiskTableBuilder()
        builder.declareImageTraits(traits)
        var series: Set<String> = []
        var last: Int64 = 0
        while true {
            let objects = try index.places(after: last, limit: Self.portion)
            for object in objects {
                last = object.number
                guard series.insert(object.series).inserted else { continue }
                let source = try FileSource(path: path(object), files: files)
                defer { source.close() }
                builder.add(image: try DICOMFile.readHeader(source).dataSet)
            }
            if objects.count < Self.portion { return builder }
        }
    }
}

extension Node {
    /// How easily the patients of this node's data set are found again, by what its images say.
    ///
    /// - Parameter k: patients that must share the same facts for the gate to open.
    public func risk(k: Int) throws -> RiskReport {
        let store = try ObjectStore(folder: folder.store, files: files)
        let traits = RiskTableBuilder.ImageTraits(includesYears: try profile().has(.retainFullDates))
        let builder = try DataSetRisk(index: try openIndex(), files: files).images(traits) { store.path(of: $0.digest) }
        return RiskAssessment(gate: ReleaseGate(k: k)).report(builder.table)
    }
}
