import Cohort
import Foundation
import Testing

@testable import Hub

@Suite("What a Lens front end reads")
struct LensReplyTests {
    private let site = SiteResult.Site(id: "ponent", name: "Hospital de Ponent", country: "ES")

    private func answer(_ patients: ProtectedCount) -> SiteAnswer {
        SiteAnswer(
            outcome: .counted, conditions: [ConditionReport(text: "series.modality = NM", status: .applied)],
            counts: ProtectedCounts(
                patients: patients, studies: .fewerThan(1000), series: .exact(7), images: .exact(9)),
            facets: [
                Facet(
                    name: "sex", label: "Sex",
                    cells: [
                        FacetCell(value: "F", label: "Female", patients: .exact(30)),
                        FacetCell(value: "M", label: "Male", patients: .fewerThan(5)),
                        FacetCell(value: CohortFacet.notRecorded, label: "not recorded", patients: .exact(9)),
                    ]),
                Facet(
                    name: "ageBand", label: "Age at study",
                    cells: [
                        FacetCell(value: "0-9", label: "0-9", patients: .fewerThan(5)),
                        FacetCell(value: "40-49", label: "40-49", patients: .exact(12)),
                        FacetCell(value: "70-79", label: "70-79", patients: .moreThan(8)),
                    ]),
                Facet(
                    name: "modality", label: "Modality",
                    cells: [FacetCell(value: "CT", label: "Computed tomography", patients: .about(30, within: 4))]),
            ], threshold: 5)
    }

    private func collection(_ patients: ProtectedCount, reports: [ConditionReport] = []) throws -> LensReply.Collection?
    {
        let answer = answer(patients)
        return LensReply(site, answer, try #require(answer.counts), card: nil, reports: reports).collections.first
    }

    @Test(
        "a hidden number is the least that it can be; one that is about so many is that",
        arguments: [
            (ProtectedCount.exact(120), 120), (.fewerThan(5), 0), (.moreThan(95), 96), (.about(120, within: 4), 120),
        ])
    func numbers(count: ProtectedCount, number: Int) throws {
        let collection = try #require(try collection(count))
        #expect(collection.subjectsCount == number)
        #expect(collection.studiesCount == 0)
        #expect(collection.atles.counts.patients == count)
    }

    @Test("only groups that are shown are in the lists, and only what is recorded")
    func lists() throws {
        let collection = try #require(try collection(.exact(39)))
        #expect(collection.gender == ["Female"] && collection.modality == ["CT"] && collection.bodyParts.isEmpty)
        #expect(collection.ageRange == LensReply.Ages(min: 40, max: 79))
    }

    @Test("a site that shows that it has none has no collection")
    func none() throws { #expect(try collection(.exact(0)) == nil) }

    @Test("what was hidden and what was approximated is in the description, in words")
    func description() throws {
        let spect = ConditionReport(text: "RID10311 EQUALS RID10334", status: .approximated, reason: "as NM")
        let collection = try #require(try collection(.fewerThan(5), reports: [spect]))
        #expect(
            collection.description
                == "Patients: fewer than 5; studies: hidden. Groups of fewer than 5 patients are not shown; a hidden number "
                + "counts as its least. Approximated: RID10311 EQUALS RID10334 (as NM).")
        #expect(collection.atles.conditions.map(\.status) == [.approximated, .applied])
    }

    @Test("a body is ASCII, so that a browser's atob reads it: what is not is escaped")
    func escapes() throws {
        let json = Data(#"{"name":"Hôpital \n 😀"}"#.utf8)
        let plain = LensStream.latin(json)
        #expect(plain.allSatisfy { $0 < 0x80 })
        let read = try JSONDecoder().decode([String: String].self, from: Data(plain))
        #expect(read == ["name": "Hôpital \n 😀"])
    }

    @Test("refusals are kept for those who listen, and not for ever")
    func refusals() {
        let refusals = LensRefusals()
        for number in 0..<1025 { refusals.add("\(number)", "because", sites: ["a"]) }
        #expect(refusals["0"] == nil && refusals["1"] != nil && refusals["1024"]?.sites == ["a"])
    }
}
