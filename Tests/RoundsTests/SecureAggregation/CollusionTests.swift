import Crypto
import TestSupport
import Testing

@testable import Rounds

/// A hub that works together with a third of the sites.
@Suite struct CollusionTests {
    /// Everything that the colluding sites hold of the victim: their shares of both its secrets.
    private func pooled(
        _ federation: MaskedFederation, _ colluding: [Int], victim: Int, _ secrets: RoundShares
    ) throws -> (selfSeed: [SecretSharing.Share], bundle: [SecretSharing.Share]) {
        let roster = try #require(federation.hub.roster)
        var selfSeed: [SecretSharing.Share] = []
        var bundle: [SecretSharing.Share] = []
        for site in colluding {
            let own = KeySchedule(
                secret: SymmetricKey(data: SHA256.hash(data: Array(MaskedFederation.name(site).utf8))), run: "run",
                site: MaskedFederation.name(site))
            let pair = try PairKeys(own: own.channelKey(epoch: 0), mine: site, theirs: victim, roster: roster)
            let box = try #require(secrets.sealed.first { $0.holder == site })
            let content = try #require(pair.open(box.box, round: 0, up: victim < site))
            func values(_ start: Int) -> [UInt64] {
                (0..<5).map { limb in
                    content[start + limb * 8..<start + limb * 8 + 8].reversed().reduce(0) { $0 << 8 | UInt64($1) }
                }
            }
            selfSeed.append(SecretSharing.Share(holder: site + 1, values: values(0)))
            bundle.append(SecretSharing.Share(holder: site + 1, values: values(40)))
        }
        return (selfSeed, bundle)
    }

    @Test(arguments: [4, 5, 10, 18, 50, 100])
    func aThirdOfTheSitesHoldsTooFewShares(_ count: Int) throws {
        let colluding = Array(0..<(count - 1) / 3)
        let victim = count - 1
        var federation = try MaskedFederation(count)
        try federation.deal()
        let dealt = try #require(federation.hub.shares[victim])
        let roster = try #require(federation.hub.roster)
        let pool = try pooled(federation, colluding, victim: victim, dealt)
        #expect(pool.selfSeed.count < roster.graph.shareThreshold)
        // Even two groups of honest sites, told different things about the victim, could not both complete a set: each
        // needs so many honest ones that there are not enough.
        let honestNeeded = roster.graph.shareThreshold - colluding.count
        #expect(2 * honestNeeded > count - colluding.count)
        // The shares are genuine: with honest ones up to the threshold they give the victim's secrets back.
        let secrets = KeySchedule(
            secret: SymmetricKey(data: SHA256.hash(data: Array(MaskedFederation.name(victim).utf8))), run: "run",
            site: MaskedFederation.name(victim))
        let others = Array((colluding.count..<roster.graph.shareThreshold).filter { $0 != victim })
        let enough = try pooled(federation, colluding + others, victim: victim, dealt)
        #expect(try SecretSharing.secret(from: enough.selfSeed) == secrets.selfSeed(roster, round: 0))
        #expect(try SecretSharing.secret(from: enough.bundle) == secrets.bundleSecret(roster, round: 0))
        // Without them, one share short of the threshold they do not.
        #expect((try? SecretSharing.secret(from: enough.bundle.dropLast())) != secrets.bundleSecret(roster, round: 0))
    }

    /// After the round the colluders know the victim's self-mask and their own masks with it; what is left of its vector
    /// still hides behind the masks with each honest site, and explains every input that leaves the honest sum the same.
    @Test func whatIsLeftOfTheVictimIsHiddenByItsMasksWithHonestSites() throws {
        let (count, colluding, victim) = (7, [0, 1], 6)
        var federation = try MaskedFederation(count)
        try federation.deal()
        let roster = try #require(federation.hub.roster)
        let task = try federation.hub.begin(.bits128, count: 2)
        var left: [Int: RingVector] = [:]
        for site in 0..<count {
            let answer = try federation.member(site).mask(MaskedSumTests.vector(site, 2), task)
            left[site] = answer.vector
            try federation.hub.receive(answer)
        }
        for site in 2..<count {
            let name = MaskedFederation.name(site)
            let own = KeySchedule(
                secret: SymmetricKey(data: SHA256.hash(data: Array(name.utf8))), run: "run", site: name)
            var vector = try #require(left[site])
            // The self-seed is what the hub puts together from the survivors' answers.
            try KeyStream.add(RoundSecret.maskSeed(own.selfSeed(roster, round: 0)), to: &vector, minus: true)
            for colluder in colluding {
                let colluderName = MaskedFederation.name(colluder)
                let keys = KeySchedule(
                    secret: SymmetricKey(data: SHA256.hash(data: Array(colluderName.utf8))), run: "run",
                    site: colluderName)
                let pair = try PairKeys(own: keys.channelKey(epoch: 0), mine: colluder, theirs: site, roster: roster)
                // The honest site comes later in the roster: it took the mask away.
                try KeyStream.add(pair.maskSeed(round: 0), to: &vector, minus: false)
            }
            left[site] = vector
        }
        let victims = try #require(left[victim])
        #expect(victims != MaskedSumTests.vector(victim, 2))
        // Any smaller group of honest sites is hidden as well; only all of them together give their sum.
        for honest in [[6], [6, 5], [6, 5, 4], [6, 5, 4, 3], [6, 5, 4, 3, 2]] {
            var sum = RingVector(zeros: 2, in: .bits128)
            for site in honest { try sum.add(try #require(left[site])) }
            #expect((sum.values128 == MaskedSumTests.plainSum(honest, 2)) == (honest.count == 5))
        }
    }

    /// A site that dropped out after sending its vector late: its masks with others are known then, its input is not.
    @Test func aLateVectorStaysHiddenByItsSelfMask() throws {
        var federation = try MaskedFederation(5)
        try federation.deal()
        let roster = try #require(federation.hub.roster)
        let task = try federation.hub.begin(.bits128, count: 2)
        var late: MaskedAnswer?
        for site in 0..<5 {
            let answer = try federation.member(site).mask(MaskedSumTests.vector(site, 2), task)
            if site == 2 { late = answer } else { try federation.hub.receive(answer) }
        }
        for (name, request) in try federation.hub.closeMasking() {
            try federation.hub.receive(try #require(federation.members[name]).unmask(request))
        }
        let answer = try #require(late)
        #expect(throws: RoundsError.self) { try federation.hub.receive(answer) }
        // The hub opens the bundle of site 2 and takes its masks with all others off the late vector.
        let schedule = KeySchedule(
            secret: SymmetricKey(data: SHA256.hash(data: Array("site0002".utf8))), run: "run", site: "site0002")
        let bundle = try #require(federation.hub.shares[2]?.bundle)
        let seeds = try #require(RoundSecret.open(bundle, schedule.bundleSecret(roster, round: 0)))
        var vector = answer.vector
        for (index, other) in [0, 1, 3, 4].enumerated() {
            let seed = SymmetricKey(data: seeds[index * 16..<index * 16 + 16])
            try KeyStream.add(seed, to: &vector, minus: 2 < other)
        }
        #expect(vector != MaskedSumTests.vector(2, 2))
        try KeyStream.add(RoundSecret.maskSeed(schedule.selfSeed(roster, round: 0)), to: &vector, minus: true)
        #expect(vector == MaskedSumTests.vector(2, 2))
    }
}
