import Catalogue
import Cohort
import TestSupport
import Testing

@Suite("The index answers as a reading of every series does")
struct ReadingTests {
    private let folder = TemporaryFolder("reading")

    private func index(of site: RandomSite, _ name: String) throws -> Index {
        let index = try Index.open(path: folder.file("\(name).sqlite"))
        for start in stride(from: 0, to: site.records.count, by: 7) {
            _ = try index.add(Array(site.records[start..<min(start + 7, site.records.count)]))
        }
        return index
    }

    @Test("2,400 random questions over 24 random sites: counts, breakdowns and what is not recorded")
    func randomQuestions() throws {
        for seed in 0..<24 {
            let site = RandomSite(seed: UInt64(seed))
            let index = try index(of: site, "\(seed)")
            var random = SeededGenerator(seed: UInt64(1000 + seed))
            for _ in 0..<100 {
                let query = RandomSite.query(using: &random)
                #expect(try index.answer(query) == site.evaluator.answer(query), "site \(seed): \(query.text)")
            }
        }
    }

    @Test("questions as deep and as large as they may be")
    func largestQuestions() throws {
        let site = RandomSite(seed: 77)
        let index = try index(of: site, "deep")
        var random = SeededGenerator(seed: 5)
        func test() -> Condition { .test(RandomSite.comparison(using: &random)) }
        // A chain of groups, each with its next group first, last or in the middle of its tests.
        for shape in 0..<6 {
            var condition = test()
            for level in 0..<63 {
                var parts = (0..<14).map { _ in test() }
                parts.insert(condition, at: [0, 14, 7][shape % 3])
                condition = level.isMultiple(of: 2) ? .all(parts) : .any(parts)
                if shape >= 3, level.isMultiple(of: 3) { condition = .not(condition) }
            }
            let query = CohortQuery(condition: condition, facets: ["sex"])
            #expect(try index.answer(query) == site.evaluator.answer(query))
        }
        // A full binary tree, and one flat group of a thousand.
        func tree(_ depth: Int) -> Condition {
            depth == 0
                ? test()
                : depth.isMultiple(of: 2)
                    ? .all([tree(depth - 1), tree(depth - 1)]) : .not(.any([tree(depth - 1), tree(depth - 1)]))
        }
        for condition in [
            tree(9), .any((0..<999).map { _ in test() }), .all((0..<999).map { _ in .any([test(), test()]) }),
        ] {
            let query = CohortQuery(condition: condition, facets: [])
            #expect(try index.answer(query) == site.evaluator.answer(query))
        }
    }

    @Test("every attribute of images has a column")
    func everyAttribute() throws {
        let index = try index(of: RandomSite(seed: 1), "columns")
        for attribute in RandomSite.attributes {
            let query = CohortQuery(condition: .test(Comparison(attribute, .exists)))
            let answer = try index.answer(query, answerable: [attribute.name], rule: .standard)
            #expect(answer.outcome == .counted, "\(attribute.name)")
        }
    }
}
