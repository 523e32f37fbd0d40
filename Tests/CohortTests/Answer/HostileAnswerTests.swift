import FoundationEssentials
import Testing

@testable import Cohort

@Suite("What a hostile site says is refused when it is read")
struct HostileAnswerTests {
    private static let counts =
        #"{"patients":{"count":9},"studies":{"count":9},"series":{"count":9},"images":{"count":9}}"#

    private static func cell(_ value: String = "MR", label: String = "MR", patients: String = #"{"count":9}"#) -> String
    { #"{"value":"\#(value)","label":"\#(label)","patients":\#(patients)}"# }

    private static func facet(_ name: String = "modality", label: String = "M", cells: [String] = [cell()]) -> String {
        #"{"name":"\#(name)","label":"\#(label)","cells":[\#(cells.joined(separator: ","))]}"#
    }

    private static func report(_ text: String = "sex = F", reason: String? = nil) -> String {
        #"{"text":"\#(text)","status":"applied"\#(reason.map { #","reason":"\#($0)""# } ?? "")}"#
    }

    private static func answer(
        conditions: [String] = [report()], counts: String = counts, facets: [String] = [facet()],
        threshold: String = "5", milliseconds: String = "1.5"
    ) -> String {
        """
        {"outcome":"counted","conditions":[\(conditions.joined(separator: ","))],"counts":\(counts),\
        "facets":[\(facets.joined(separator: ","))],"threshold":\(threshold),"milliseconds":\(milliseconds)}
        """
    }

    private static func card(
        title: String = "Images", description: String = "", facets: [String] = CohortFacet.standardNames,
        years: String = #"{"first":2001,"last":2020}"#, updated: String = "2025-01-01T00:00:00Z",
        attributes: [String] = ["patient.sex"], threshold: Int = 5
    ) -> String {
        let members = zip(["modalities", "bodyParts", "manufacturers", "sexes", "ageBands"], facets).map {
            #""\#($0)":\#(facet($1))"#
        }
        let listed = attributes.map { "\"\($0)\"" }.joined(separator: ",")
        return """
            {"title":"\(title)","description":"\(description)","counts":\(counts),\(members.joined(separator: ",")),\
            "years":\(years),"updated":"\(updated)","attributes":[\(listed)],"threshold":\(threshold)}
            """
    }

    private static func x(_ count: Int) -> String { String(repeating: "x", count: count) }

    private func reads<Value: Decodable>(_ type: Value.Type, _ json: String) -> Bool {
        (try? JSONDecoder().decode(type, from: Data(json.utf8))) != nil
    }

    @Test("numbers beyond a million million, and below zero", arguments: ["count", "fewerThan", "moreThan"])
    func numbers(key: String) {
        #expect(
            reads(ProtectedCount.self, #"{"\#(key)":1000000000000}"#) && reads(ProtectedCount.self, #"{"\#(key)":0}"#))
        for number in ["1000000000001", "-1", "9223372036854775807", "1e300", "0.5", "\"5\"", "null"] {
            #expect(!reads(ProtectedCount.self, #"{"\#(key)":\#(number)}"#), "\(number)")
        }
    }

    @Test("an answer at every limit is read")
    func largest() {
        let cells = (0..<2000).map { Self.cell("\($0)", label: Self.x(300)) }
        #expect(
            reads(SiteAnswer.self, Self.answer(facets: [Self.facet(Self.x(300), label: Self.x(300), cells: cells)])))
        #expect(
            reads(
                SiteAnswer.self,
                Self.answer(
                    conditions: Array(repeating: Self.report(Self.x(4000), reason: Self.x(4000)), count: 1064),
                    facets: (0..<64).map { Self.facet("\($0)") }, threshold: "1000", milliseconds: "0")))
        #expect(reads(SiteAnswer.self, Self.answer(counts: "null", facets: [], threshold: "1")))
    }

    @Test(
        "answers that are too large, or say a thing twice",
        arguments: [
            answer(threshold: "0"), answer(threshold: "1001"), answer(threshold: "-5"), answer(milliseconds: "-1"),
            answer(milliseconds: "1e300"), answer(facets: (0..<65).map { facet("\($0)") }),
            answer(facets: [facet("sex"), facet("sex")]), answer(facets: [facet(cells: [cell("CT"), cell("CT")])]),
            answer(facets: [facet(cells: (0..<2001).map { cell("\($0)") })]), answer(facets: [facet(x(301))]),
            answer(facets: [facet(label: x(301))]), answer(facets: [facet(cells: [cell(x(301))])]),
            answer(facets: [facet(cells: [cell(label: x(301))])]),
            // Few characters and many bytes: one letter under a heap of accents.
            answer(facets: [facet(cells: [cell(label: "x" + String(repeating: "\u{301}", count: 150))])]),
            answer(facets: [facet(cells: [cell(patients: #"{"count":-1}"#)])]),
            answer(conditions: Array(repeating: report(), count: 1065)), answer(conditions: [report(x(4001))]),
            answer(conditions: [report(reason: x(4001))]),
            answer(counts: counts.replacing("9", with: "1000000000001")),
        ])
    func refusesAnswers(json: String) { #expect(!reads(SiteAnswer.self, json)) }

    @Test("a card at every limit is read")
    func largestCard() {
        #expect(
            reads(
                DataSetCard.self,
                Self.card(
                    title: Self.x(300), description: Self.x(4000), attributes: Array(repeating: "a", count: 1000),
                    threshold: 1000)))
        #expect(reads(DataSetCard.self, Self.card(years: "null")))
    }

    @Test(
        "cards that are too large, or say a thing twice",
        arguments: [
            card(title: x(301)), card(description: x(4001)), card(updated: x(301)), card(threshold: 0),
            card(threshold: 1001), card(attributes: [x(301)]), card(attributes: Array(repeating: "a", count: 1001)),
            card(facets: Array(repeating: "sex", count: 5)), card(years: #"{"first":2020,"last":2001}"#),
            card(years: #"{"first":-1,"last":9223372036854775807}"#),
        ])
    func refusesCards(json: String) { #expect(!reads(DataSetCard.self, json)) }

    @Test("a rule's threshold is checked, too", arguments: [0, -5, 1001])
    func refusesRules(threshold: Int) { #expect(!reads(DisclosureRule.self, #"{"threshold":\#(threshold)}"#)) }

    @Test("the reason for a refusal does not repeat what was said")
    func silent() {
        #expect {
            try JSONDecoder().decode(FacetCell.self, from: Data(Self.cell("Doe^Jane" + Self.x(300)).utf8))
        } throws: { error in
            !"\(error)".contains("Doe")
        }
    }

    @Test("what an honest site says stays within: a test of a thousand long values, ten thousand makers")
    func honest() throws {
        let values = (0..<990).map { "\"\($0)" + String(repeating: "ä", count: 40) + "\"" }
        let query = try CohortQuery(text: "manufacturer in (\(values.joined(separator: ",")))")
        let everything = Counts(patients: 100_000, studies: 100_000, series: 100_000, images: 100_000)
        let cells = (0..<10_000).map { RawFacet.Cell(value: "maker \($0)", patients: 6, everywhere: 20 + $0) }
        let raw = RawAnswer(
            counts: Counts(patients: 60_000, studies: 60_000, series: 60_000, images: 60_000), everything: everything,
            facets: [
                RawFacet(name: "manufacturer", cells: cells + [.init(value: Self.x(301), patients: 50, everywhere: 90)])
            ])
        for answer in [
            SiteAnswer.counted(query, raw, rule: .standard),
            .cannotApply(query, refusing: ["series.manufacturer"], rule: .standard),
        ] {
            let read = try JSONDecoder().decode(SiteAnswer.self, from: JSONEncoder().encode(answer))
            #expect(read == answer && read.conditions[0].text.utf8.count <= 4000)
            #expect(read.conditions[0].text.hasSuffix("…"))
        }
        let shown = SiteAnswer.counted(query, raw, rule: .standard).facets[0].cells
        #expect(shown.count == 2000 && shown.contains { $0.value == "maker 9999" })
        #expect(!shown.contains { $0.value == "maker 0" })
    }
}
