import Cohort
import Curation
import Testing

/// Drafts of mappings, made of tables that nobody has described. The expected values stand in the tables.
@Suite("A drafted mapping")
struct ProposalTests {
    private func run(_ name: String) throws -> Mappings.Result {
        let draft = try MappingProposal(name: "draft", SampleTables.inputs(name), today: nil)
        return try Mappings.run(draft.yaml, SampleTables.inputs(name))
    }

    @Test(
        "is a mapping that finds every patient",
        arguments: [("chaimeleon", 6), ("procancer-i", 5), ("incisive", 4)])
    func patients(_ name: String, _ number: Int) throws {
        #expect(try run(name).report.patients == number)
    }

    @Test("of an OMOP export finds stages, Gleason and markers as the ready mapping does")
    func omop() throws {
        let result = try run("chaimeleon")
        let staged = try #require(result.records(.condition).first { $0.values["condition.pT"] != nil })
        #expect(staged.values["condition.pT"] == [.text("T2")])
        #expect(staged.values["condition.pN"] == [.text("N1a")])
        #expect(result.numbers("marker.PSA") == [7.4])
    }

    @Test("of FHIR resources finds categories, stage and grade by their LOINC codes")
    func fhir() throws {
        let result = try run("incisive")
        let staged = try #require(result.records(.condition).first { $0.values["condition.cT"] != nil })
        #expect(staged.values["condition.cT"] == [.text("T2")])
        #expect(staged.values["condition.clinicalStage"] == [.text("IIB")])
        #expect(result.numbers("marker.PSA") == [9.2])
        #expect(result.numbers("tumour.size") == [23])
    }

    @Test("of a table reads one column of zeros and ones a category as one attribute, and says what it does not read")
    func oneHot() throws {
        let table = """
            pid,age_at_diagnosis,stage_IIA,stage_IIIB,favourite_colour
            A1,61,1,0,green
            A2,55,0,1,blue
            A3,48,0,1,red
            """
        let inputs = Mappings.inputs(["clinical.csv": table])
        let draft = try MappingProposal(name: "draft", inputs, today: nil)
        let result = try Mappings.run(draft.yaml, inputs)
        #expect(result.report.patients == 3)
        #expect(result.texts("condition.stage").sorted() == ["IIA", "IIIB", "IIIB"])
        #expect(result.numbers("condition.ageAtDiagnosis").sorted() == [48, 55, 61])
        #expect(draft.yaml.contains("favourite_colour"))
        #expect(!draft.yaml.contains("green"))
    }
}
