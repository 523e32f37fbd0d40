import Cohort
import TestSupport
import Testing

@testable import Catalogue

@Suite("A question that costs too much")
struct DeadlineTests {
    private let folder = TemporaryFolder("deadline")

    /// 3,000 patients with one series each, each by another maker.
    private func index() throws -> Index {
        let index = try Index.open(path: folder.file("index.sqlite"))
        _ = try index.add(
            (0..<3000).map { number in
                Records.record("P\(number)", "1.\(number)", "1", number) {
                    ($0.manufacturer, $0.modality) = ("Maker \(number)", number.isMultiple(of: 2) ? "CT" : "MR")
                }
            })
        return index
    }

    /// 999 texts to look for in all names of makers: none is in one.
    private let hostile = CohortQuery(
        condition: .any((0..<999).map { .test(Comparison(.manufacturer, .contains("nobody \($0)"))) }))

    @Test("ends at its deadline, without a number, and the next one is answered in full")
    func deadline() throws {
        let index = try index()
        for _ in 0..<6 {
            #expect(throws: IndexError.tookTooLong) { try index.answer(hostile, until: .now + .milliseconds(1)) }
        }
        #expect(throws: IndexError.tookTooLong) { try index.answer(hostile, until: .now - .seconds(1)) }
        #expect(try index.answer(CohortQuery(text: "modality = CT")).counts.series == 1500)
        // It is a valid question: given the time, it is answered, and after it writing goes on as before.
        #expect(try index.answer(hostile, until: .now + .seconds(3600)).counts.series == 0)
        _ = try index.add([Records.record("new", "9", "9", 9000) { $0.modality = "CT" }])
        #expect(try index.answer(CohortQuery(text: "modality = CT")).counts.series == 1501)
    }

    @Test("does not keep others from their answers, however many come at once")
    func beside() async throws {
        let index = try index()
        let all = Set(CohortModel.attributes.map(\.name))
        let modest = try CohortQuery(text: "modality = MR")
        try await withThrowingTaskGroup(of: Void.self) { group in
            for number in 0..<40 {
                group.addTask { [hostile] in
                    if number.isMultiple(of: 4) {
                        await #expect(throws: IndexError.tookTooLong) {
                            try await index.counting { index throws(IndexError) in
                                try index.answer(
                                    hostile, answerable: all, rule: .standard, until: .now + .milliseconds(1))
                            }
                        }
                    } else {
                        let answer = try await index.counting { index throws(IndexError) in
                            try index.answer(modest, answerable: all, rule: .standard, until: .now + .seconds(3600))
                        }
                        #expect(answer.counts?.series == .exact(1500))
                    }
                }
            }
            try await group.waitForAll()
        }
    }
}
