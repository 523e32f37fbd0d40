import Rounds
import Testing

@Suite struct PlanTests {
    func message(_ text: String) -> String {
        do throws(RoundsError) {
            _ = try Plan(text: text)
            return ""
        } catch { return error.description }
    }

    @Test func textsThatAreNoPlanAreNamedWithTheirPlace() {
        let wrong: [(String, String)] = [
            ("", "at character 1"), ("(age)", "at character 1"), ("count", "at character 6: ( is expected"),
            ("count(", "at the end: ) is expected"), ("count() + 1", "at character 9: the plan ends before +"),
            ("cuont()", "there is no computation called cuont; did you mean count?"),
            ("count(age)", "does not know what to do with age"), ("count(, 1)", "at character 7: an argument"),
            ("count(bins=3)", "has no option bins"), ("count(a=1, a=2)", "a is given twice"),
            (String(repeating: "(", count: 9000), "8192 characters"),
        ]
        for (text, part) in wrong { #expect(message(text).contains(part), "\(text): \(message(text))") }
    }

    @Test func aWrittenPlanRunsAsItsJSON() throws {
        let plan = try Plan(text: "count()")
        #expect(plan.computation == "count")
        let computation = try ComputationRegistry.computation(plan)
        let state = try computation.start(Schema([:]))
        let sum = try computation.local(CohortTable(rows: 7), state)
        guard case .done(let outcome) = try computation.combine(sum, state, CombineContext(sites: 1, rules: .init()))
        else {
            Issue.record("the count has a second round")
            return
        }
        #expect(try computation.tables(outcome).first?.rows == [[.count(7), .count(1)]])
    }

    @Test func countsBelowTheRuleReadAsSuch() throws {
        #expect(ProtectedCount(4, minimumCell: 5).description == "<5")
        #expect(ProtectedCount(0, minimumCell: 5) == .exact(0))
        #expect(ProtectedCount(5, minimumCell: 5) == .exact(5))
    }
}
