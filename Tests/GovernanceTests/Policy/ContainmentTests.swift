import Cohort
import TestSupport
import Testing

@testable import Governance

@Suite("Showing that one cohort lies within another")
struct ContainmentTests {
    private func query(_ text: String) throws -> CohortQuery { try CohortQuery(text: text) }

    @Test(
        "is shown",
        arguments: [
            ("modality = MR", "modality = MR"),
            ("modality = MR and sex = F", "modality = MR"),
            ("sex = F and modality = MR", "modality = MR and sex = F"),
            ("modality = MR", "modality = MR or modality = CT"),
            ("modality in (MR, CT)", "modality in (CT, MR, PT)"),
            ("modality = MR and (sex = F or sex = M)", "modality = MR"),
            ("(modality = MR and sex = F) or (modality = CT and sex = F)", "sex = F"),
            ("sliceThickness < 2", "sliceThickness <= 2"),
            ("sliceThickness = 2", "sliceThickness between 1 and 2"),
            ("sliceThickness between 1 and 2", "sliceThickness < 3"),
            ("sliceThickness < 2", "exists sliceThickness"),
            ("topography = C50.4", "topography = C50"),
            ("has treatment (type = surgery) and modality = MR", "has treatment (type = surgery)"),
            ("has at least 3 treatment (type = surgery)", "has at least 2 treatment"),
            ("not modality = MR and sex = F", "not modality = MR"),
        ])
    func shown(_ inner: String, _ outer: String) throws {
        #expect(try query(inner).isShownWithin(query(outer)))
    }

    @Test(
        "is not shown where it is not so, or may not be so",
        arguments: [
            ("modality = CT", "modality = MR"),
            ("modality = MR or modality = CT", "modality = MR"),
            ("modality = MR", "modality = MR and sex = F"),
            ("sliceThickness <= 2", "sliceThickness < 2"),
            ("sliceThickness < 3", "sliceThickness between 1 and 2"),
            ("topography = C50", "topography = C50.4"),
            ("has treatment", "has treatment (type = surgery)"),
            ("has at least 2 treatment", "has at least 3 treatment"),
            ("has 1 to 2 treatment", "has 1 to 1 treatment"),
            // Where the sex is not recorded, the second is unknown.
            ("not (modality = MR or sex = F)", "not (modality = MR and age > 200)"),
        ])
    func notShown(_ inner: String, _ outer: String) throws {
        #expect(try !query(inner).isShownWithin(query(outer)))
        #expect(try !CohortQuery.everything.isShownWithin(query(outer)))
    }

    @Test("a question joined with the permit's is within it, whatever it is")
    func joined() throws {
        var random = SeededGenerator(seed: 11)
        for _ in 0..<300 {
            let (one, other) = (RandomCondition.make(&random, depth: 4), RandomCondition.make(&random, depth: 4))
            #expect(CohortQuery(condition: .all([one, other])).isShownWithin(CohortQuery(condition: other)))
        }
    }

    @Test("what is shown is true of every series of random ones, with missing values, of 20,000 pairs of questions")
    func sound() {
        var random = SeededGenerator(seed: 7)
        let records = (0..<60).map { _ in RandomRecord(&random) }
        var shown = 0
        for _ in 0..<20_000 {
            let (one, other) = (RandomCondition.make(&random, depth: 3), RandomCondition.make(&random, depth: 3))
            let (inner, outer) = (CohortQuery(condition: one), CohortQuery(condition: other))
            guard inner.isShownWithin(outer) else { continue }
            shown += 1
            for record in records where record.truth(inner.condition) == true {
                #expect(record.truth(outer.condition) == true, "\(inner.text) within \(outer.text)")
            }
        }
        // Enough of them were shown for the test to mean something.
        #expect(shown > 500)
    }

