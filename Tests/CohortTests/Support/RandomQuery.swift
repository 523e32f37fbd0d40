import TestSupport

@testable import Cohort

/// Questions of every shape, within the limits.
enum RandomQuery {
    static func query(using random: inout SeededGenerator) -> CohortQuery {
        var facets = CohortFacet.standardNames
        if Bool.random(using: &random) { facets = facets.filter { _ in Bool.random(using: &random) } }
        return CohortQuery(condition: condition(depth: 4, using: &random), facets: facets)
    }

    static func condition(depth: Int, using random: inout SeededGenerator) -> Condition {
        switch depth == 0 ? 9 : Int.random(in: 0..<10, using: &random) {
        case 0, 1: return .all(parts(depth, using: &random))
        case 2, 3: return .any(parts(depth, using: &random))
        case 4: return .not(condition(depth: depth - 1, using: &random))
        default: return .test(comparison(using: &random))
        }
    }

    private static func parts(_ depth: Int, using random: inout SeededGenerator) -> [Condition] {
        (0..<Int.random(in: 0...3, using: &random)).map { _ in condition(depth: depth - 1, using: &random) }
    }

    static func comparison(using random: inout SeededGenerator) -> Comparison {
        let attribute = CohortModel.attributes.filter { !$0.isReference }.randomElement(using: &random) ?? .modality
        func number() -> Double {
            if attribute.kind == .date {
                return Double([20_190_101, 20_200_229, 20_201_231].randomElement(using: &random) ?? 0)
            }
            return [0, 0.001, 0.7, 1, 1.5, 3, 50, 120, 1e-7, 123_456.789].randomElement(using: &random) ?? 0
        }
        func text() -> String {
            let odd = [
                "and", "unknown", "two words", "with \"quotes\"", "back\\slash", "Müller", "a,b", "(x)", "MRR", "CT",
            ]
            let known = attribute.knownValues.map(\.code)
            if case .code(_, let isClosed) = attribute.kind {
                // In the spelling in which it is kept: "CT" is a code of some sets and a synonym in others.
                let kept = odd.map { attribute.valueSet?.find($0)?.code ?? $0.uppercased() }
                return (isClosed ? known : known + kept).randomElement(using: &random) ?? "X"
            }
            return odd.randomElement(using: &random) ?? "X"
        }
        guard attribute.isOrdered else {
            var operations: [Comparison.Operation] = [
                .equals(.text(text())), .exists, .oneOf(distinct([.text(text()), .text(text()), .text(text())])),
            ]
            if case .code(_, isClosed: true) = attribute.kind {} else { operations.append(.contains(text())) }
            var operation = operations.randomElement(using: &random) ?? .exists
            // A list of one value is written, and so read, as that value.
            if case .oneOf(let values) = operation, values.count == 1 { operation = .equals(values[0]) }
            return Comparison(attribute, operation)
        }
        let (low, high) = (number(), number())
        var operations: [Comparison.Operation] = [
            .equals(.number(low)), .less(low), .atMost(low), .greater(low), .atLeast(low),
            .between(min(low, high), max(low, high)), .exists,
        ]
        if low != high, attribute.kind != .date { operations.append(.oneOf([.number(low), .number(high)])) }
        return Comparison(attribute, operations.randomElement(using: &random) ?? .exists)
    }

    private static func distinct(_ values: [CohortValue]) -> [CohortValue] {
        values.reduce(into: []) { if !$0.contains($1) { $0.append($1) } }
    }
}
