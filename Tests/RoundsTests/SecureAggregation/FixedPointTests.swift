import TestSupport
import Testing

@testable import Rounds

@Suite struct FixedPointTests {
    private func contribution(counts: [Int64] = [], reals: [Double] = []) -> Contribution {
        var contribution = Contribution()
        contribution.add(counts: counts, as: "n")
        contribution.add(reals: reals, as: "x")
        return contribution
    }

    private func layout(_ counts: Int, _ reals: Int) -> Layout { Layout(.counts("n", counts), .reals("x", reals)) }

    /// Units of 2^-64, by hand: 0.1 as a double is 7205759403792794 * 2^-56.
    @Test func realsAreTheNearestMultiplesOf2ToMinus64() {
        #expect(FixedPoint.number(1) == Int128(1) << 64)
        #expect(FixedPoint.number(-1.5) == -(Int128(3) << 63))
        #expect(FixedPoint.number(0.1) == Int128(7_205_759_403_792_794) << 8)
        #expect(FixedPoint.number(0x1p62) == Int128(1) << 126)
        #expect(FixedPoint.number(0x1.fffffffffffffp61) == Int128(0x1F_FFFF_FFFF_FFFF) << 73)
        #expect(FixedPoint.number(0x1p-64) == 1)
        #expect(FixedPoint.number(-0x1p-64) == -1)
        // Half a unit goes to the even neighbour; more than half up, less down.
        #expect(FixedPoint.number(0x1p-65) == 0)
        #expect(FixedPoint.number(0x3p-65) == 2)
        #expect(FixedPoint.number(0x5p-65) == 2)
        #expect(FixedPoint.number(-0x3p-65) == -2)
        #expect(FixedPoint.number(0x1.0000000000001p-65) == 1)
        #expect(FixedPoint.number(0x1.fffffffffffffp-66) == 0)
        for tiny in [0.0, -0.0, 1e-30, Double.leastNonzeroMagnitude, -Double.leastNormalMagnitude] {
            #expect(FixedPoint.number(tiny) == 0)
        }
    }

    @Test func theErrorOfAValueIsAtMost2ToMinus65() {
        var generator = SeededGenerator(seed: 1)
        for _ in 0..<10_000 {
            let scale = [1, 1e-3, 1e-9, 1e-18][Int.random(in: 0..<4, using: &generator)]
            let value = Double.random(in: -1...1, using: &generator) * scale
            // Exact: the difference of two such close doubles is one.
            #expect(abs(FixedPoint.real(FixedPoint.number(value)) - value) <= 0x1p-65)
        }
    }

    @Test func sumsAreReadBackAsTheNearestDouble() {
        #expect(FixedPoint.real(Int128(3) << 63) == 1.5)
        #expect(FixedPoint.real(-1) == -0x1p-64)
        // 2^53 + 1 lies between two doubles and goes to the even one; a little more, and it is the upper.
        #expect(FixedPoint.real((Int128(1) << 53 + 1) << 64) == 0x1p53)
        #expect(FixedPoint.real((Int128(1) << 53 + 1) << 64 + 1) == 0x1p53 + 2)
        #expect(FixedPoint.real((Int128(1) << 53 + 3) << 64) == 0x1p53 + 4)
        #expect(FixedPoint.real(-(Int128(1) << 53 + 1) << 64) == -0x1p53)
    }

    @Test func countsAreBitExactAndSumsDoNotDependOnTheOrder() throws {
        // 1e15 + 0.125 and back to 0.125 is lost in doubles of one order, and exact here.
        let contributions = [
            contribution(counts: [.max, -5], reals: [1e15, 0.1]),
            contribution(counts: [.min, 7], reals: [0.125, 0.2]),
            contribution(counts: [1, -2], reals: [-1e15, -0.3]),
        ]
        let layout = layout(2, 2)
        let point = FixedPoint(sites: 3)
        for order in [[0, 1, 2], [2, 0, 1], [1, 0, 2]] {
            var sum = RingVector(zeros: 4, in: .bits128)
            for index in order { try sum.add(try point.encode(contributions[index], layout)) }
            let back = try point.decode(sum, layout)
            #expect(try back.counts("n") == [0, 0])
            // Of the three doubles it is exactly 2^-55: Python, Fraction(0.1) + Fraction(0.2) - Fraction(0.3).
            #expect(try back.reals("x") == [0.125, 0x1p-55])
        }
    }

    @Test func aSumOfMaskedContributionsIsThatOfThePlainOnes() throws {
        let layout = layout(3, 4)
        let point = FixedPoint(sites: 5)
        var federation = try MaskedFederation(5)
        try federation.deal()
        func local(_ site: Int) -> Contribution {
            contribution(
                counts: [Int64(site), -1, 1 << 40], reals: [Double(site) / 7, -1e6 / 3, 1e-9 * Double(site), 0])
        }
        let sum = try federation.round(.bits128, { try point.encode(local($0), layout) }, count: layout.count)
        let back = try point.decode(sum.total, layout)
        #expect(try back.counts("n") == [10, -5, 5 << 40])
        let reals = try back.reals("x")
        for (value, expected) in zip(reals, [10.0 / 7, -5e6 / 3, 1e-8, 0]) {
            #expect(abs(value - expected) <= 1e-15 * max(1, abs(expected)))
        }
    }

    @Test func valuesThatCannotBeAddedNameTheirArray() throws {
        let point = FixedPoint(sites: 4)
        #expect(point.limit == 0x1p60)
        _ = try point.encode(contribution(reals: [0x1p60, -0x1p60]), layout(0, 2))
        for large in [0x1.0000000000001p60, -0x1p61, 1e300] {
            let error = #expect(throws: RoundsError.self) {
                try point.encode(contribution(reals: [large]), layout(0, 1))
            }
            #expect(try #require(error).description.contains("x holds a value beyond"))
            // And does not say which.
            #expect(try !#require(error).description.contains("\(large)"))
        }
        for none in [Double.nan, .infinity, -.infinity] {
            #expect(throws: RoundsError.self) { try point.encode(contribution(reals: [none]), layout(0, 1)) }
        }
        #expect(throws: RoundsError.self) { try point.encode(contribution(reals: [1]), layout(0, 2)) }
        // The largest that all four may send still has room.
        var sum = RingVector(zeros: 1, in: .bits128)
        for _ in 0..<4 { try sum.add(point.encode(contribution(reals: [0x1p60]), layout(0, 1))) }
        #expect(try point.decode(sum, layout(0, 1)).reals("x") == [0x1p62])
    }

    @Test func countsThatOverflowAndOtherShapesAreRefused() throws {
        let point = FixedPoint(sites: 2)
        var sum = RingVector(zeros: 1, in: .bits128)
        for _ in 0..<2 { try sum.add(point.encode(contribution(counts: [.max]), layout(1, 0))) }
        #expect(throws: RoundsError.shape("n is larger than a count can be")) { try point.decode(sum, layout(1, 0)) }
        #expect(throws: RoundsError.self) { try point.decode(sum, layout(2, 0)) }
        #expect(throws: RoundsError.self) { try point.decode(RingVector([UInt64(1)]), layout(1, 0)) }
        #expect(throws: RoundsError.self) { try sum.add(RingVector([UInt64(1)])) }
    }
}
