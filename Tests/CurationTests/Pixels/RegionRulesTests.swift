import Curation
import DICOM
import DICOMImaging
import Foundation
import Testing

@Suite("Region rules")
struct RegionRulesTests {
    private func object(manufacturer: String) throws -> DataSet {
        var builder = DataSetBuilder()
        builder.append(Tag(0x0008, 0x0060), .cs, string: "US")
        builder.append(Tag(0x0008, 0x0070), .lo, string: manufacturer)
        builder.append(Tag(0x0008, 0x1090), .lo, string: "SONO 3 plus")
        builder.append(.rows, .us, ints: [768])
        builder.append(.columns, .us, ints: [1024])
        return try builder.finish()
    }

    @Test("The shipped example covers the banner and the corner of the screens it is for")
    func example() throws {
        let folder = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "../../../docs/examples")
        let rules = try RegionRules(
            yaml: String(contentsOf: folder.appending(path: "region-rules.yaml"), encoding: .utf8))
        #expect(
            try rules.regions(for: object(manufacturer: "Example Ultrasound AG")) == [
                PixelRectangle(left: 0, top: 0, right: 1024, bottom: 60),
                PixelRectangle(left: 804, top: 728, right: 1024, bottom: 768),
            ])
        #expect(try rules.regions(for: object(manufacturer: "Another")).isEmpty)
    }

    @Test(
        "Mistakes are told with their line",
        arguments: [
            ("rules:\n  - modality: US\n    covr: []\n", 3), ("rules:\n  - modality: US\n", 2),
            ("rules:\n  - cover: [{ top: 0 }]\n", 2), ("rules:\n  - rows: many\n    cover: [{ top: 0 }]\n", 2),
            ("rules:\n  - rows: 9\n    cover:\n      - { hight: 4 }\n", 4),
        ])
    func mistakes(_ yaml: String, _ line: Int) {
        #expect {
            try RegionRules(yaml: yaml)
        } throws: {
            ($0 as? RegionRulesError)?.line == line
        }
    }
}
