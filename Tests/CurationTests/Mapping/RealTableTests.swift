import Cohort
import Curation
import DICOM
import Foundation
import Testing

enum RealTable {
    static let path =
        (ProcessInfo.processInfo.environment["ATLES_SHARED"] ?? "../shared") + "/data/fed_tcga_brca/brca.csv"
    static let isThere = FileManager.default.fileExists(atPath: path)
}

/// The clinical table of TCGA-BRCA beside the project, and the mapping that ships for it. The expected counts are those of
/// the columns in the table, counted with awk.
@Suite("The table of TCGA-BRCA", .enabled(if: RealTable.isThere))
struct RealTableTests {
    private func run() throws -> Mappings.Result {
        let yaml = String(
            decoding: try #require(FileManager.default.contents(atPath: "mappings/tcga-brca.yaml")), as: UTF8.self)
        let table = try #require(FileManager.default.contents(atPath: RealTable.path))
        return try Mappings.run(yaml, [MappingInput(name: "brca.csv", source: MemorySource(Array(table)))])
    }

    @Test("is understood whole")
    func whole() throws {
        let result = try run()
        #expect(result.report.isComplete)
        #expect(result.report.patients == 1_096)
        #expect(result.report.records.map(\.records) == [1_096, 1_096, 1_096])
        #expect(result.problems(.unmapped).isEmpty)
    }

    @Test("has the codes of its columns of zeros and ones")
    func codes() throws {
        let result = try run()
        func count(_ name: String, _ value: String) -> Int { result.texts(name).count { $0 == value } }
        #expect(count("condition.morphology", "8500/3") == 778)
        #expect(count("condition.morphology", "8520/3") == 201)
        #expect(count("condition.pT", "T2") == 633)
        #expect(count("condition.pN", "N0") == 154)
        #expect(count("condition.pN", "N2a") == 64)
        #expect(count("condition.pM", "MX") == 162)
        #expect(count("condition.pathologicalStage", "IIA") == 358)
        #expect(count("condition.stage", "I") == 90)
        #expect(count("condition.stageEdition", "AJCC7") == 416)
        #expect(count("condition.icd10", "C50.9") == 1_085)
        #expect(count("patient.ethnicity", "black") == 182)
    }

    @Test("has its outcomes: 151 deaths, with the days to them")
    func outcomes() throws {
        let result = try run()
        #expect(result.texts("followUp.vitalStatus").count { $0 == "dead" } == 151)
        #expect(result.texts("followUp.vitalStatus").count { $0 == "alive" } == 945)
        #expect(result.numbers("followUp.daysToDeath").count == 151)
        #expect(result.numbers("followUp.survivalDays").count == 1_096)
        #expect(result.numbers("condition.ageAtDiagnosis").max() == 90)
    }
}
