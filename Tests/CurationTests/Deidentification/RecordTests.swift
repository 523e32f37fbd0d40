import Curation
import DICOM
import Testing

@Suite("The record of what was done with an object")
struct RecordTests {
    private func record(_ fill: (inout DataSetBuilder) -> Void) throws -> [ActionRecord] {
        try Objects.deidentifier(.research)
            .deidentify(try Objects.file(fill), context: DeidentificationContext(keepsRecord: true)).record
    }

    @Test("says for each attribute where it stood and what became of it, never a value")
    func actions() throws {
        let record = try record { builder in
            builder.append(.patientName, .pn, string: "MUSTERMANN^ERIKA")
            builder.append(.studyDate, .da, string: "20240317")
            builder.append(.accessionNumber, .sh, string: "A4711")
            builder.append(.seriesDescription, .lo, string: "CHEST")
            builder.append(.stationName, .sh, string: "CT3")
            builder.append(.rows, .us, ints: [512])
            builder.append(.patientSex, .cs, string: "F")
            builder.beginSequence(.referencedInstanceSequence)
            for uid in ["1.2.3", "1.2.4"] {
                builder.beginItem()
                builder.append(.referencedSOPInstanceUID, .ui, string: uid)
                builder.endItem()
            }
            builder.endSequence()
        }
        let actions = Dictionary(record.map { ($0.path, $0.action) }) { first, _ in first }
        #expect(actions["(0010,0010)"] == .emptied)
        #expect(actions["(0008,0020)"] == .shifted)
        #expect(actions["(0008,0050)"] == .emptied)
        #expect(actions["(0008,103E)"] == .cleaned)
        #expect(actions["(0008,1010)"] == .removed)
        #expect(actions["(0028,0010)"] == .kept)
        #expect(actions["(0010,0040)"] == .retained)
        #expect(actions["(0010,0020)"] == .replaced)
        #expect(actions["(0008,114A)[2].(0008,1155)"] == .remapped)
        #expect(record.filter { $0.tag == .referencedSOPInstanceUID }.count == 2)
        #expect(record.allSatisfy { !$0.path.contains("MUSTERMANN") && !$0.path.contains("1.2.3") })
    }

    @Test("is empty unless it is asked for, and changes nothing of the result")
    func asked() throws {
        let file = try Objects.file { $0.append(.studyDate, .da, string: "20240317") }
        let plain = try Objects.deidentifier(.research).deidentify(file)
        let recorded = try Objects.deidentifier(.research)
            .deidentify(file, context: DeidentificationContext(keepsRecord: true))
        #expect(plain.record.isEmpty && !recorded.record.isEmpty)
        #expect(try Objects.bytes(plain) == Objects.bytes(recorded))
        #expect(plain.counts == recorded.counts)
    }
}
