import Curation
import DICOM
import Testing

@Suite("Drafts of specifications")
struct TableProposalTests {
    private let table = """
        PatientID;Last Name;Geburtsdatum;Sex;Age at diagnosis;Diagnosed;Topography;PLZ;Remarks;PSA;Phone;Study UID;Visit
        P1;Miller;1950-01-02;F;61;2021-03-04;C50.1;10115;seen by her family doctor in spring;4.5;0301234567;1.2.840.99.1;03/04/2021
        P2;Smith;1951-02-03;M;70;2021-04-05;C61.9;10117;walks well, came with his daughter Anna;<0.1;0307654321;1.2.840.99.2;05/06/2021
        P3;Jones;1949-07-09;F;72;2021-05-06;C50.1;10119;wants to be called after six;7;0309876543;1.2.840.99.3;07/08/2021
        """

    @Test("give every column the role that its name and values have")
    func roles() throws {
        let proposal = try TableProposal(MemorySource(Array(table.utf8)))
        #expect(
            proposal.columns.map(\.role) == [
                .id, .drop(holds: .patientName), .birthDate(nil, becomes: .nothing), .sex, .age(.years),
                .date(DatePattern("yyyy-mm-dd")), .code(ValueRule()), .area(AreaRule()), .text(isAllowed: false),
                .number,
                .drop(holds: .phone), .uid, .date(nil),
            ])
        #expect(proposal.columns.filter(\.isOpen).map(\.name) == ["Remarks", "Visit"])
        #expect(proposal.separator == .semicolon)
    }

    @Test("are specifications, and hold no cell")
    func yaml() throws {
        let yaml = try TableProposal(MemorySource(Array(table.utf8))).yaml
        for cell in ["Miller", "Smith", "1950", "daughter", "0301234567", "10115", "P1"] {
            #expect(!yaml.contains(cell))
        }
        let spec = try ClinicalTableSpec(yaml: yaml)
        #expect(spec.idColumn == "PatientID")
        let result = try Tables.run(table + "\n", yaml)
        #expect(!result.text.contains("Miller"))
        #expect(!result.text.contains("family doctor"))
        // Nothing is open but what the draft said.
        #expect(result.report.columns.filter { $0.outcome == .refused }.map(\.name) == ["Remarks", "Visit"])
    }

    @Test("of a table with strange names read back as those names")
    func names() throws {
        let text = "id,\"a \"\"b\"\": c\",\"# d\",\"e\\\"\nP1,1,2,3\nP2,4,5,6\n"
        let spec = try ClinicalTableSpec(yaml: try TableProposal(MemorySource(Array(text.utf8))).yaml)
        #expect(spec.columns.map(\.name) == ["id", "a \"b\": c", "# d", "e\\"])
    }

    @Test("take four digits for years only where the name says so")
    func years() throws {
        let text = "id,dose,year of diagnosis\nP1,1950,2019\nP2,2010,2020\nP3,1980,2021\n"
        let roles = try TableProposal(MemorySource(Array(text.utf8))).columns.map(\.role)
        #expect(roles == [.id, .number, .date(DatePattern("yyyy"))])
    }

    @Test("are refused where the first row holds a patient instead of names")
    func headless() {
        #expect(throws: TableError.self) {
            try TableProposal(MemorySource(Array("P1,Miller,1950-01-02\nP2,Smith,1951-02-03\n".utf8)))
        }
    }
}
