import Catalogue
import Cohort
public import Curation
import Runtime

/// What came of loading clinical facts.
public struct MappingOutcome: Sendable, Codable, Equatable {
    public var report: MappingReport
    public var added: Int
    public var changed: Int
    public var unchanged: Int
    public var removed: Int

    /// For a person: what is in the index now, and what is not.
    public var text: String {
        report.text + "\n\nThe index: \(added) added, \(changed) changed, \(unchanged) as before, \(removed) removed"
    }
}

extension Node {
    /// Looks at a site's tables as a mapping reads them, and keeps nothing.
    public func checkMapping(_ mapping: FactMapping, paths: [String]) throws -> MappingReport {
        let tables = try MappingFiles(paths, files: files)
        defer { tables.close() }
        return try mapper(mapping).check(tables.inputs)
    }

    /// Loads a site's tables: all that they say replaces all that an earlier load under the mapping's name said, at once.
    ///
    /// - Parameter isStrict: load nothing where anything is left out.
    public func applyMapping(
        _ mapping: FactMapping, paths: [String], isStrict: Bool = false
    ) throws -> MappingOutcome {
        let tables = try MappingFiles(paths, files: files)
        defer { tables.close() }
        var records: [ClinicalRecord] = []
        let report = try mapper(mapping).run(tables.inputs) { records += $0 }
        guard !records.isEmpty else { throw NodeMappingError.nothing(mapping.name) }
        if isStrict, !report.isComplete {
            throw NodeMappingError.incomplete(report.problems.count { $0.kind.severity == .leftOut })
        }
        RelativeDays.add(to: &records)
        let changes = try openIndex().replaceFacts(FactBatch(source: mapping.name, records: records))
        return MappingOutcome(
            report: report, added: changes.added, changed: changes.changed, unchanged: changes.unchanged,
            removed: changes.removed)
    }

    private func mapper(_ mapping: FactMapping) throws -> FactMapper {
        let today = Timestamp.text(clock.now).prefix(10).filter { $0 != "-" }
        return FactMapper(
            mapping, pseudonyms: try pseudonyms(), imaged: try openIndex().patientsWithImages(),
            today: CivilDate(dicom: today))
    }
}
