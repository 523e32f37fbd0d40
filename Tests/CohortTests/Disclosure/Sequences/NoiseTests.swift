import Foundation
import TestSupport
import Testing

@testable import Cohort

@Suite("Noise")
struct NoiseTests {
    @Test("each number comes as often as the discrete Laplace distribution says", arguments: [(1, 1), (2, 1), (5, 2)])
    func distribution(numerator: Int, denominator: Int) {
        var random = SeededGenerator(seed: 11)
        let laplace = DiscreteLaplace(numerator: numerator, denominator: denominator)
        let draws = 40_000
        var counts: [Int: Int] = [:]
        for _ in 0..<draws { counts[laplace.sample(&random), default: 0] += 1 }
        // P(n) = (1 - q) / (1 + q) * q^|n|, with q = exp(-1/scale): Canonne, Kamath and Steinke 2020, definition of Lap_Z.
        let q = exp(-Double(denominator) / Double(numerator))
        for number in -6...6 {
            let expected = Double(draws) * (1 - q) / (1 + q) * pow(q, Double(abs(number)))
            // Five standard deviations: one in a million.
            #expect(abs(Double(counts[number] ?? 0) - expected) < 5 * expected.squareRoot() + 1, "\(number)")
        }
        let beyond = counts.filter { abs($0.key) > laplace.reach }.map(\.value).reduce(0, +)
        #expect(beyond * 100 <= draws)
    }

    @Test("settings that protect nothing are refused")
    func settings() {
        #expect(throws: NoiseRuleError.epsilon) { try NoiseRule(milliepsilon: 0, budget: 10) }
        #expect(throws: NoiseRuleError.epsilon) { try NoiseRule(milliepsilon: 10_001, budget: 20_000) }
        #expect(throws: NoiseRuleError.budget) { try NoiseRule(milliepsilon: 500, budget: 499) }
    }

    @Test("an answer costs epsilon for its patients and for each breakdown")
    func cost() throws {
        #expect(try NoiseRule(milliepsilon: 500, budget: 10_000).cost(facets: 5) == 3000)
    }
}
