import Glibc
import Rounds
import Runtime
import Testing

@Suite struct NoiseTests {
    private func seeded(_ seed: UInt64) -> RandomBits { RandomBits(SeededSource.make(seed)) }

    /// Counts of draws against the probabilities themselves: chi squared over the cells, with its 1e-6 quantile.
    private func distance(_ draws: [Int64], _ weight: (Double) -> Double, cells: ClosedRange<Int64>) -> Double {
        let total = (-2000...2000).reduce(0.0) { $0 + weight(Double($1)) }
        return cells.reduce(0.0) { sum, cell in
            let expected = Double(draws.count) * weight(Double(cell)) / total
            let seen = Double(draws.count { $0 == cell })
            return sum + (seen - expected) * (seen - expected) / expected
        }
    }

    @Test(arguments: [1, 3, 20] as [UInt64]) func gaussianDrawsAreDistributedAsTheirFormula(deviation: UInt64) {
        var bits = SeededBits(seed: deviation)
        let draws = (0..<40000).map { _ in DiscreteNoise.gaussian(deviation: deviation, using: &bits) }
        let size = Int64(deviation) * 2
        // 81 cells at most: the 1e-6 quantile of chi squared with 81 degrees of freedom is 153.
        let scale = 2 * Double(deviation * deviation)
        #expect(distance(draws, { exp(-$0 * $0 / scale) }, cells: -size...size) < 153)
    }

    @Test(arguments: [1, 5] as [UInt64]) func laplaceDrawsAreDistributedAsTheirFormula(scale: UInt64) {
        var bits = SeededBits(seed: scale + 100)
        let draws = (0..<40000).map { _ in DiscreteNoise.laplace(scale: scale, using: &bits) }
        let size = Int64(scale) * 3
        #expect(
            distance(draws, { exp(-abs($0) / Double(scale)) }, cells: -size...size) < 90)
    }

    @Test func releasesHaveTheNoiseThatWasPromised() throws {
        var bits = SeededBits(seed: 4)
        let mechanism = NoiseMechanism.central(.gaussian, noiseMultiplier: 1.5, sensitivity: 2)
        let released = try mechanism.release(Array(repeating: 10, count: 5000), using: &bits)
        let mean = released.reduce(0, +) / 5000
        let variance = released.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / 4999
        // Standard deviation 3, and 70.7 · 1.5 / 16384 = 0.65 % more for the grid; the estimate itself is good to 1 %.
        #expect(abs(mean - 10) < 0.2)
        #expect(abs(variance.squareRoot() - 3.02) < 0.15)
        #expect(try abs(mechanism.scale(count: 5000) - 3.0195) < 1e-3)
    }

    @Test func sharesOfManySitesAddUpToTheWholeNoise() throws {
        var bits = SeededBits(seed: 5)
        let mechanism = NoiseMechanism.distributed(noiseMultiplier: 1, sensitivity: 1, honestSites: 9)
        let sums = try (0..<2000).map { _ in
            try (0..<9).reduce(0.0) { sum, _ in try sum + mechanism.release([0], using: &bits)[0] }
        }
        let variance = sums.reduce(0) { $0 + $1 * $1 } / 2000
        #expect(abs(variance - 1) < 0.15)
    }

    @Test func theSameSourceGivesTheSameNoiseAndTheSystemsAnother() throws {
        let mechanism = NoiseMechanism.central(.laplace, noiseMultiplier: 1, sensitivity: 1)
        var (one, same, other) = (seeded(1), seeded(1), RandomBits(.system))
        let first = try mechanism.release([0, 0, 0], using: &one)
        #expect(try mechanism.release([0, 0, 0], using: &same) == first)
        #expect(try mechanism.release([0, 0, 0], using: &other) != first)
    }

    @Test func whatCannotBeProtectedIsRefused() throws {
        var bits = SeededBits(seed: 6)
        let good = NoiseMechanism.central(.gaussian, noiseMultiplier: 1, sensitivity: 1)
        #expect(throws: RoundsError.self) { try good.release([.nan], using: &bits) }
        #expect(throws: RoundsError.self) { try good.release([.infinity], using: &bits) }
        #expect(throws: RoundsError.self) { try good.release([1e300], using: &bits) }
        for (multiplier, sensitivity) in [(0.0, 1.0), (1, 0), (.nan, 1), (1, .infinity)] {
            let wrong = NoiseMechanism.central(
                .gaussian, noiseMultiplier: multiplier, sensitivity: sensitivity)
            #expect(throws: RoundsError.self) { try wrong.release([0], using: &bits) }
        }
        #expect(throws: RoundsError.self) {
            try NoiseMechanism.central(.laplace, noiseMultiplier: 1, sensitivity: 1).scale(count: 100_000)
        }
    }

    @Test func clippingShortensWhatIsLongAndNothingElse() {
        #expect(Clipping.l2([3, 4], to: 10) == [3, 4])
        #expect(Clipping.l2([3, 4], to: 1) == [3 * 0.2, 4 * 0.2])
        #expect(Clipping.l1([3, -1], to: 2) == [1.5, -0.5])
        #expect(Clipping.l2([.nan, 1], to: 1) == [0, 0])
        #expect(Clipping.l2([.infinity, 1], to: 1) == [0, 0])
    }
}
