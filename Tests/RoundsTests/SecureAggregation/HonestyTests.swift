import Crypto
import TestSupport
import Testing

@testable import Rounds

/// What a site refuses, whoever asks.
@Suite struct HonestyTests {
    /// Five sites after masking; of five, four are needed. Site 4 has not answered.
    private func masked() throws -> (federation: MaskedFederation, request: UnmaskRequest) {
        var federation = try MaskedFederation(5)
        try federation.deal()
        let task = try federation.hub.begin(.bits128, count: 2)
        for site in 0..<4 {
            try federation.hub.receive(federation.member(site).mask(MaskedSumTests.vector(site, 2), task))
        }
        let requests = try federation.hub.closeMasking()
        return (federation, try #require(requests["site0000"]))
    }

    private func changed(
        _ request: UnmaskRequest, survivors: [Int]? = nil, active: [Int]? = nil, round: Int? = nil,
        roster: [UInt8]? = nil, count: Int? = nil
    ) -> UnmaskRequest {
        let task = request.task
        return UnmaskRequest(
            task: MaskTask(
                rosterHash: roster ?? task.rosterHash, round: round ?? task.round,
                active: active.map { SiteSet($0) } ?? task.active, ring: task.ring, count: count ?? task.count),
            survivors: survivors.map { SiteSet($0) } ?? request.survivors, incoming: request.incoming)
    }

    @Test func onlyTheHonestRequestIsAnswered() throws {
        let (federation, request) = try masked()
        let member = try federation.member(0)
        // Too few, not itself, unknown names, another round, another task, another epoch.
        for dishonest in [
            changed(request, survivors: [0, 1, 2]), changed(request, survivors: [1, 2, 3, 4]),
            changed(request, survivors: [0, 1, 2, 3, 7]),
            changed(request, survivors: [0, 1, 2, 3], active: [0, 1, 2, 3, 9]),
            changed(request, round: 1), changed(request, active: [0, 1, 2, 3]), changed(request, count: 3),
            changed(request, roster: [UInt8](repeating: 1, count: 32)),
        ] {
            #expect(throws: RoundsError.self) { try member.unmask(dishonest) }
        }
        #expect(try member.unmask(request).revealed.map(\.dealer) == [0, 1, 2, 3, 4])
    }

    @Test func bothSecretsOfOneSiteAreNeverRevealed() throws {
        let (federation, request) = try masked()
        let member = try federation.member(0)
        let answer = try member.unmask(request)
        // Site 4 dropped out; now the hub would like it among the survivors, or site 3 among those who dropped out.
        for other in [[0, 1, 2, 3, 4], [0, 1, 2, 4]] {
            #expect(throws: RoundsError.self) { try member.unmask(changed(request, survivors: other)) }
        }
        // Not even after a restart.
        let again = try federation.site("site0000").join(member.roster)
        #expect(throws: RoundsError.self) { try again.unmask(changed(request, survivors: [0, 1, 2, 3, 4])) }
        #expect(try again.unmask(request) == answer)
    }

    @Test func twoInputsUnderTheSameMasksAreRefused() throws {
        let (federation, request) = try masked()
        let member = try federation.site("site0000").join(try #require(federation.hub.roster))
        #expect(throws: RoundsError.self) { try member.mask(MaskedSumTests.vector(9, 2), request.task) }
        let fewer = changed(request, active: [0, 1, 2, 3]).task
        #expect(throws: RoundsError.self) { try member.mask(MaskedSumTests.vector(0, 2), fewer) }
        #expect(try member.mask(MaskedSumTests.vector(0, 2), request.task).round == 0)
    }

    /// A ledger whose disk is full.
    private struct FullLedger: UnmaskLedger {
        let base: any UnmaskLedger

        func record(_ value: [UInt8], for key: [UInt8]) throws(RoundsError) -> [UInt8] {
            throw .masking("the disk is full")
        }

        func recorded(for key: [UInt8]) throws(RoundsError) -> [UInt8]? { try base.recorded(for: key) }
    }

    @Test func withoutARecordThereIsNoAnswer() throws {
        let (federation, request) = try masked()
        let ledger = try #require(federation.ledgers["site0000"])
        let member = try MaskingSite(
            secret: SymmetricKey(data: SHA256.hash(data: Array("site0000".utf8))), site: "site0000", run: "run",
            ledger: FullLedger(base: ledger), minimumContributors: 2
        ).join(try #require(federation.hub.roster))
        let full = RoundsError.masking("the disk is full")
        #expect(throws: full) { try member.mask(MaskedSumTests.vector(0, 2), request.task) }
        #expect(throws: full) { try member.unmask(request) }
    }

    /// A round is begun again in a new epoch, without site 4: the old sum, with it, must not be unmasked any more.
    @Test func anEpochIsOverWhenALaterOneHasBegun() throws {
        let (federation, request) = try masked()
        var later = try MaskedFederation(5, epoch: 2, absent: [4])
        later.ledgers = federation.ledgers
        let roster = try #require(later.hub.roster)
        for site in roster.members.map(\.site) { later.members[site] = try later.site(site).join(roster) }
        // Knowing of the new epoch ends nothing; masking in it does.
        try later.deal()
        let first = try federation.member(0)
        #expect(try first.unmask(request).round == 0)
        let sum = try later.round(.bits128, { MaskedSumTests.vector($0, 2) }, count: 2)
        #expect(sum.total.values128 == MaskedSumTests.plainSum(0..<4, 2))
        #expect(throws: RoundsError.masking("epoch 0 is over: the site site0000 has masked in epoch 2")) {
            try first.unmask(request)
        }
        #expect(throws: RoundsError.self) { try first.mask(MaskedSumTests.vector(0, 2), request.task) }
        // Site 4 was not in it, and site 4 only.
        #expect(try federation.member(4).mask(MaskedSumTests.vector(4, 2), request.task).round == 0)
    }

    @Test func nothingIsRevealedOfARoundThatWasNotMasked() throws {
        let (federation, request) = try masked()
        // Site 4 never answered the task.
        let mine = changed(request, survivors: [0, 1, 2, 3, 4])
        #expect(throws: RoundsError.self) { try federation.member(4).unmask(mine) }
    }

    @Test func aSiteKeepsToItsOwnMinimum() throws {
        #expect(throws: RoundsError.self) { try MaskedFederation(4, minimum: 5) }
        var federation = try MaskedFederation(5, minimum: 5)
        try federation.deal(without: [2])
        // Four of five are enough for the protocol, and not for these sites.
        let task = try federation.hub.begin(.bits64, count: 1)
        #expect(throws: RoundsError.self) { try federation.member(0).mask(RingVector([UInt64(1)]), task) }
    }

    @Test func boxesOfOthersAreRefusedAndDamagedOnesAreNamed() throws {
        let (federation, request) = try masked()
        let member = try federation.member(0)
        var boxes = request.incoming
        #expect(boxes.map(\.dealer) == [1, 2, 3, 4])
        // The box of site 2 in the place of that of site 1, one bit of that of site 3.
        var bent = boxes[2].box
        bent[40] ^= 1
        boxes[0] = UnmaskRequest.Incoming(dealer: 1, box: boxes[1].box)
        boxes[2] = UnmaskRequest.Incoming(dealer: 3, box: bent)
        let answer = try member.unmask(UnmaskRequest(task: request.task, survivors: request.survivors, incoming: boxes))
        #expect(answer.unreadable == [1, 3])
        #expect(answer.revealed.map(\.dealer) == [0, 2, 4])
        for wrong in [boxes + [boxes[1]], [UnmaskRequest.Incoming(dealer: 9, box: bent)]] {
            #expect(throws: RoundsError.self) {
                try member.unmask(UnmaskRequest(task: request.task, survivors: request.survivors, incoming: wrong))
            }
        }
    }

    /// A box of an earlier round is sealed under another nonce.
    @Test func sharesOfAnotherRoundDoNotOpen() throws {
        var federation = try MaskedFederation(3)
        try federation.deal()
        let first = try #require(federation.hub.shares[1]?.sealed.first { $0.holder == 0 })
        _ = try federation.round(.bits128, { MaskedSumTests.vector($0, 1) }, count: 1)
        let task = try federation.hub.begin(.bits128, count: 1)
        _ = try federation.member(0).mask(MaskedSumTests.vector(0, 1), task)
        let answer = try federation.member(0).unmask(
            UnmaskRequest(
                task: task, survivors: task.active,
                incoming: [UnmaskRequest.Incoming(dealer: 1, box: first.box)]))
        #expect(answer.unreadable == [1])
    }

    @Test func badKeysNameTheirSite() throws {
        let good = try MaskedFederation(2).hub.keys
        let fine = try #require(good["site0000"])
        // RFC 7748 has no secret with the points of small order: 0, 1, and one of order 8 (curve25519's own list).
        let orderEight: [UInt8] = [
            0xe0, 0xeb, 0x7a, 0x7c, 0x3b, 0x41, 0xb8, 0xae, 0x16, 0x56, 0xe3, 0xfa, 0xf1, 0x9f, 0xc4, 0x6a, 0xda, 0x09,
            0x8d, 0xeb, 0x9c, 0x32, 0xb1, 0xfd, 0x86, 0x62, 0x05, 0x16, 0x5f, 0x49, 0xb8, 0x00,
        ]
        for low in [[UInt8](repeating: 0, count: 32), [1] + [UInt8](repeating: 0, count: 31), orderEight] {
            let bad = SiteKeys(site: "site0001", run: "run", epoch: 0, channelKey: low)
            #expect(
                throws: RoundsError.masking("the key of the site site0001 is none that a secret can be agreed with")
            ) {
                let roster = try Roster(run: "run", epoch: 0, keys: [fine, bad])
                let ledger = MemoryLedger()
                _ = try MaskingSite(
                    secret: SymmetricKey(data: SHA256.hash(data: Array("site0000".utf8))), site: "site0000",
                    run: "run", ledger: ledger, minimumContributors: 2
                ).join(roster)
            }
            var hub = try MaskingHub(run: "run", epoch: 0, sites: ["site0000", "site0001"])
            #expect(throws: RoundsError.self) { try hub.receive(bad) }
        }
        let copy = SiteKeys(site: "site0001", run: "run", epoch: 0, channelKey: fine.channelKey)
        #expect(throws: RoundsError.masking("the sites site0000 and site0001 gave the same key")) {
            try Roster(run: "run", epoch: 0, keys: [fine, copy])
        }
        #expect(throws: RoundsError.self) { try Roster(run: "run", epoch: 0, keys: [fine, fine]) }
        #expect(throws: RoundsError.self) { try Roster(run: "run", epoch: 1, keys: Array(good.values)) }
        let short = SiteKeys(site: "site0001", run: "run", epoch: 0, channelKey: [1, 2])
        #expect(throws: RoundsError.self) { try Roster(run: "run", epoch: 0, keys: [fine, short]) }
    }

    @Test func aRosterWithAnotherKeyForMeIsRefused() throws {
        let federation = try MaskedFederation(3)
        var keys = federation.hub.keys
        keys["site0001"] = SiteKeys(
            site: "site0001", run: "run", epoch: 0,
            channelKey: Array(Curve25519.KeyAgreement.PrivateKey().publicKey.rawRepresentation))
        let roster = try Roster(run: "run", epoch: 0, keys: Array(keys.values))
        #expect(throws: RoundsError.self) { try federation.site("site0001").join(roster) }
        keys["site0001"] = nil
        let without = try Roster(run: "run", epoch: 0, keys: Array(keys.values))
        #expect(throws: RoundsError.self) { try federation.site("site0001").join(without) }
    }

    @Test func theHubNamesSitesThatSendSomethingElse() throws {
        var federation = try MaskedFederation(4)
        let stranger = RoundShares(site: "nobody", round: 0, check: [], bundle: [], sealed: [])
        #expect(throws: RoundsError.site("nobody", "is not in this epoch")) { try federation.hub.receive(stranger) }
        let empty = RoundShares(
            site: "site0000", round: 0, check: [UInt8](repeating: 0, count: 16), bundle: [], sealed: [])
        #expect(throws: RoundsError.self) { try federation.hub.receive(empty) }
        try federation.deal()
        let task = try federation.hub.begin(.bits64, count: 2)
        let answer = try federation.member(0).mask(RingVector([UInt64(1), 2]), task)
        let short = MaskedAnswer(
            site: answer.site, round: 0, vector: RingVector([UInt64(1)]), next: answer.next)
        #expect(throws: RoundsError.site("site0000", "sent 1 masked numbers where 2 were asked for")) {
            try federation.hub.receive(short)
        }
        let foreign = MaskedAnswer(
            site: "site0001", round: 0, vector: answer.vector, next: answer.next)
        #expect(throws: RoundsError.self) { try federation.hub.receive(foreign) }
        #expect(federation.hub.waitingFor.count == 4)
    }

    /// A holder that lies is outvoted as long as one more than needed answers; a dealer that lies is named.
    @Test func wrongSharesAreFoundOut() throws {
        for liar in 0..<5 {
            var federation = try MaskedFederation(5)
            try federation.deal()
            let task = try federation.hub.begin(.bits128, count: 2)
            for site in 0..<5 {
                try federation.hub.receive(federation.member(site).mask(MaskedSumTests.vector(site, 2), task))
            }
            for (name, request) in try federation.hub.closeMasking() {
                var answer = try #require(federation.members[name]).unmask(request)
                if MaskedFederation.index(name) == liar {
                    answer = UnmaskAnswer(
                        site: name, round: 0,
                        revealed: answer.revealed.map {
                            UnmaskAnswer.Revealed(dealer: $0.dealer, values: $0.values.map { $0 ^ 5 })
                        }, unreadable: [])
                }
                try federation.hub.receive(answer)
            }
            #expect(try federation.hub.finish().total.values128 == MaskedSumTests.plainSum(0..<5, 2))
        }
        var federation = try MaskedFederation(3)
        try federation.deal()
        let honest = try #require(federation.hub.shares[1])
        federation.hub.shares[1] = RoundShares(
            site: honest.site, round: 0, check: [UInt8](repeating: 9, count: 16), bundle: honest.bundle,
            sealed: honest.sealed)
        #expect(
            throws: RoundsError.masking("the shares of the site site0001 do not fit what it promised: leave it out")
        ) { try federation.round(.bits128, { MaskedSumTests.vector($0, 2) }, count: 2) }
    }
}
