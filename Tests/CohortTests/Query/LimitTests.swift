import Testing

@testable import Cohort

@Suite("A question is bounded")
struct LimitTests {
    private func outcome(text: String) -> QueryError.Code? {
        do throws(QueryError) {
            _ = try CohortQuery(text: text)
            return nil
        } catch {
            return error.code
        }
    }

    private func outcome(json: String) -> QueryError.Code? {
        do throws(QueryError) {
            _ = try CohortQuery(json: Array(json.utf8))
            return nil
        } catch {
            return error.code
        }
    }

    /// `depth` groups inside each other.
    private func nested(_ depth: Int) -> String {
        String(repeating: "{\"not\":", count: depth) + #"{"attribute":"sex","equals":"F"}"#
            + String(repeating: "}", count: depth)
    }

    @Test("in depth: 64 groups inside each other, in both forms")
    func depth() throws {
        #expect(outcome(json: nested(64)) == nil)
        #expect(outcome(json: nested(65)) == .size)
        #expect(outcome(text: String(repeating: "not ", count: 64) + "sex = F") == nil)
        #expect(outcome(text: String(repeating: "not ", count: 65) + "sex = F") == .size)
        let deepest = try CohortQuery(json: Array(nested(64).utf8))
        #expect(try CohortQuery(text: deepest.text) == deepest)
    }

    @Test("a million brackets are refused without being followed", arguments: ["(", "[", "{\"all\":[", "not "])
    func bombs(piece: String) {
        let bomb = String(repeating: piece, count: 40_000)
        #expect(outcome(text: bomb) != nil)
        #expect(outcome(json: bomb) != nil)
    }

    @Test("in parts: 1000 groups, tests and listed values")
    func parts() {
        func ages(_ count: Int) -> String { (1...count).map { "age = \($0)" }.joined(separator: " or ") }
        #expect(outcome(text: ages(999)) == nil)
        #expect(outcome(text: ages(1000)) == .size)
        func list(_ count: Int) -> String { "age in (\((1...count).map(String.init).joined(separator: ",")))" }
        #expect(outcome(text: list(999)) == nil)
        #expect(outcome(text: list(1000)) == .size)
    }

    @Test("in length: text, document and value")
    func lengths() {
        #expect(outcome(text: "sex = F" + String(repeating: " ", count: 50_000)) == .size)
        #expect(outcome(json: String(repeating: " ", count: 1 << 20) + #"{"all":[]}"#) == .size)
        #expect(outcome(text: "manufacturer = \"\(String(repeating: "x", count: 200))\"") == nil)
        #expect(outcome(text: "manufacturer = \"\(String(repeating: "x", count: 201))\"") == .size)
    }

    @Test("in bytes: one character under a heap of accents is as long as it is", arguments: ["=", "contains"])
    func accents(operation: String) {
        func maker(_ accents: Int) -> String {
            "manufacturer \(operation) \"x\(String(repeating: "\u{301}", count: accents))\""
        }
        #expect(outcome(text: maker(399)) == nil)
        #expect(outcome(text: maker(400)) == .size)
        #expect(outcome(text: maker(600_000)) == .size)
    }

    @Test("a code that grows in upper case is measured as it is kept, so that what is asked can be sent on")
    func upperCase() throws {
        #expect(outcome(text: "bodyPart = \"\(String(repeating: "ß", count: 101))\"") == .size)
        let query = try CohortQuery(text: "bodyPart = \"\(String(repeating: "ß", count: 100))\"")
        #expect(try CohortQuery(json: query.json()) == query)
    }
}
