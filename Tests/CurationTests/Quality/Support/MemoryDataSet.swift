import Curation
import DICOM

/// Objects in memory as something to check.
struct MemoryDataSet: QualitySource {
    var title = "Test"
    private var listed: [QualitySeries] = []
    private var bytes: [String: [UInt8]] = [:]

    init(_ objects: [Slice] = []) throws {
        for object in objects { try add(object) }
    }

    /// Sorts an object into its series.
    mutating func add(_ object: Slice) throws {
        add(try object.bytes(), object)
    }

    mutating func add(_ bytes: [UInt8], _ object: Slice) {
        let name = "\(self.bytes.count)"
        self.bytes[name] = bytes
        let entry = QualityObject(instance: object.instance, name: name)
        let number = listed.firstIndex {
            $0.patient == object.patient && $0.study == object.study && $0.series == object.series
        }
        let place = number ?? listed.count
        let before = number.map { listed[$0].objects } ?? []
        let series = QualitySeries(
            key: SeriesKey(patient: 0, study: 0, series: Int64(place)), patient: object.patient, study: object.study,
            series: object.series, objects: before + [entry])
        if number == nil { listed.append(series) } else { listed[place] = series }
    }

    var objectCount: Int { bytes.count }

    func series(after key: SeriesKey?) -> QualitySeries? {
        let next = key.map { Int($0.series) + 1 } ?? 0
        return listed.indices.contains(next) ? listed[next] : nil
    }

    func series(_ key: SeriesKey) -> QualitySeries? { listed[Int(key.series)] }

    func open(_ object: QualityObject) throws -> any QualityBytes {
        MemoryBytes(bytes: MemorySource(bytes[object.name] ?? []))
    }

    func place(ofInstance uid: String) -> QualityPlace? {
        listed.first { $0.objects.contains { $0.instance == uid } }.map {
            QualityPlace(patient: $0.patient, study: $0.study, series: $0.series, instance: uid)
        }
    }

    func strays() -> [QualityStray] { [] }

    /// Checks it on this thread.
    func check(_ options: QualityOptions = QualityOptions()) throws -> QualityReport {
        let check = try QualityCheck(source: self, options: options)
        check.work()
        return try check.report(made: nil)
    }
}

struct MemoryBytes: QualityBytes {
    let bytes: MemorySource

    var count: Int { bytes.count }

    func read(at offset: Int, count: Int) throws -> [UInt8] { try bytes.read(at: offset, count: count) }

    func close() {}
}

extension QualityReport {
    /// The ids of rules that found something, notices left out, of a family ("geometry.") or of all.
    func found(_ family: String = "") -> [String] {
        rules.filter { $0.rule.severity != .notice && $0.rule.id.hasPrefix(family) }.map(\.rule.id).sorted()
    }

    /// What a rule found.
    subscript(id: String) -> RuleResult? { rules.first { $0.rule.id == id } }

    func finding(_ id: String) -> QualityFinding? { self[id]?.listed.first }
}
