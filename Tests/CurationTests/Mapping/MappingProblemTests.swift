import Cohort
import Curation
import Testing

@Suite("What a mapping does not understand")
struct MappingProblemTests {
    @Test("is an unknown value with what may have been meant")
    func unknownValue() throws {
        let result = try Mappings.run(
            table: "id,t\nA,T2\nB,T22\nC,T22\n", records: "- entity: condition\n  values: {pT: t}")
        let problem = try #require(result.problems(.unknownValue).first)
        #expect(problem.file == "t.csv")
        #expect(problem.column == "t")
        #expect(problem.attribute == "condition.pT")
        #expect(problem.rows.count == 2)
        #expect(problem.rows.first == [3, 4])
        #expect(problem.message.contains("“T22”"))
        #expect(problem.message.contains("did you mean T2"))
        #expect(!result.report.isComplete)
    }

    @Test(
        "is never shown where it may be a patient's",
        arguments: ["Kowalczyk, Jadwiga", "85010112345", "jadwiga@example.org", "12.03.1961"])
    func hidden(_ value: String) throws {
        let result = try Mappings.run(
            table: "id,t\nA,\"\(value)\"\n", records: "- entity: condition\n  values: {pT: t, grade: t, bclc: t}")
        #expect(result.records.isEmpty)
        #expect(!result.report.problems.isEmpty)
        for problem in result.report.problems { #expect(!problem.text.contains(value)) }
        #expect(!result.report.text.contains("Jadwiga"))
    }

    @Test("is free text, which is refused")
    func freeText() throws {
        let result = try Mappings.run(
            table: "id,c,p\nA,c.35G>A,p.Gly12Asp\nB,seen by Dr Kowalczyk on Monday,p.Val600Glu\n",
            records: "- entity: variant\n  values: {hgvsCoding: c, hgvsProtein: p}")
        #expect(result.texts("variant.hgvsCoding") == ["c.35G>A"])
        #expect(result.texts("variant.hgvsProtein") == ["p.Gly12Asp", "p.Val600Glu"])
        #expect(result.problems(.freeText).map(\.rows.first) == [[3]])
    }

    @Test("is a row without a patient")
    func noPatient() throws {
        let result = try Mappings.run(
            table: "id,t\n,T1\nA,T2\n", records: "- entity: condition\n  values: {pT: t}")
        #expect(result.texts("condition.pT") == ["T2"])
        #expect(result.problems(.noPatient).map(\.rows.first) == [[2]])
    }

    @Test("are facts that contradict each other: neither is taken")
    func contradiction() throws {
        let result = try Mappings.run(
            table: "id,sex,country\nA,F,ES\nA,M,ES\nB,M,FR\n",
            records: "- entity: patient\n  values: {sex: sex, country: country}")
        #expect(result.texts("patient.sex") == ["M"])
        #expect(result.texts("patient.country") == ["ES", "FR"])
        let problem = try #require(result.problems(.contradiction).first)
        #expect(problem.attribute == "patient.sex")
        #expect(problem.rows.first == [3])
    }

    @Test("are patients without images, with what would bring them together")
    func withoutImages() throws {
        let pseudonyms = try Objects.pseudonyms()
        let imaged = ["00000042", "00000043"].map { pseudonyms.patientID(issuer: "", id: $0) }
        let result = try Mappings.run(
            table: "id,t\n42,T1\n43,T2\n7,T3\n", records: "- entity: condition\n  values: {pT: t}", imaged: Set(imaged))
        #expect(result.report.images?.withoutImages == 3)
        let problem = try #require(result.problems(.patientWithoutImages).first)
        #expect(problem.message.contains("3 patients"))
        #expect(problem.message.contains("`zero_pad: 8` under `patient` in the mapping would find those of 2"))
    }

    @Test("are columns and files that no rule reads")
    func unmapped() throws {
        let yaml = Mappings.yaml(records: "- entity: condition\n  values: {pT: t}")
        let result = try Mappings.run(yaml, ["t.csv": "id,t,left\nA,T1,1\n", "other.csv": "id\nA\n"])
        #expect(result.problems(.unmapped).map(\.column) == ["left", nil])
        #expect(result.problems(.unmapped).map(\.file) == ["t.csv", "other.csv"])
        #expect(result.report.isComplete)
    }

    @Test("is a rule that makes nothing")
    func mapsNothing() throws {
        let result = try Mappings.run(
            table: "id,t\nA,T1\n",
            records: """
                - entity: condition
                  when: {column: t, is: T4}
                  values: {pT: t}
                """)
        #expect(result.report.recordCount == 0)
        #expect(result.problems(.mapsNothing).count == 1)
    }

    @Test("is told in bounded length, however much there is of it")
    func bounded() throws {
        var table = "id,t\n"
        for row in 0..<3_000 { table += "A\(row),Q\(row)x\n" }
        let result = try Mappings.run(table: table, records: "- entity: condition\n  values: {pT: t}")
        #expect(result.report.problems.count <= 1_100)
        #expect(result.report.further["unknown-value"] == 2_000)
        #expect(result.report.text.split(separator: "\n").count < 200)
    }
}
