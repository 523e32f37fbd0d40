import Cohort
import FoundationEssentials
import Runtime
import TestSupport
import Testing

@testable import Hub

@Suite("A question and its answers")
struct QuestionTests {
    private let counted = PageFixtures.answered(PageFixtures.counts(.exact(12), .exact(340)))

    private func question() throws -> Question {
        try PageFixtures.question(
            "modality = MR",
            [
                PageFixtures.result("one", .waiting), PageFixtures.result("two", .offline),
                PageFixtures.result("three", .waiting),
            ])
    }

    @Test("An answer is taken once; a second one from the same site changes nothing")
    func takenOnce() throws {
        var question = try question()
        #expect(question.take(.success(counted), from: "one", after: 3)?.state == .answered)
        let other = PageFixtures.answered(PageFixtures.counts(.exact(99), .exact(999)))
        #expect(question.take(.success(other), from: "one", after: 5) == nil)
        #expect(question.total.patients == CountRange(low: 12, high: 12))
        #expect(question.total.sitesAnswered == 1)
        #expect(question.total.sitesAsked == 3)
    }

    @Test("A site that was not asked cannot answer")
    func notAsked() throws {
        var question = try question()
        #expect(question.take(.success(counted), from: "stranger", after: 3) == nil)
        #expect(question.total.sitesAnswered == 0)
    }

    @Test("Patience ends for sites that are connected; one that was off line stays so, and both may still answer")
    func patience() throws {
        var question = try question()
        #expect(question.losePatience().map(\.site.id) == ["one", "three"])
        #expect(question.results.map(\.state) == [.late, .offline, .late])
        #expect(question.take(.success(counted), from: "two", after: nil)?.state == .answered)
        #expect(question.take(.success(counted), from: "three", after: 9)?.state == .answered)
    }

    @Test("A site that cannot apply a condition is told apart, with the condition's name, and adds nothing")
    func cannotApply() throws {
        var question = try question()
        let answer = SiteAnswer(
            outcome: .cannotApply,
            conditions: [
                ConditionReport(text: "modality = MR", status: .applied),
                ConditionReport(
                    text: "age >= 50", status: .unsupported, reason: "this site does not answer about it"),
            ], counts: nil, facets: [], threshold: 5)
        let result = question.take(.success(answer), from: "one", after: 3)
        #expect(result?.state == .cannotApply)
        #expect(result?.reason == "age >= 50: this site does not answer about it")
        #expect(question.total.sitesAnswered == 0)
    }

    @Test("What is stored reads back the same, and only by its own id")
    func stored() throws {
        let folder = TemporaryFolder()
        let store = try QuestionStore(folder: folder.file("queries"), files: PosixFileSystem())
        let question = try question()
        try store.save(question)
        #expect(store.load(question.id) == question)
        for id in ["", "../hub", "..%2Fhub", String(repeating: "0", count: 32), question.id.uppercased() + "/"] {
            #expect(store.load(id) == nil || id == question.id)
        }
        #expect(try store.open(at: Date()) == [question])
        #expect(try store.open(at: question.expires) == [])
    }
}
