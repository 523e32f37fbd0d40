import Testing

@testable import Cohort

@Suite("How near two words are")
struct NearnessTests {
    @Test(
        "edits are insertions, deletions, replacements and swaps of neighbours",
        arguments: [
            ("", "", 0), ("mr", "mr", 0), ("kitten", "sitting", 3), ("modlaity", "modality", 1), ("ct", "", 2),
            ("ab", "ba", 1), ("abc", "ca", 3),
        ])
    func edits(one: String, other: String, count: Int) {
        #expect(Nearness.edits(Array(one), Array(other)) == count)
        #expect(Nearness.edits(Array(other), Array(one)) == count)
    }
}
