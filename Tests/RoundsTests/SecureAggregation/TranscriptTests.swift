import Crypto
import TestSupport
import Testing

@testable import Rounds

/// What the hub receives says nothing but the sum.
@Suite struct TranscriptTests {
    private static let count = 1 << 15

    /// The masked vector of site 0, whatever its input.
    private func masked(_ input: RingVector, _ ring: Ring, run: String = "run") throws -> [UInt8] {
        var federation = try MaskedFederation(3, run: run)
        try federation.deal()
        let task = try federation.hub.begin(ring, count: Self.count)
        return try federation.member(0).mask(input, task).vector.words.withUnsafeBytes { Array($0) }
    }

    private func counts(_ bytes: [UInt8]) -> [Double] {
        var counts = [Double](repeating: 0, count: 256)
        for byte in bytes { counts[Int(byte)] += 1 }
        return counts
    }

    /// Chi-square with 255 degrees of freedom has mean 255 and standard deviation sqrt(510) = 22.6; 148 and 380 are
    /// beyond the quantiles 1e-8 and 1 - 4e-7. The seeds are fixed: it holds always or never.
    private func looksUniform(_ bytes: [UInt8]) -> Bool {
        let expected = Double(bytes.count) / 256
        let chiSquare = counts(bytes).reduce(0) { $0 + ($1 - expected) * ($1 - expected) / expected }
        return chiSquare > 148 && chiSquare < 380
    }

    /// Runs of equal bits: as many as of a fair coin within five standard deviations (Wald and Wolfowitz).
    private func hasFairRuns(_ bytes: [UInt8]) -> Bool {
        let bits = bytes.flatMap { byte in (0..<8).map { byte >> $0 & 1 } }
        let ones = Double(bits.reduce(0) { $0 + Int($1) })
        let all = Double(bits.count)
        let runs = Double(zip(bits, bits.dropFirst()).filter { $0 != $1 }.count + 1)
        let mean = 2 * ones * (all - ones) / all + 1
        let deviation = ((mean - 1) * (mean - 2) / (all - 1)).squareRoot()
        return abs(runs - mean) < 5 * deviation && abs(ones - all / 2) < 5 * (all / 4).squareRoot()
    }

    @Test(arguments: [Ring.bits32, .bits64, .bits128])
    func maskedVectorsLookRandomWhateverIsInThem(_ ring: Ring) throws {
        let zeros = RingVector(zeros: Self.count, in: ring)
        var steps = zeros
        for index in steps.words.indices { steps.words[index] = UInt64(index) }
        // Before masking they do not: the test can tell.
        #expect(!looksUniform(steps.words.withUnsafeBytes { Array($0) }))
        for input in [zeros, steps] {
            let bytes = try masked(input, ring)
            #expect(looksUniform(bytes))
            #expect(hasFairRuns(bytes))
        }
    }

    /// Two very different inputs, each in a run of its own: their masked bytes come from one distribution by the
    /// two-sample chi-square test (255 degrees of freedom).
    @Test func veryDifferentInputsLookAlike() throws {
        var large = RingVector(zeros: Self.count, in: .bits64)
        for index in large.words.indices { large.words[index] = .max / 3 }
        let one = counts(try masked(RingVector(zeros: Self.count, in: .bits64), .bits64, run: "one"))
        let other = counts(try masked(large, .bits64, run: "two"))
        let chiSquare = zip(one, other).reduce(0) { $0 + ($1.0 - $1.1) * ($1.0 - $1.1) / ($1.0 + $1.1) }
        #expect(chiSquare > 148 && chiSquare < 380)
    }

