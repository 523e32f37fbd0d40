import TestSupport
import Testing

@testable import Cohort

@Suite("A mistake in a question is explained at its place")
struct MistakeTests {
    private func mistake(_ text: String) -> QueryError? {
        do {
            _ = try CohortQuery(text: text)
            return nil
        } catch {
            return error
        }
    }

    @Test("a misspelt attribute: what may have been meant")
    func attribute() throws {
        let error = try #require(mistake("sex = F and modalty = MR"))
        #expect(error.code == .attribute && error.position == 12 && error.length == 7)
        #expect(error.description == "there is no attribute \"modalty\"; did you mean series.modality?")
        #expect(
            error.caret(under: "sex = F and modalty = MR") == """
                sex = F and modalty = MR
                            ^^^^^^^
                there is no attribute "modalty"; did you mean series.modality?
                """)
    }

    @Test("a value that is none: the ones that are")
    func closedValue() throws {
        let error = try #require(mistake("sex = femal"))
        #expect(error.code == .value && error.position == 6 && error.length == 5)
        #expect(
            error.description
                == "patient.sex has the values F (female), M (male), O (other); \"femal\" is none of them; did you mean F?"
        )
    }

    @Test("an unusual value: what may have been meant, and how to insist")
    func openValue() throws {
        let error = try #require(mistake("bodyPart in (CHEST, ABDOMAN)"))
        #expect(error.position == 20 && error.length == 7 && error.suggestions == ["ABDOMEN"])
        #expect(
            error.message == "\"ABDOMAN\" is no usual value of series.bodyPart (in quotes it is taken as it stands)")
        #expect(mistake("bodyPart in (CHEST, \"ABDOMAN\")") == nil)
    }

    @Test("a unit that does not measure the attribute")
    func unit() throws {
        let error = try #require(mistake("sliceThickness <= 2 kg"))
        #expect(error.code == .unit && error.position == 18 && error.length == 4)
        #expect(error.message == "\"kg\" does not measure series.sliceThickness, which is given in mm, cm, µm")
    }

    @Test("an operation that cannot be asked of the attribute")
    func operation() throws {
        let error = try #require(mistake("modality > CT"))
        #expect(error.code == .operation && error.position == 9)
        #expect(error.message == "series.modality is a code and has no order; ask with =, in or contains")
    }

    @Test("several words without quotes: how they are written")
    func quotes() throws {
        let error = try #require(mistake("manufacturer = GE MEDICAL"))
        #expect(error.position == 15 && error.length == 10 && error.suggestions == ["\"GE MEDICAL\""])
    }

    @Test("a range that holds nothing")
    func range() throws {
        let error = try #require(mistake("age between 70 and 50"))
        #expect(
            error.position == 12 && error.message == "nothing lies between 70 and 50: the smaller value comes first")
    }

    @Test(
        "what does not form a question: the place where it stops making sense",
        arguments: [
            ("", 0, "nothing is asked; `everything` counts all that a site holds"),
            ("   ", 0, "nothing is asked; `everything` counts all that a site holds"),
            (
                "modality", 8,
                "the test of series.modality is not finished: write what it should be, as in `modality = CT`"
            ),
            ("modality =", 10, "a value of series.modality belongs here; the question ends too early"),
            (
                "modality MR", 9,
                "after series.modality comes =, !=, <, <=, >, >=, in, between or contains; \"MR\" does not"
            ),
            ("(sex = F", 0, "the bracket that opens here is never closed"),
            ("sex = F)", 7, "after a finished condition comes `and` or `or`; \")\" does not"),
            ("sex = 'F", 6, "the quote that opens here is never closed"),
            (
                "sex = F and", 11,
                "the name of an attribute belongs here, as in `modality = MR`; the question ends too early"
            ),
            ("age between 50", 14, "`between` needs two values: `between 50 and 70`; the question ends too early"),
            (
                "bodyPart in CHEST", 12,
                "a list of values in brackets belongs here, as in (CHEST, ABDOMEN); \"CHEST\" does not"
            ),
            ("bodyPart in (CHEST", 18, "a comma or a closing bracket belongs here; the question ends too early"),
            (
                "manufacturer = and", 15,
                "a value of series.manufacturer belongs here; a value that is called `and` needs quotes; \"and\" does not"
            ),
            (
                "date = 2020-02-30", 7,
                "\"2020-02-30\" is no date; write 2021-03-31, or 2021-03 or 2021 for a whole month or year"
            ),
            ("age = old", 6, "\"old\" is not a number that can be compared with patient.ageAtStudy"),
            ("sex contains F", 4, "`contains` looks for a part of a text, and patient.sex is a code"),
            ("rows = 5 mm", 7, "series.rows is a plain number and has no unit"),
            (
                "sex = F facets hair", 15,
                "there is no facet \"hair\"; the usual ones are modality, bodyPart, manufacturer, sex, ageBand, and every attribute with codes is one"
            ),
        ])
    func form(text: String, position: Int, message: String) throws {
        let error = try #require(mistake(text))
        #expect(error.message == message && error.position == position)
    }

    @Test("no text makes the reader trap: random words, marks and cuts of good questions")
    func anything() {
        var random = SeededGenerator(seed: 2)
        let pieces = [
            "(", ")", ",", "=", "<", ">=", "!", "\"", "'", "\\", "and", "or", "not", "in", "between", "age", "sex", "F",
            "2", "mm", "e", "+-", "0x1p3", "nan", "∞", "é", "👩‍⚕️", "facets", "\u{0}", "\n",
        ]
        for _ in 0..<5000 {
            let text = (0..<Int.random(in: 0...12, using: &random)).compactMap { _ in
                pieces.randomElement(using: &random)
            }
            .joined(separator: Bool.random(using: &random) ? " " : "")
            if let error = mistake(text) {
                #expect((0...text.count).contains(error.position ?? 0), "\(text)")
                _ = error.caret(under: text)
            }
        }
    }
}
