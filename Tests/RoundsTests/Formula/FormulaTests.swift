import Foundation
import Rounds
import Testing

@Suite struct FormulaTests {
    @Test func theLeftSideHoldsOutcomesOrTimeAndEvent() throws {
        #expect(try Formula("event ~ age").left == [.variable("event")])
        #expect(
            try Formula("time, event == 2 ~ age").left == [
                .variable("time"), .binary(.equal, .variable("event"), .number(2)),
            ])
        #expect(try Formula("time, status == 'dead' ~ 1").left.last == .level("status", is: "dead", equal: true))
        #expect(try Formula("~ age").left.isEmpty)
        #expect(try Formula("`race not reported` ~ age").variables == ["race not reported", "age"])
    }

    @Test func mistakesAreNamedWithTheirPlace() {
        let wrong: [(String, String)] = [
            ("event age", "has a ~"), ("event ~ age +", "at the end"), ("event ~ (age", "at the end: ) is expected"),
            ("event ~ age ! size", "at character 13"),
            ("event ~ lgo(age)", "at character 9: there is no function lgo; did you mean log?"),
            ("event ~ C(stage, levels=['I', 'I'])", "twice"), ("event ~ C(stage, rfe='I')", "ref= or levels="),
            ("event ~ 'x'", "at character 9"), ("event ~ a ** 99", "a power from 1 to 8"),
            ("event ~ offset(x):a", "cannot be multiplied"), ("event ~ (offset(x) + a)", "outside of all parentheses"),
            ("event ~ `age", "not closed"), ("e ~ a ~ b", "at character 7"), ("", "has a ~"),
        ]
        for (text, part) in wrong {
            do throws(RoundsError) {
                _ = try Formula(text)
                Issue.record("\(text) was read")
            } catch {
                #expect(error.description.contains(part), "\(text): \(error)")
            }
        }
    }

    @Test func nestingLengthAndExpansionAreBounded() {
        let hostile = [
            "y ~ " + String(repeating: "(", count: 5000), "y ~ " + String(repeating: "log(", count: 3000),
            "y ~ I(" + String(repeating: "-", count: 5000) + "x)", String(repeating: "a", count: 100_000) + " ~ b",
            "y ~ I(" + Array(repeating: "x", count: 900).joined(separator: "+") + ")",
            "y ~ I(" + Array(repeating: "x", count: 900).joined(separator: "**") + ")",
            "y ~ (" + (0..<200).map { "a\($0)" }.joined(separator: "+") + ")**8",
        ]
        for text in hostile { #expect(throws: RoundsError.self) { try Formula(text) } }
    }

    @Test func inJSONAFormulaIsItsText() throws {
        let formula = try Formula("event ~ age + C(stage)")
        let data = try JSONEncoder().encode([formula])
        #expect(String(decoding: data, as: UTF8.self) == #"["event ~ age + C(stage)"]"#)
        #expect(try JSONDecoder().decode([Formula].self, from: data) == [formula])
        #expect(throws: (any Error).self) { try JSONDecoder().decode([Formula].self, from: Data(#"["a + b"]"#.utf8)) }
    }

    @Test func computedNumbersFollowTheUsualPrecedence() throws {
        let table = try CohortTable(rows: 2, ["x": .numbers([2, 3])])
        // -2**2, 2**3**2/4 - 1, (2+1)*2, 2 > 1 + 0.5, by hand.
        let wanted: [(String, [Double])] = [
            ("-x**2", [-4, -9]), ("2**x**2 / 4 - 1", [3, 127]), ("(x + 1) * x", [6, 12]), ("x > 1 + 1.5", [0, 1]),
            ("abs(1 - x) - log2(4)", [-1, 0]),
        ]
        for (text, values) in wanted {
            let formula = try Formula("\(text) ~ 1")
            #expect(try formula.left.first?.values(table) == values, "\(text)")
        }
    }
}
