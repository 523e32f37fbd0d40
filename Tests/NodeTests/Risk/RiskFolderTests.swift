import Curation
import DICOM
import Node
import Runtime
import TestSupport
import Testing

@Suite("Risk of a folder of images")
struct RiskFolderTests {
    @Test("takes one record for each patient from all objects, and passes other files by")
    func folder() throws {
        let folder = TemporaryFolder()
        let files = PosixFileSystem()
        for (name, patient, age) in [("a/1.dcm", "P1", "044Y"), ("a/2.dcm", "P1", "045Y"), ("b/1.dcm", "P2", "044Y")] {
            let path = folder.file(name)
            try files.createDirectory(FilePath.parent(path), mode: 0o700)
            try files.writeAtomically(Self.object(patient: patient, age: age), to: path, mode: 0o600)
        }
        try files.writeAtomically(Array("no image".utf8), to: folder.file("readme.txt"), mode: 0o600)
        var builder = RiskTableBuilder()
        let reading = try builder.add(folder: folder.path)
        #expect(reading.objects == 3)
        #expect(reading.unreadable == 0)
        let table = builder.table
        #expect(table.pseudonyms == ["P1", "P2"])
        #expect(RiskAssessment(gate: ReleaseGate(k: 2)).report(table).decision.passed)
    }

    @Test("that is not there is an error")
    func missing() {
        var builder = RiskTableBuilder()
        #expect(throws: FileError.self) { try builder.add(folder: "/nowhere/at/all") }
    }

    private static func object(patient: String, age: String) throws -> [UInt8] {
        var builder = DataSetBuilder()
        builder.append(.sopClassUID, .ui, string: "1.2.840.10008.5.1.4.1.1.2")
        builder.append(.sopInstanceUID, .ui, string: "1.2.3.4")
        builder.append(.studyInstanceUID, .ui, string: "1.2.3")
        builder.append(.patientID, .lo, string: patient)
        builder.append(Tag(0x0010, 0x1010), .as, string: age)
        return try DICOMWriter.file(
            meta: DataSet(), dataSet: try builder.finish(), transferSyntax: .explicitLittleEndian)
    }
}
