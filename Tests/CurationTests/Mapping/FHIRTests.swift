import Cohort
import Curation
import Testing

@Suite("FHIR")
struct FHIRTests {
    private static let yaml = """
        mapping: f
        sources:
          fhir:
            kind: fhir
            file: ["*.json", "*.ndjson"]
            records:
              - entity: patient
                from: Patient
                values: {sex: gender}
              - entity: condition
                from: Condition
                key: id
                values: {topography: bodySite.coding}
        """
    private static let patient =
        #"{"resourceType":"Patient","id":"p1","identifier":[{"system":"urn:h","value":"42"}],"gender":"female"}"#
    private static let condition =
        #"{"resourceType":"Condition","id":"c1","subject":{"reference":"Patient/p1"},"bodySite":[{"coding":[{"system":"http://terminology.hl7.org/CodeSystem/icd-o-3","code":"C50.4"}]}]}"#

    @Test("says the same as a Bundle and as lines")
    func forms() throws {
        let bundle =
            #"{"resourceType":"Bundle","type":"collection","entry":[{"resource":"# + Self.condition + #"},{"resource":"#
            + Self.patient + "}]}"
        let one = try Mappings.run(Self.yaml, ["b.json": bundle])
        let other = try Mappings.run(Self.yaml, ["l.ndjson": Self.patient + "\n" + Self.condition + "\n"])
        #expect(one.texts("condition.topography") == ["C50.4"])
        #expect(Set(one.records.map(\.key)) == Set(other.records.map(\.key)))
        #expect(one.records.first?.patient == (try Objects.pseudonyms()).patientID(issuer: "", id: "42"))
    }

    @Test("with a reference to nobody is explained, and the rest is taken")
    func missing() throws {
        let lost = Self.condition.replacing("Patient/p1", with: "Patient/p9").replacing("c1", with: "c2")
        let result = try Mappings.run(
            Self.yaml, ["l.ndjson": [Self.patient, Self.condition, lost].joined(separator: "\n")])
        #expect(result.records(.condition).count == 1)
        let problem = try #require(result.problems(.missingReference).first)
        #expect(problem.rows.first == [3])
        #expect(problem.message.contains("export Patient as well"))
    }

    @Test("that is cut off, too deep or no JSON is refused, with the number of the resource")
    func damaged() {
        for (text, expected) in [
            (String((Self.patient + "\n" + Self.condition).dropLast(20)), "row 2"),
            (Self.patient + "\n" + String(repeating: "[", count: 100), "levels inside each other"),
            ("id,sex\n", "it is no JSON of FHIR"),
        ] {
            #expect(Mappings.refusal(Self.yaml, ["l.ndjson": text]).contains(expected))
        }
    }
}
