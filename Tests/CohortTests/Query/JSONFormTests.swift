import FoundationEssentials
import TestSupport
import Testing

@testable import Cohort

@Suite("The JSON form of a question")
struct JSONFormTests {
    private func read(_ json: String) throws(QueryError) -> CohortQuery { try CohortQuery(json: Array(json.utf8)) }

    private func mistake(_ json: String) -> QueryError? {
        do {
            _ = try read(json)
            return nil
        } catch {
            return error
        }
    }

    @Test("means the same as the text form")
    func example() throws {
        let query = try read(
            """
            {"where": {"all": [{"attribute": "series.modality", "equals": "MR"},
                               {"not": {"attribute": "patient.sex", "equals": "M"}},
                               {"attribute": "sliceThickness", "atMost": 0.2, "unit": "cm"},
                               {"attribute": "bodyPart", "oneOf": ["CHEST", "ABDOMEN"]},
                               {"attribute": "age", "between": [50, 70]},
                               {"attribute": "date", "atLeast": "2020"},
                               {"attribute": "echoTime", "exists": false},
                               {"any": [{"attribute": "manufacturer", "contains": "siemens"}]}]},
             "facets": ["sex"]}
            """)
        #expect(
            query.text == """
                series.modality = MR and not patient.sex = M and series.sliceThickness <= 2 mm \
                and series.bodyPart in (CHEST, ABDOMEN) and patient.ageAtStudy between 50 and 70 \
                and study.date >= 2020-01-01 and not exists series.echoTime \
                and series.manufacturer contains siemens facets sex
                """)
    }

    @Test("is written with sorted names, and read back equal; so it is inside another document")
    func roundTrip() throws {
        #expect(
            String(decoding: try CohortQuery(text: "sex = F and thickness <= 2 mm").json(), as: UTF8.self)
                == """
                {"all":[{"attribute":"patient.sex","equals":"F"},\
                {"atMost":2,"attribute":"series.sliceThickness","unit":"mm"}]}
                """)
        var random = SeededGenerator(seed: 3)
        for _ in 0..<500 {
            let query = RandomQuery.query(using: &random)
            #expect(try CohortQuery(json: query.json()) == query)
            #expect(try JSONDecoder().decode([CohortQuery].self, from: JSONEncoder().encode([query])) == [query])
        }
    }

    @Test(
        "refuses what would be dropped or guessed by others",
        arguments: [
            (#"{"not": {"all": []}, "not": {"any": []}}"#, "\"not\" is there twice"),
            (
                #"{"all": [], "any": []}"#,
                "a condition has one of all, any, not and has, or an attribute; this one has all, any"
            ),
            (
                #"{"attribute": "modality", "equals": "MR", "equal": "CT"}"#,
                "\"equal\" is not known here; known are equals, oneOf, less, atMost, greater, atLeast, between, contains, exists, unit"
            ),
            (
                #"{"attribute": "modality", "equals": "MR", "contains": "C"}"#,
                "a test has one operation; write {\"all\": [{…}, {…}]} for two"
            ),
            (
                #"{"attribute": "modality"}"#,
                "the test of series.modality needs one of equals, oneOf, less, atMost, greater, atLeast, between, contains, exists"
            ),
            (#"{"attribute": "hair", "equals": "red"}"#, "there is no attribute \"hair\""),
            (
                #"{"attribute": "age", "equals": "50"}"#,
                "patient.ageAtStudy is a number; a text cannot be compared with it"
            ),
            (
                #"{"attribute": "modality", "equals": 5}"#,
                "series.modality is a text; a number cannot be compared with it"
            ),
            (#"{"attribute": "modality", "oneOf": []}"#, "the list of values of series.modality is empty"),
            (
                #"{"attribute": "age", "between": [1, 2, 3]}"#,
                "`between` is a list of two values, the smaller one first"
            ),
            (#"{"where": {"all": []}, "limit": 5}"#, "\"limit\" is not known here; known are where, facets"),
            (#"{}"#, "an empty condition; {\"all\": []} asks for everything"),
            (#"[]"#, "a question is an object, not a list"),
            (#"{"all": {}}"#, "`all` holds a list of conditions, not an object"),
            (#"{"all": []} x"#, "something follows after the end of the question"),
            (#"{"all": [}"#, "a value belongs here"),
            (#"{"all": []"#, "a comma or a closing brace belongs here"),
            (#"{"attribute": "age", "equals": 1e999}"#, "1e999 is no number that can be compared"),
            ("{\"attribute\": \"modality\", \"equals\": \"\\ud800\"}", "half of a surrogate pair"),
        ])
    func refusals(json: String, message: String) throws {
        #expect(try #require(mistake(json)).message == message)
    }

    @Test("takes the text form for a condition, with facets beside it or in it")
    func text() throws {
        let asked = try CohortQuery(text: "modality = MR")
        #expect(try read(#"{"where": "modality = MR"}"#) == asked)
        for json in [
            #"{"where": "modality = MR", "facets": ["sex"]}"#, #"{"facets": ["sex"], "where": "modality = MR"}"#,
            #"{"where": "modality = MR facets sex"}"#,
        ] {
            #expect(try read(json) == CohortQuery(condition: asked.condition, facets: ["sex"]))
        }
        let inside = Data(#"[{"where": "modality = MR", "facets": []}]"#.utf8)
        #expect(
            try JSONDecoder().decode([CohortQuery].self, from: inside)
                == [CohortQuery(condition: asked.condition, facets: [])])
    }

    @Test(
        "takes a text of nothing for everything: a form that nobody has filled in", arguments: ["", " \\n\\t\\u00a0"])
    func noText(text: String) throws {
        #expect(try read("{\"where\": \"\(text)\"}") == .everything)
        #expect(
            try read("{\"where\": \"\(text)\", \"facets\": [\"sex\"]}")
                == CohortQuery(condition: .everything, facets: ["sex"]))
    }

    @Test(
        "says where in the text a mistake is, in characters",
        arguments: [
            (#"{"where": "sex = F and \u00e4 = 5"}"#, 12, 1, "there is no attribute \"ä\""),
            (#"{"where": "sex = \ud83d\ude00 facets sex"}"#, 6, 1, nil),
            (
                #"{"where": "sex = F facets hair", "facets": ["sex"]}"#, 15, 4,
                "there is no facet \"hair\"; the usual ones are modality, bodyPart, manufacturer, sex, ageBand, and every attribute with codes is one"
            ),
            (
                #"{"where": "sex = F facets none", "facets": ["sex"]}"#, 8, 6,
                "the facets are asked for twice: in the text and beside it"
            ),
            (#"{"where": "sex = F", "where": "sex = M"}"#, 21, 7, "\"where\" is there twice"),
        ] as [(String, Int, Int, String?)])
    func textMistakes(json: String, position: Int, length: Int, message: String?) throws {
        let error = try #require(mistake(json))
        #expect(error.position == position && error.length == length)
        if let message { #expect(error.message == message) }
    }

    @Test("takes no other kind of value for a condition", arguments: ["null", "5", "true", "[\"sex = F\"]"])
    func noCondition(value: String) { #expect(mistake("{\"where\": \(value)}")?.code == .form) }

    @Test("reads escapes")
    func escapes() throws {
        #expect(
            try read(#"{"attribute":"manufacturer","equals":"A\u00e9\ud83d\ude00\n\"\\\/"}"#).condition
                == .test(Comparison(.manufacturer, .equals(.text("Aé😀\n\"\\/")))))
    }

    @Test("no document makes the reader trap: good ones with bytes changed and cut")
    func anything() {
        var random = SeededGenerator(seed: 4)
        for _ in 0..<3000 {
            var bytes = RandomQuery.query(using: &random).json()
            for _ in 0..<Int.random(in: 1...3, using: &random) where !bytes.isEmpty {
                let place = Int.random(in: bytes.indices, using: &random)
                switch Int.random(in: 0..<3, using: &random) {
                case 0: bytes[place] = UInt8.random(in: .min ... .max, using: &random)
                case 1: bytes.remove(at: place)
                default: bytes.removeSubrange(place...)
                }
            }
            do throws(QueryError) {
                _ = try CohortQuery(json: bytes)
            } catch {
                #expect((0...bytes.count).contains(error.position ?? 0))
            }
        }
    }
}
