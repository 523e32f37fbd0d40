import Curation
import DICOM

/// Tables for tests, in memory.
enum Tables {
    static func rows(
        _ bytes: [UInt8], separator: TableForm.Separator? = nil, encoding: TableForm.Encoding? = nil,
        limits: TableLimits = TableLimits()
    ) throws(TableError) -> [[String]] {
        var reader = try TableReader(
            MemorySource(bytes), separator: separator, encoding: encoding, limits: limits)
        var rows = [reader.columns]
        while let row = try reader.next() { rows.append(row) }
        return rows
    }

    static func rows(_ text: String) throws(TableError) -> [[String]] { try rows(Array(text.utf8)) }

    /// The error that a table gives; nil where it gives none.
    static func error(_ text: String) -> TableError? {
        do {
            _ = try rows(text)
            return nil
        } catch { return error }
    }

    /// Runs a table through a specification; the new table as text, and the report.
    static func run(
        _ text: String, _ yaml: String, imaged: Set<String>? = nil, key: [UInt8] = Objects.key
    ) throws -> (text: String, report: TableReport) {
        let pass = ClinicalTablePass(
            spec: try ClinicalTableSpec(yaml: yaml), pseudonyms: try Objects.pseudonyms(key), imaged: imaged)
        var written: [UInt8] = []
        let report = try pass.run(MemorySource(Array(text.utf8))) { written += $0 }
        return (String(decoding: written, as: UTF8.self), report)
    }

    /// The values of one column of a written table.
    static func column(_ name: String, of text: String) throws -> [String] {
        let rows = try rows(text)
        guard let place = rows.first?.firstIndex(of: name) else { return [] }
        return rows.dropFirst().map { $0[place] }
    }

    /// As ``run(_:_:imaged:key:)``, for tables that must not be accepted.
    static func refusal(_ text: String, _ yaml: String) -> TableError? {
        do {
            _ = try run(text, yaml)
            return nil
        } catch { return error as? TableError }
    }
}
