import TestSupport
import Testing

@testable import Cohort

@Suite("Sets of patients")
struct PatientSetTests {
    @Test("lists and bits agree with Swift's own sets", arguments: [(40, 50), (40, 5000), (3, 200_000)])
    func agree(size: Int, span: Int) {
        var random = SeededGenerator(seed: UInt64(size + span))
        for _ in 0..<50 {
            func some() -> [UInt32] { (0..<size).map { _ in UInt32.random(in: 0..<UInt32(span), using: &random) } }
            let (one, other) = (some(), some())
            let (mine, theirs) = (PatientSet(one), PatientSet(other))
            #expect(mine.numbers == Set(one).sorted() && mine.count == Set(one).count)
            let words = theirs.words(max(mine.wordCount, theirs.wordCount))
            #expect(mine.common(with: words) == Set(one).intersection(other).count)
            #expect(mine.isInside(words) == Set(one).isSubset(of: other))
            var rest = words
            mine.remove(from: &rest)
            #expect(rest.reduce(0) { $0 + $1.nonzeroBitCount } == Set(other).subtracting(one).count)
            #expect(PatientSet(one.reversed()) == mine && PatientSet(one.reversed()).digest == mine.digest)
        }
    }

    @Test("what is kept on disk reads back, and nothing else reads")
    func form() throws {
        let entries = [
            QuestionMemory.Entry(
                question: "patient.sex = F", patients: PatientSet([1, 5, 900_000]), shown: .exact(3), isWhole: true),
            .init(question: "é", patients: PatientSet(Array(0..<300)), shown: .about(300, within: 9), isWhole: false),
        ]
        let bytes = ToldForm.bytes(entries)
        #expect(ToldForm.entries(bytes) == entries)
        let members = CohortMembers(patients: PatientSet([3, 4]), marks: [7, 65_535])
        #expect(ToldForm.members(ToldForm.bytes(members)) == members)
        for length in 0..<bytes.count { #expect(ToldForm.entries(Array(bytes.prefix(length))) == nil) }
        #expect(ToldForm.entries(bytes + [0]) == nil)
        #expect(ToldForm.entries(Array(repeating: 0xFF, count: 40)) == nil)
    }

    @Test("changes are patients who came or went, or whose series did")
    func changes() {
        let old = CohortMembers(patients: PatientSet([1, 2, 3]), marks: [10, 20, 30])
        let new = CohortMembers(patients: PatientSet([2, 3, 4]), marks: [20, 31, 40])
        // 1 went, 3 has other series, 4 came.
        #expect(old.changes(to: new) == 3 && new.changes(to: old) == 3 && old.changes(to: old) == 0)
    }
}
