import Cohort

/// One test of the values of one column.
enum ColumnTest {
    /// - Returns: a value of ``Truth`` for each value of the column.
    static func truth(of comparison: Comparison, in column: Column) -> [UInt8] {
        switch column.values {
        case .words(let codes):
            // Each different word is tested once.
            var table = [UInt8](repeating: Truth.isFalse, count: column.words.count + 1)
            let isExistence = comparison.operation == .exists
            table[0] = isExistence ? Truth.isFalse : Truth.unknown
            let test = wordTest(comparison)
            for (place, word) in column.words.enumerated() where test(word) { table[place + 1] = Truth.isTrue }
            return codes.map { table[Int($0)] }
        case .numbers(let numbers):
            return numberTruth(comparison, numbers)
        }
    }

    private static func wordTest(_ comparison: Comparison) -> (String) -> Bool {
        let attribute = comparison.attribute
        func isSame(_ word: String, _ value: CohortValue) -> Bool {
            guard case .text(let text) = value, let asked = Term.normalised(text) else { return false }
            return word == asked || attribute.isMatch(word, asked: asked)
        }
        switch comparison.operation {
        case .exists: return { _ in true }
        case .equals(let value): return { isSame($0, value) }
        case .oneOf(let values): return { word in values.contains { isSame(word, $0) } }
        case .contains(let part):
            let part = Term.normalised(part) ?? ""
            return { $0.contains(part) }
        case .less, .atMost, .greater, .atLeast, .between: return { _ in false }
        }
    }

    private static func numberTruth(_ comparison: Comparison, _ numbers: [Double]) -> [UInt8] {
        func each(_ test: (Double) -> Bool) -> [UInt8] {
            numbers.map { $0.isNaN ? Truth.unknown : test($0) ? Truth.isTrue : Truth.isFalse }
        }
        switch comparison.operation {
        case .exists: return numbers.map { $0.isNaN ? Truth.isFalse : Truth.isTrue }
        case .equals(.number(let value)): return each { $0 == value }
        case .oneOf(let values):
            let wanted = values.compactMap { if case .number(let number) = $0 { number } else { nil } }
            return each { wanted.contains($0) }
        case .less(let bound): return each { $0 < bound }
        case .atMost(let bound): return each { $0 <= bound }
        case .greater(let bound): return each { $0 > bound }
        case .atLeast(let bound): return each { $0 >= bound }
        case .between(let low, let high): return each { $0 >= low && $0 <= high }
        case .equals(.text), .contains: return each { _ in false }
        }
    }
}