    @Test func masksOfRoundsEpochsAndRunsHaveNothingInCommon() throws {
        let zeros = RingVector(zeros: 64, in: .bits128)
        var seen: Set<[UInt128]> = []
        for (run, epoch) in [("run", 0), ("run", 1), ("other", 0)] {
            var federation = try MaskedFederation(3, run: run, epoch: epoch)
            try federation.deal()
            for _ in 0..<2 {
                let task = try federation.hub.begin(.bits128, count: 64)
                for site in 0..<3 {
                    let answer = try federation.member(site).mask(zeros, task)
                    #expect(seen.insert(answer.vector.values128).inserted)
                    try federation.hub.receive(answer)
                }
                for (name, request) in try federation.hub.closeMasking() {
                    try federation.hub.receive(try #require(federation.members[name]).unmask(request))
                }
                #expect(try federation.hub.finish().total == zeros)
            }
        }
        #expect(seen.count == 18)
    }

    /// The sharp one. After unmasking, the hub has removed every self-mask and knows, of each site, its input plus the
    /// masks with the others. For any inputs with the same sum there are pair masks that explain exactly this view, so it
    /// cannot tell them apart; for inputs with another sum there are none, so the sum is all that the view determines.
    @Test func theHubsViewFitsEveryInputWithTheSameSumAndNoOther() throws {
        let inputs: [[UInt128]] = [[5, 1], [6, 2], [7, 3], [8, 4]]
        var federation = try MaskedFederation(4)
        try federation.deal()
        let task = try federation.hub.begin(.bits128, count: 2)
        var view: [[UInt128]] = []
        for site in 0..<4 {
            let answer = try federation.member(site).mask(RingVector(inputs[site]), task)
            view.append(answer.vector.values128)
            try federation.hub.receive(answer)
        }
        var answers: [UnmaskAnswer] = []
        for (name, request) in try federation.hub.closeMasking() {
            let answer = try #require(federation.members[name]).unmask(request)
            answers.append(answer)
            try federation.hub.receive(answer)
        }
        // The hub takes off what it can: the self-masks, from three shares each.
        for site in 0..<4 {
            let shares = answers.compactMap { answer in
                answer.revealed.first { $0.dealer == site }.map {
                    SecretSharing.Share(holder: MaskedFederation.index(answer.site) + 1, values: $0.values)
                }
            }
            let seed = try SecretSharing.secret(from: Array(shares.prefix(3)))
            var vector = RingVector(view[site])
            try KeyStream.add(RoundSecret.maskSeed(seed), to: &vector, minus: true)
            view[site] = vector.values128
            // What is left is not the input.
            #expect(view[site] != inputs[site])
        }
        let sameSum: [[UInt128]] = [[26, 0], [0, 0], [0, 0], [0, 10]]
        let otherSum: [[UInt128]] = [[26, 0], [0, 0], [0, 0], [0, 11]]
        #expect(explained(view, by: inputs))
        #expect(explained(view, by: sameSum))
        #expect(!explained(view, by: otherSum))
        #expect(try federation.hub.finish().total.values128 == [26, 10])
    }

    /// Whether there are masks m(i, j), added by i and taken away by j, with view = inputs + masks. The masks of a chain
    /// 0-1-2-3 can be chosen one after another; the last site's equation then holds or not.
    private func explained(_ view: [[UInt128]], by inputs: [[UInt128]]) -> Bool {
        for place in view[0].indices {
            var carried: UInt128 = 0
            for site in view.indices { carried = view[site][place] &- inputs[site][place] &+ carried }
            if carried != 0 { return false }
        }
        return true
    }

    /// Boxes and bundles are what the hub holds besides: it can open none with what it has when nobody dropped out.
    @Test func theHubCannotOpenWhatItPassesOn() throws {
        var federation = try MaskedFederation(4)
        try federation.deal()
        let bundle = try #require(federation.hub.shares[0]?.bundle)
        _ = try federation.round(.bits128, { MaskedSumTests.vector($0, 2) }, count: 2)
        let selfSeed = KeySchedule(
            secret: SymmetricKey(data: SHA256.hash(data: Array("site0000".utf8))), run: "run", site: "site0000"
        ).selfSeed(try #require(federation.hub.roster), round: 0)
        // The one secret that the hub has learnt about this site does not open its bundle.
        #expect(RoundSecret.open(bundle, selfSeed) == nil)
    }
}
