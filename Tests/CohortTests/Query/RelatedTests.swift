import Cohort
import Testing

@Suite("Questions about other records of a patient")
struct RelatedTests {
    private static let ct = Condition.test(Comparison(.modality, .equals(.text("CT"))))
    private static let pt = Condition.test(Comparison(.modality, .equals(.text("PT"))))

    @Test(
        "are read, and written back in one form, as text and as JSON",
        arguments: [
            ("has series (modality = CT)", Related(.series, where: ct), "has series (series.modality = CT)"),
            ("has at least 2 studies", Related(.study, atLeast: 2), "has at least 2 study"),
            ("HAS NO treatment", Related(.treatment, atLeast: 0, atMost: 0), "has no treatment"),
            ("has exactly 3 series", Related(.series, atLeast: 3, atMost: 3), "has exactly 3 series"),
            ("has at most 3 series", Related(.series, atLeast: 0, atMost: 3), "has at most 3 series"),
            ("has 2 to 4 labs", Related(.laboratory, atLeast: 2, atMost: 4), "has 2 to 4 laboratory"),
            (
                "has same study series (modality = PT)", Related(base: .study, .series, where: pt),
                "has same study series (series.modality = PT)"
            ),
            (
                "has series (modality = CT) within 90 days before first treatment",
                Related(.series, where: ct, window: TimeWindow(from: -90, through: 0, of: .init(.first, .treatment))),
                "has series (series.modality = CT) within 90 days before first treatment"
            ),
            (
                "has study within 7 days of series (modality = PT)",
                Related(.study, window: TimeWindow(from: -7, through: 7, of: .init(.any, .series, where: pt))),
                "has study within 7 days of series (series.modality = PT)"
            ),
            (
                "has study before last treatment",
                Related(.study, window: TimeWindow(from: nil, through: -1, of: .init(.last, .treatment))),
                "has study before last treatment"
            ),
            (
                "has study after any diagnosis",
                Related(.study, window: TimeWindow(from: 1, through: nil, of: .init(.any, .condition))),
                "has study after condition"
            ),
            (
                "has study from -90 to -30 days after condition",
                Related(.study, window: TimeWindow(from: -90, through: -30, of: .init(.any, .condition))),
                "has study from -90 to -30 days after condition"
            ),
            (
                "has study from any to 30 days after condition",
                Related(.study, window: TimeWindow(from: nil, through: 30, of: .init(.any, .condition))),
                "has study from any to 30 days after condition"
            ),
        ])
    func forms(_ text: String, _ related: Related, _ written: String) throws {
        let query = try CohortQuery(text: text)
        #expect(query == CohortQuery(condition: .has(related)))
        #expect(query.text == written)
        #expect(try CohortQuery(text: query.text) == query)
        #expect(try CohortQuery(json: query.json()) == query)
    }

    @Test("the JSON form is as documented")
    func json() throws {
        let json = """
            {"has": "series", "where": {"attribute": "modality", "equals": "CT"}, "atLeast": 2, "atMost": 4,
             "window": {"from": -90, "through": 0, "of": "treatment", "which": "first"}}
            """
        let expected = Related(
            .series, where: Self.ct, atLeast: 2, atMost: 4,
            window: TimeWindow(from: -90, through: 0, of: .init(.first, .treatment)))
        #expect(try CohortQuery(json: Array(json.utf8)) == CohortQuery(condition: .has(expected)))
    }

    @Test("stand beside other conditions, and inside each other")
    func nested() throws {
        let query = try CohortQuery(
            text: "sex = F and not has study (has same study series (modality = CT) and not has same study series)")
        #expect(query.condition.comparisons.map(\.attribute) == [.sex, .modality])
        #expect(query.condition.entities == [.study, .series])
        #expect(try CohortQuery(text: query.text) == query)
    }

    @Test(
        "what is wrong is said at its place",
        arguments: [
            ("has surgeries", 4), ("has at least x series", 13), ("has same study treatment", 15),
            ("has series (modality = CT", 11), ("has series within 5 weeks of study", 20),
            ("has study from 3 to 1 days after study", 15), ("has 4 to 2 series", 4), ("has at least -1 series", 13),
        ])
    func mistakes(_ text: String, _ place: Int) throws {
        let error = try #require(throws: QueryError.self) { try CohortQuery(text: text) }
        #expect(error.position == place, "\(error.message)")
        #expect(!error.message.isEmpty)
    }

    @Test(
        "a JSON form with something unknown or impossible is refused",
        arguments: [
            #"{"has": "toys"}"#, #"{"has": "series", "atLeast": -1}"#, #"{"has": "series", "atLeast": 3, "atMost": 2}"#,
            #"{"has": "series", "windows": {}}"#, #"{"has": "series", "window": {"from": 1}}"#,
            #"{"has": "series", "window": {"of": "study", "from": 2, "through": 1}}"#,
            #"{"has": "treatment", "base": "study"}"#, #"{"has": 1}"#,
            #"{"has": "series", "window": {"of": "study", "which": "third"}}"#,
        ])
    func refused(_ json: String) {
        #expect(throws: QueryError.self) { try CohortQuery(json: Array(json.utf8)) }
    }

    @Test("groups inside groups are counted through other records, too")
    func limits() {
        var text = "modality = CT"
        for _ in 0..<70 { text = "has series (\(text))" }
        #expect(throws: QueryError.self) { try CohortQuery(text: text) }
    }
}
