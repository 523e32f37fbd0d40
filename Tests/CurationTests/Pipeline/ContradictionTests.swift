import Curation
import DICOM
import Testing

@Suite("Objects that say what cannot be so")
struct ContradictionTests {
    private func code(_ syntax: String = "1.2.840.10008.1.2.1", _ fill: (inout DataSetBuilder) -> Void) throws
        -> CurationError.Code?
    {
        var builder = DataSetBuilder()
        builder.append(.sopClassUID, .ui, string: "1.2.840.10008.5.1.4.1.1.2")
        for (tag, uid) in [
            (DICOM.Tag.sopInstanceUID, "1.2.3"), (.studyInstanceUID, "1.2.4"), (.seriesInstanceUID, "1.2.5"),
        ] {
            builder.append(tag, .ui, string: uid)
        }
        builder.append(.patientID, .lo, string: "4711")
        fill(&builder)
        var meta = DataSetBuilder()
        meta.append(.transferSyntaxUID, .ui, string: syntax)
        let bytes = try DICOMWriter.file(
            meta: try meta.finish(), dataSet: try builder.finish(), transferSyntax: TransferSyntax(uid: syntax))
        let curator = ObjectCurator(deidentifier: Deidentifier(key: try PseudonymKey(Array(0..<32))))
        do {
            _ = try curator.curate(try DICOMFile.read(bytes), from: MemorySource(bytes))
            return nil
        } catch let error as CurationError {
            return error.code
        }
    }

    @Test("a birth after the study", arguments: [DICOM.Tag.studyDate, DICOM.Tag(0x0008, 0x0022)])
    func birth(tag: DICOM.Tag) throws {
        #expect(
            try code {
                $0.append(.patientBirthDate, .da, string: "20200102")
                $0.append(tag, .da, string: "20200101")
            } == .contradiction)
    }

    @Test("but not one on the day of the study, nor dates that are none")
    func noContradiction() throws {
        #expect(
            try code {
                $0.append(.patientBirthDate, .da, string: "20200101")
                $0.append(.studyDate, .da, string: "20200101")
            } == nil)
        #expect(
            try code {
                $0.append(.patientBirthDate, .da, string: "unknown")
                $0.append(.studyDate, .da, string: "18580101")
            } == nil)
    }

    @Test("encrypted attributes, which somebody can read again")
    func encrypted() throws {
        #expect(
            try code {
                $0.beginSequence(DICOM.Tag(0x0400, 0x0500))
                $0.beginItem()
                $0.append(DICOM.Tag(0x0400, 0x0520), .ob, bytes: [1, 2, 3, 4])
                $0.endItem()
                $0.endSequence()
            } == .encrypted)
    }

    @Test("a transfer syntax that nobody knows")
    func unknownForm() throws {
        #expect(try code("1.2.3.4.5") { _ in } == .unknownForm)
    }
}