    @Test("two questions as large as they may be are decided on")
    func large() {
        func tree(_ depth: Int, _ leaf: Condition) -> Condition {
            depth == 0 ? leaf : .any([.all([tree(depth - 1, leaf), leaf]), .all([leaf, tree(depth - 1, leaf)])])
        }
        var random = SeededGenerator(seed: 3)
        let (one, other) = (RandomCondition.test(&random), RandomCondition.test(&random))
        let (inner, outer) = (CohortQuery(condition: tree(8, one)), CohortQuery(condition: .not(tree(8, other))))
        #expect(!inner.isShownWithin(outer))
    }
}

/// A series with some values, of which some are not recorded.
private struct RandomRecord {
    var words: [String: String] = [:]
    var numbers: [String: Double] = [:]

    init(_ random: inout SeededGenerator) {
        for (attribute, values) in RandomCondition.words where Bool.random(using: &random) {
            words[attribute] = values.randomElement(using: &random)
        }
        for attribute in RandomCondition.numbers where Bool.random(using: &random) {
            numbers[attribute] = Double(Int.random(in: 0...5, using: &random))
        }
    }

    /// Kleene's three values: nil is unknown.
    func truth(_ condition: Condition) -> Bool? {
        switch condition {
        case .all(let parts):
            let values = parts.map(truth)
            return values.contains(false) ? false : values.contains(nil) ? nil : true
        case .any(let parts):
            let values = parts.map(truth)
            return values.contains(true) ? true : values.contains(nil) ? nil : false
        case .not(let part): return truth(part).map { !$0 }
        case .test(let comparison): return truth(comparison)
        case .has: return nil
        }
    }

    private func truth(_ comparison: Comparison) -> Bool? {
        let name = comparison.attribute.name
        if comparison.operation == .exists { return words[name] != nil || numbers[name] != nil }
        if let word = words[name] {
            switch comparison.operation {
            case .equals(let value): return value == .text(word)
            case .oneOf(let values): return values.contains(.text(word))
            default: return nil
            }
        }
        guard let number = numbers[name] else { return nil }
        switch comparison.operation {
        case .equals(let value): return value == .number(number)
        case .less(let bound): return number < bound
        case .atMost(let bound): return number <= bound
        case .greater(let bound): return number > bound
        case .atLeast(let bound): return number >= bound
        case .between(let low, let high): return (low...high).contains(number)
        default: return nil
        }
    }
}

private enum RandomCondition {
    static let words = [("series.modality", ["MR", "CT", "PT"]), ("patient.sex", ["F", "M"])]
    static let numbers = ["series.sliceThickness", "series.instanceCount"]

    static func make(_ random: inout SeededGenerator, depth: Int) -> Condition {
        switch depth == 0 ? 4 : Int.random(in: 0...5, using: &random) {
        case 0, 1: .all(parts(&random, depth))
        case 2: .any(parts(&random, depth))
        case 3: .not(make(&random, depth: depth - 1))
        default: test(&random)
        }
    }

    private static func parts(_ random: inout SeededGenerator, _ depth: Int) -> [Condition] {
        (0..<Int.random(in: 1...3, using: &random)).map { _ in make(&random, depth: depth - 1) }
    }

    static func test(_ random: inout SeededGenerator) -> Condition {
        let isWord = Bool.random(using: &random)
        let name = isWord ? words.randomElement(using: &random)?.0 : numbers.randomElement(using: &random)
        guard let attribute = name.flatMap({ CohortModel.find($0) }) else { return .everything }
        if Int.random(in: 0..<6, using: &random) == 0 { return .test(Comparison(attribute, .exists)) }
        if isWord {
            let values = words.first { $0.0 == attribute.name }?.1.shuffled(using: &random) ?? []
            let some = values.prefix(Int.random(in: 1...values.count, using: &random)).map { CohortValue.text($0) }
            return .test(Comparison(attribute, some.count == 1 ? .equals(some[0]) : .oneOf(some)))
        }
        let (low, span) = (Double(Int.random(in: 0...5, using: &random)), Double(Int.random(in: 0...3, using: &random)))
        let operations: [Comparison.Operation] = [
            .equals(.number(low)), .less(low), .atMost(low), .greater(low), .atLeast(low), .between(low, low + span),
        ]
        return .test(Comparison(attribute, operations.randomElement(using: &random) ?? .exists))
    }
}
