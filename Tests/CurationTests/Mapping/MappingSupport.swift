import Cohort
import Curation
import DICOM

/// Mappings for tests, in memory.
enum Mappings {
    struct Result {
        var records: [ClinicalRecord] = []
        var report = MappingReport()

        func records(_ entity: CohortEntity) -> [ClinicalRecord] { records.filter { $0.entity == entity } }

        /// The values of an attribute over all records, in the order of the table.
        func texts(_ name: String) -> [String] {
            records.flatMap { $0.values[name] ?? [] }.compactMap { if case .text(let text) = $0 { text } else { nil } }
        }

        func numbers(_ name: String) -> [Double] {
            records.flatMap { $0.values[name] ?? [] }
                .compactMap { if case .number(let number) = $0 { number } else { nil } }
        }

        func problems(_ kind: MappingProblem.Kind) -> [MappingProblem] { report.problems.filter { $0.kind == kind } }
    }

    static let today = CivilDate(year: 2026, month: 11, day: 1)

    static func inputs(_ files: [String: String]) -> [MappingInput] {
        files.sorted { $0.key < $1.key }.map {
            MappingInput(name: $0.key, source: MemorySource(Array($0.value.utf8)))
        }
    }

    static func run(_ yaml: String, _ inputs: [MappingInput], imaged: Set<String>? = nil) throws -> Result {
        var result = Result()
        let mapper = FactMapper(
            try FactMapping(yaml: yaml), pseudonyms: try Objects.pseudonyms(), imaged: imaged, today: today)
        result.report = try mapper.run(inputs) { result.records += $0 }
        return result
    }

    static func run(_ yaml: String, _ files: [String: String], imaged: Set<String>? = nil) throws -> Result {
        try run(yaml, inputs(files), imaged: imaged)
    }

    /// One table `t.csv` whose column `id` is the patient.
    static func run(table: String, records: String, more: String = "", imaged: Set<String>? = nil) throws -> Result {
        try run(yaml(records: records, more: more), ["t.csv": table], imaged: imaged)
    }

    static func yaml(records: String, more: String = "") -> String {
        let indented = records.split(separator: "\n").map { "      " + $0 }.joined(separator: "\n")
        return "mapping: test\n\(more)\nsources:\n  t:\n    patient: id\n    records:\n\(indented)\n"
    }

    /// The message of what stops a mapping; "none" where nothing does.
    static func refusal(_ yaml: String, _ files: [String: String] = [:]) -> String {
        do {
            _ = try run(yaml, files)
            return "none"
        } catch { return "\(error)" }
    }
}
