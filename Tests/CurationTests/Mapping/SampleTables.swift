import Curation
import DICOM
import Foundation
import Testing

/// The sample tables that ship with the ready mappings.
enum SampleTables {
    static func inputs(_ name: String) throws -> [MappingInput] {
        let folder = "mappings/samples/\(name)"
        return try FileManager.default.contentsOfDirectory(atPath: folder).sorted().map { file in
            let bytes = try #require(FileManager.default.contents(atPath: "\(folder)/\(file)"))
            return MappingInput(name: file, source: MemorySource(Array(bytes)))
        }
    }
}
