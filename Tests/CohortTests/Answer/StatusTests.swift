import Foundation
import Testing

@testable import Cohort

@Suite("What became of a condition")
struct StatusTests {
    @Test(
        "three statuses, and the word of earlier versions",
        arguments: [
            ("applied", ConditionReport.Status.applied), ("approximated", .approximated), ("unsupported", .unsupported),
            ("notApplicable", .unsupported),
        ])
    func reads(word: String, status: ConditionReport.Status) throws {
        let json = #"{"text":"modality = MR","status":"\#(word)","reason":"so"}"#
        #expect(try JSONDecoder().decode(ConditionReport.self, from: Data(json.utf8)).status == status)
    }

    @Test("another word is refused")
    func refuses() {
        #expect(throws: (any Error).self) {
            try JSONDecoder().decode(ConditionReport.self, from: Data(#"{"text":"a","status":"ignored"}"#.utf8))
        }
    }

    @Test("a number that is about so many has both parts or is refused")
    func about() throws {
        func read(_ json: String) throws -> ProtectedCount {
            try JSONDecoder().decode(ProtectedCount.self, from: Data(json.utf8))
        }
        #expect(try read(#"{"about":120,"within":4}"#) == .about(120, within: 4))
        #expect(try read(#"{"about":120,"within":4}"#).range.low == 116)
        let wrong = [
            #"{"about":1}"#, #"{"within":1}"#, #"{"about":1,"within":-1}"#, #"{"about":1,"within":1,"count":1}"#,
        ]
        for json in wrong {
            #expect(throws: (any Error).self) { try read(json) }
        }
    }
}
