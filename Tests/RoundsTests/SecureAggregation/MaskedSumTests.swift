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

    /// Three tenths of the sites drop out: before they deal shares, before they mask, before they unmask, and at each.
    @Test(arguments: [4, 5, 10, 18, 50, 100])
    func whoDropsOutIsNotInTheSumAndDoesNotSpoilIt(_ count: Int) throws {
        let lost = min(count - Roster.threshold(of: count), count * 3 / 10)
        for stage in count == 100 ? [1, 3] : [0, 1, 2, 3] {
            let beforeShares = stage == 0 ? 0..<lost : stage == 3 ? 0..<lost / 3 : 0..<0
            let beforeMasking = stage == 1 ? 0..<lost : stage == 3 ? lost / 3..<lost * 2 / 3 : 0..<0
            let beforeUnmasking = stage == 2 ? 0..<lost : stage == 3 ? lost * 2 / 3..<lost : 0..<0
            var federation = try MaskedFederation(count)
            try federation.deal(without: Set(beforeShares))
            let sum = try federation.round(
                .bits128, { Self.vector($0, 3) }, count: 3, notMasking: Set(beforeMasking),
                notUnmasking: Set(beforeUnmasking))
            let survivors = Set(0..<count).subtracting(beforeShares).subtracting(beforeMasking)
            #expect(sum.total.values128 == Self.plainSum(survivors, 3))
            #expect(sum.sites == survivors.sorted().map(MaskedFederation.name))
            #expect(sum.dropped == beforeMasking.map(MaskedFederation.name))
            // And the next round goes on without those who missed this one.
            guard count <= 18 else { continue }
            let next = try federation.round(.bits128, { Self.vector($0 + 1000, 3) }, count: 3)
            #expect(next.total.values128 == Self.plainSum(survivors.map { $0 + 1000 }, 3))
        }
    }

    @Test func aSiteThatGaveNoKeyIsNotInTheEpoch() throws {
        var federation = try MaskedFederation(5, absent: [2])
        try federation.deal()
        let sum = try federation.round(.bits128, { Self.vector($0, 2) }, count: 2)
        #expect(sum.total.values128 == Self.plainSum([0, 1, 3, 4], 2))
    }

    /// Above a hundred sites each has only some neighbours; the sums are the same.
    @Test func aSparseGraphGivesTheSameSums() throws {
        let count = 180
        var federation = try MaskedFederation(count)
        let graph = try #require(federation.hub.roster?.graph)
        #expect(graph.degree < count - 1)
        try federation.deal()
        let lost = Set((0..<54).map { $0 * 3 })
        let early = lost.filter { $0 % 2 == 0 }
        let sum = try federation.round(
            .bits128, { Self.vector($0, 2) }, count: 2, notMasking: early, notUnmasking: lost.subtracting(early))
        #expect(sum.total.values128 == Self.plainSum(Set(0..<count).subtracting(early), 2))
    }

    @Test func vectorsOf32And64BitsWrapAroundAsTheyShould() throws {
        var federation = try MaskedFederation(3)
        try federation.deal()
        // An odd count: half of the last word belongs to nobody.
        let small: [[UInt32]] = [[.max, 1, 2], [1, 5, 7], [9, 0, .max]]
        let sum32 = try federation.round(.bits32, { RingVector(small[$0]) }, count: 3)
        #expect(sum32.total.values32 == [9, 6, 8])
        let large: [[UInt64]] = [[.max, 1], [1, 5], [9, 1 << 63]]
        let sum64 = try federation.round(.bits64, { RingVector(large[$0]) }, count: 2)
        #expect(sum64.total.values64 == [9, 0x8000_0000_0000_0006])
        let none = try federation.round(.bits64, { _ in RingVector([UInt64]()) }, count: 0)
        #expect(none.total.count == 0)
    }

    /// Longer than the pieces in which masks are made, and no multiple of them.
    @Test func longVectorsAreMaskedToTheirEnd() throws {
        let count = 3 * KeyStream.piece / 8 + 5
        var federation = try MaskedFederation(2)
        try federation.deal()
        let vector = RingVector((0..<count).map { UInt64($0) &* 0x9E37_79B9_7F4A_7C15 })
        let task = try federation.hub.begin(.bits64, count: count)
        for site in 0..<2 {
            let answer = try federation.member(site).mask(vector, task)
            let unchanged = zip(answer.vector.values64, vector.values64).filter { $0 == $1 }.count
            #expect(unchanged == 0)
            try federation.hub.receive(answer)
        }
        for (name, request) in try federation.hub.closeMasking() {
            try federation.hub.receive(try #require(federation.members[name]).unmask(request))
        }
        #expect(try federation.hub.finish().total.values64 == vector.values64.map { $0 &* 2 })
    }

    @Test func tooFewSitesEndTheEpochAtEveryStep() throws {
        #expect(throws: RoundsError.self) { try MaskedFederation(3, absent: [0, 1]) }
        // Of ten sites seven are needed.
        var silent = try MaskedFederation(10)
        try silent.deal(without: [0, 1, 2, 3])
        let tooFew = "only 6 sites are ready for round 0, and 7 are needed: a new epoch has to begin"
        #expect(throws: RoundsError.masking(tooFew)) { try silent.hub.begin(.bits64, count: 1) }
        var masking = try MaskedFederation(10)
        try masking.deal()
        #expect(throws: RoundsError.self) {
            try masking.round(.bits128, { Self.vector($0, 1) }, count: 1, notMasking: [0, 1, 2, 3])
        }
        var unmasking = try MaskedFederation(10)
        try unmasking.deal()
        #expect(throws: RoundsError.self) {
            try unmasking.round(.bits128, { Self.vector($0, 1) }, count: 1, notUnmasking: [0, 1, 2, 3])
        }
        #expect(!unmasking.hub.canFinish)
        #expect(unmasking.hub.waitingFor == ["site0000", "site0001", "site0002", "site0003"])
    }
}
