import Curation
import DICOM
import Testing

@Suite("What is looked for in the bytes that are written")
struct WrittenBytesTests {
    /// A number in an attribute of bytes, which no profile looks into, is the patient's all the same.
    @Test("an identifier among bytes that are no text sends the object to a person")
    func amongBytes() throws {
        #expect(try findings("HOSP-471177 and more").contains(.leak))
        #expect(try findings("nothing of anybody's").isEmpty)
    }

    private func findings(_ hidden: String) throws -> [ReviewFinding.Kind] {
        var builder = DataSetBuilder()
        builder.append(.sopClassUID, .ui, string: "1.2.840.10008.5.1.4.1.1.2")
        for (tag, uid) in [
            (DICOM.Tag.sopInstanceUID, "1.2.3"), (.studyInstanceUID, "1.2.4"), (.seriesInstanceUID, "1.2.5"),
        ] {
            builder.append(tag, .ui, string: uid)
        }
        builder.append(.patientID, .lo, string: "HOSP-471177")
        // Red Palette Color Lookup Table Data: bytes that stay.
        builder.append(DICOM.Tag(0x0028, 0x1201), .ow, bytes: Array(hidden.utf8))
        let bytes = try DICOMWriter.file(
            meta: DataSet(), dataSet: try builder.finish(), transferSyntax: .explicitLittleEndian)
        let curator = ObjectCurator(deidentifier: Deidentifier(key: try PseudonymKey(Array(0..<32))))
        return try curator.curate(try DICOMFile.read(bytes), from: MemorySource(bytes)).findings.map(\.kind)
    }
}
