import Crypto
import TestSupport
import Testing

@testable import Rounds

@Suite struct QuantiserTests {
    private func seed(_ value: UInt8) -> SymmetricKey { SymmetricKey(data: [UInt8](repeating: value, count: 16)) }

    /// The largest power of two s with sites * (clip * s + 1) below half of the ring.
    @Test func theStepIsTheFinestThatFits() throws {
        // 2^31 / 30 = 7.16e7 lies above 2^26; 2^63 / 30 above 2^58.
        #expect(try Quantiser(.bits32, clip: 1, sites: 30).step == 0x1p-26)
        #expect(try Quantiser(.bits64, clip: 1, sites: 30).step == 0x1p-58)
        // 2^31 / 1000 / 1000 = 2147.5 lies above 2^11.
        #expect(try Quantiser(.bits32, clip: 1000, sites: 1000).step == 0x1p-11)
        // With one site, 2^31 - 1 is not quite reached by 2^31.
        #expect(try Quantiser(.bits32, clip: 1, sites: 1).step == 0x1p-30)
    }

    @Test func valuesOnTheGridAreExactInBothRings() throws {
        for ring in [Ring.bits32, .bits64] {
            let quantiser = try Quantiser(ring, clip: 2, sites: 3)
            let weights: [Float] = [0, -0.0, 1, -1, 2, -2, 0.5, -0.375, 0x1p-20]
            let (vector, clipped) = try quantiser.encode(weights, seed: seed(1))
            #expect(try quantiser.decode(vector) == weights)
            #expect(clipped == 0)
        }
    }

    /// The mean over many roundings of one weight, which lies 0.3 of a step above a grid point: within five standard
    /// deviations, which are sqrt(0.3 * 0.7 / n) steps.
    @Test(arguments: [Ring.bits32, .bits64])
    func roundingIsRightOnAverageAndNeverOffByAStep(_ ring: Ring) throws {
        let quantiser = try Quantiser(ring, clip: ring == .bits32 ? 1 : 0x1p32, sites: 1000)
        let count = 50_000
        // In the wide ring a step of 2^-23: 2^-23 * 8.25 and its negative have no more than the bits of a Float.
        for weight in [8.25 * quantiser.step, -8.25 * quantiser.step, 0.75 * quantiser.step] {
            let (vector, _) = try quantiser.encode([Float](repeating: Float(weight), count: count), seed: seed(2))
            let back = try quantiser.decode(vector).map(Double.init)
            #expect(back.allSatisfy { abs($0 - weight) < quantiser.step })
            let mean = back.reduce(0, +) / Double(count)
            let deviation = quantiser.step * (0.25 * 0.75 / Double(count)).squareRoot()
            #expect(abs(mean - weight) < 5 * deviation)
            #expect(Set(back).count == 2)
        }
    }

    @Test func theSameSeedRoundsTheSameAndAnotherOtherwise() throws {
        let quantiser = try Quantiser(.bits32, clip: 1000, sites: 1000)
        var generator = SeededGenerator(seed: 3)
        let weights = (0..<40_000).map { _ in Float.random(in: -1...1, using: &generator) }
        let first = try quantiser.encode(weights, seed: seed(3)).vector
        #expect(try quantiser.encode(weights, seed: seed(3)).vector == first)
        #expect(try quantiser.encode(weights, seed: seed(4)).vector != first)
        // The second piece of random numbers is not the first again: equal weights are rounded independently.
        let half = KeyStream.piece / 8
        let same = try quantiser.encode([Float](repeating: 0.0003, count: 2 * half), seed: seed(5)).vector.values32
        #expect(Array(same[..<half]) != Array(same[half...]))
    }

    @Test func sumsOfTheLargestWeightsFit() throws {
        for ring in [Ring.bits32, .bits64] {
            for sites in [1, 2, 3, 7, 30, 1000] {
                for clip in [1.0, 0.7, 3, 1e-3] {
                    let quantiser = try Quantiser(ring, clip: clip, sites: sites)
                    var sum = RingVector(zeros: 2, in: ring)
                    for site in 0..<sites {
                        let (vector, clipped) = try quantiser.encode([1e9, -1e9], seed: seed(UInt8(site % 256)))
                        #expect(clipped == 2)
                        try sum.add(vector)
                    }
                    let total = try quantiser.decode(sum)
                    let expected = clip * Double(sites)
                    // A step for each site, and the rounding of the sum to a Float.
                    let allowed = Double(sites) * quantiser.step + expected * 0x1p-24
                    #expect(abs(Double(total[0]) - expected) <= allowed)
                    #expect(abs(Double(total[1]) + expected) <= allowed)
                }
            }
        }
    }

    @Test func maskedWeightsAddUpWithinTheBound() throws {
        let quantiser = try Quantiser(.bits32, clip: 1, sites: 5)
        var federation = try MaskedFederation(5)
        try federation.deal()
        func weights(_ site: Int) -> [Float] {
            var generator = SeededGenerator(seed: UInt64(site))
            return (0..<1001).map { _ in Float.random(in: -1...1, using: &generator) }
        }
        let members = federation.members
        let sum = try federation.round(
            .bits32,
            { site in
                let member = try #require(members[MaskedFederation.name(site)])
                return try quantiser.encode(weights(site), seed: member.roundingSeed(round: 0)).vector
            }, count: 1001)
        let total = try quantiser.decode(sum.total)
        for index in 0..<1001 {
            let plain = (0..<5).reduce(0.0) { $0 + Double(weights($1)[index]) }
            // Five steps, and the rounding of a sum below 8 to a Float.
            #expect(abs(Double(total[index]) - plain) <= 5 * quantiser.step + 0x1p-22)
        }
    }

    @Test func whatIsNoWeightIsRefused() throws {
        let quantiser = try Quantiser(.bits32, clip: 1, sites: 3)
        for none in [Float.nan, .infinity, -.infinity] {
            #expect(throws: RoundsError.self) { try quantiser.encode([0, none], seed: seed(1)) }
        }
        #expect(throws: RoundsError.self) { try quantiser.decode(RingVector([UInt64(1)])) }
        for clip in [0, -1, Double.nan, .infinity] {
            #expect(throws: RoundsError.self) { try Quantiser(.bits32, clip: clip, sites: 3) }
        }
        #expect(throws: RoundsError.self) { try Quantiser(.bits128, clip: 1, sites: 3) }
        #expect(throws: RoundsError.self) { try Quantiser(.bits32, clip: 1, sites: 0) }
    }
}
