import Cohort
import Curation
import DICOM
import Foundation
import Testing

/// The mappings that ship, each with the sample tables beside it. The expected values stand in the tables.
@Suite("Ready mappings")
struct ReadyMappingTests {
    private func run(_ name: String) throws -> Mappings.Result {
        let bytes = try #require(FileManager.default.contents(atPath: "mappings/\(name).yaml"))
        return try Mappings.run(String(decoding: bytes, as: UTF8.self), SampleTables.inputs(name))
    }

    @Test(
        "read their sample tables whole",
        arguments: [("chaimeleon", 6), ("eucanimage", 4), ("procancer-i", 5), ("incisive", 4), ("primage", 3)])
    func whole(_ name: String, _ patients: Int) throws {
        let result = try run(name)
        #expect(result.report.isComplete, "\(result.report.text)")
        #expect(result.report.patients == patients)
    }

    @Test("take ICD-O-3 and staging from OMOP, linked by the number of the condition")
    func omop() throws {
        let result = try run("chaimeleon")
        let breast = try #require(
            result.records(.condition).first { $0.values["condition.pT"] != nil })
        #expect(breast.values["condition.topography"] == [.text("C50.4")])
        #expect(breast.values["condition.morphology"] == [.text("8500/3")])
        #expect(breast.values["condition.pT"] == [.text("T2")])
        #expect(breast.values["condition.pN"] == [.text("N1a")])
        #expect(result.numbers("marker.PSA") == [7.4])
        #expect(result.texts("condition.clinicalStage") == ["IIIA"])
    }

    @Test("take Gleason and PI-RADS from OMOP with the imaging extension")
    func imaging() throws {
        let result = try run("procancer-i")
        #expect(result.numbers("condition.gleasonPrimary").sorted() == [3, 4])
        #expect(result.numbers("condition.gleasonSecondary").sorted() == [4, 5])
        #expect(result.texts("tumour.pirads").sorted() == ["4", "5"])
    }

    @Test("take staging, markers and treatment from FHIR, in its references")
    func fhir() throws {
        let result = try run("incisive")
        let staged = try #require(result.records(.condition).first { $0.values["condition.cT"] != nil })
        #expect(staged.values["condition.cT"] == [.text("T2")])
        #expect(staged.values["condition.clinicalStage"] == [.text("IIB")])
        #expect(staged.values["condition.topography"] == [.text("C50.4")])
        #expect(result.numbers("marker.PSA") == [9.2])
        // 2.3 cm
        #expect(result.numbers("tumour.size") == [23])
        #expect(result.texts("followUp.vitalStatus").sorted() == ["alive", "dead"])
    }

    @Test("take intervals and lists from the ICGC-ARGO dictionary")
    func argo() throws {
        let result = try run("eucanimage")
        #expect(result.numbers("treatment.startDay").sorted() == [14, 21, 30, 60])
        #expect(
            result.records(.treatment).contains {
                $0.values["treatment.type"] == [.text("chemotherapy"), .text("radiotherapy")]
            })
        #expect(result.numbers("marker.CA199") == [55])
    }
}
