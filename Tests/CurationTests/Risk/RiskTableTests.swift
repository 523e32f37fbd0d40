import Curation
import DICOM
import Testing

@Suite("Records of risk")
struct RiskTableTests {
    private let visits = "patient_id,sex,visit\n" + String(repeating: "A,F,1\n", count: 5) + "B,M,1\n"

    @Test("are patients, however many rows they have")
    func rows() throws {
        var builder = RiskTableBuilder()
        let names = try TableReader(MemorySource(Array(visits.utf8))).columns
        try builder.add(
            table: MemorySource(Array(visits.utf8)), patientColumn: RiskTableBuilder.patientColumn(among: names),
            columns: [.init("sex", .category)])
        let report = RiskAssessment(gate: ReleaseGate(k: 2)).report(builder.table)
        // Five visits of one woman hide nobody.
        #expect(report.records == 2)
        #expect(report.smallest == 1)
        #expect(!report.decision.passed)
    }

    @Test(
        "are found by the name of their column",
        arguments: [
            (["sex", "PatientID"], "PatientID"), (["id", "sex"], "id"), (["pid", "age"], "pid"), (["sex", "age"], nil),
        ] as [([String], String?)])
    func patientColumn(_ names: [String], _ expected: String?) {
        #expect(RiskTableBuilder.patientColumn(among: names) == expected)
    }

    @Test("have facts whose names say what they are")
    func kinds() {
        #expect(RiskTableBuilder.likelyKind("age_at_index") == .age)
        #expect(RiskTableBuilder.likelyKind("PLZ") == .area)
        #expect(RiskTableBuilder.likelyKind("race_asian") == .category)
    }
}
