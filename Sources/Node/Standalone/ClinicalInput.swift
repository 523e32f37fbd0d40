public import Curation
import Runtime

/// A clinical table that goes along with the images, and what its columns hold.
public struct ClinicalInput: Sendable {
    /// Of the table, as it was exported.
    public let path: String
    public let spec: ClinicalTableSpec

    public init(path: String, spec: ClinicalTableSpec) {
        self.path = path
        self.spec = spec
    }

    /// Writes the table's new form, in the place of an earlier one.
    func write(
        to output: String, pseudonyms: Pseudonymizer, imaged: Set<String>,
        known: @escaping @Sendable (String) -> KnownIdentifiers, files: any FileSystem
    ) throws -> TableReport {
        let source = try FileSource(path: path, files: files)
        defer { source.close() }
        let temporary = output + ".new"
        let file = try files.create(temporary, mode: 0o600, replacing: true)
        do {
            let report = try ClinicalTablePass(
                spec: spec, pseudonyms: pseudonyms, imaged: imaged, known: known
            ).run(source) { try file.write($0) }
            try file.sync()
            try file.close()
            try files.rename(temporary, to: output)
            return report
        } catch {
            try? file.close()
            try? files.remove(temporary)
            throw error
        }
    }
}
