import TestSupport
import Testing

@testable import Rounds

@Suite struct MaskedSumTests {
    static func vector(_ site: Int, _ count: Int) -> RingVector {
        var generator = SeededGenerator(seed: UInt64(site))
        return RingVector((0..<count).map { _ in UInt128(generator.next()) << 64 | UInt128(generator.next()) })
    }

    static func plainSum(_ sites: some Sequence<Int>, _ count: Int) -> [UInt128] {
        var sum = [UInt128](repeating: 0, count: count)
        for site in sites {
            for (index, value) in vector(site, count).values128.enumerated() { sum[index] &+= value }
        }
        return sum
    }

    @Test(arguments: [2, 3, 4, 5, 10, 18, 50, 100])
    func maskedSumsEqualPlainOnes(_ count: Int) throws {
        var federation = try MaskedFederation(count)
        try federation.deal()
        for _ in 0..<2 {
            let sum = try federation.round(.bits128, { Self.vector($0, 7) }, count: 7)
            #expect(sum.total.values128 == Self.plainSum(0..<count, 7))
            #expect(sum.sites.count == count)
            #expect(sum.dropped.isEmpty)
        }
    }
}
