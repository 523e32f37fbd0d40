import FoundationEssentials
import Testing

@testable import Cohort

@Suite("The JSON of answers")
struct AnswerFormTests {
    private func json(_ value: some Encodable) throws -> String {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        return String(decoding: try encoder.encode(value), as: UTF8.self)
    }

    @Test(
        "a count is one of three",
        arguments: [
            (ProtectedCount.exact(12), #"{"count":12}"#, "12"), (.fewerThan(5), #"{"fewerThan":5}"#, "<5"),
            (.moreThan(95), #"{"moreThan":95}"#, ">95"),
        ])
    func counts(count: ProtectedCount, json: String, text: String) throws {
        #expect(try self.json(count) == json && count.description == text)
        #expect(try JSONDecoder().decode(ProtectedCount.self, from: Data(json.utf8)) == count)
    }

    @Test(
        "what is no count is refused",
        arguments: ["{}", #"{"count":1,"fewerThan":5}"#, #"{"count":-1}"#, #"{"more":1}"#, "5"])
    func noCounts(json: String) {
        #expect(throws: (any Error).self) { try JSONDecoder().decode(ProtectedCount.self, from: Data(json.utf8)) }
    }

    @Test("a count stands for a range")
    func ranges() {
        #expect(ProtectedCount.exact(3).range == (3, 3) && ProtectedCount.fewerThan(5).range == (0, 4))
        #expect(ProtectedCount.moreThan(95).range.low == 96 && ProtectedCount.moreThan(95).range.high == nil)
        #expect(ProtectedCount.moreThan(.max).range.low == .max)
    }

    @Test("a site that counted: every condition is reported with about how many are not recorded")
    func counted() throws {
        let query = try CohortQuery(text: "modality = CT and fieldStrength >= 1.5 facets modality")
        let raw = RawAnswer(
            counts: Counts(patients: 20, studies: 30, series: 40, images: 50),
            everything: Counts(patients: 100, studies: 100, series: 100, images: 100),
            facets: [RawFacet(name: "modality", cells: [])],
            notRecorded: ["series.modality": 2, "series.magneticFieldStrength": 60])
        let answer = SiteAnswer.counted(query, raw, withheldFacets: ["sex"], rule: .standard)
        #expect(answer.outcome == .counted && answer.threshold == 5)
        #expect(
            answer.conditions == [
                ConditionReport(text: "series.modality = CT", status: .applied, unknown: .fewerThan(10)),
                ConditionReport(
                    text: "series.magneticFieldStrength >= 1.5 T", status: .applied, unknown: .moreThan(50)),
                ConditionReport(
                    text: "facets sex", status: .unsupported, reason: "this site does not give a breakdown by it"),
            ])
        #expect(try JSONDecoder().decode(SiteAnswer.self, from: Data(json(answer).utf8)) == answer)
    }

    @Test("a site that cannot apply a condition counts nothing, and says which and why")
    func cannotApply() throws {
        let query = try CohortQuery(text: "modality = CT and age > 50")
        let answer = SiteAnswer.cannotApply(query, refusing: ["patient.ageAtStudy"], rule: .standard)
        #expect(answer.outcome == .cannotApply && answer.counts == nil && answer.facets.isEmpty)
        #expect(answer.conditions.map(\.status) == [.applied, .unsupported])
        #expect(answer.conditions[1].reason == "this site answers no questions about patient.ageAtStudy")
    }
}
