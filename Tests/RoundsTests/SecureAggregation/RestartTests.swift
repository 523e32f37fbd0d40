import FoundationEssentials
import TestSupport
import Testing

@testable import Rounds

/// The same run three times: undisturbed, with every site built anew before each message, and with the hub besides
/// written to JSON and read again after each.
@Suite struct RestartTests {
    private func transcript(restartSites: Bool, restartHub: Bool) throws -> [[UInt8]] {
        var federation = try MaskedFederation(5)
        var sent: [[UInt8]] = []
        func member(_ name: String) throws -> MaskingMember {
            guard restartSites else { return try #require(federation.members[name]) }
            let roster = try #require(federation.hub.roster)
            return try federation.site(name).join(Roster(bytes: roster.bytes))
        }
        func restart() throws {
            guard restartHub else { return }
            let record = try JSONEncoder().encode(federation.hub)
            let restored = try JSONDecoder().decode(MaskingHub.self, from: record)
            #expect(restored == federation.hub)
            federation.hub = restored
        }
        try restart()
        for name in federation.sites {
            let shares = try member(name).firstShares()
            sent.append(shares.bytes)
            try federation.hub.receive(shares)
            try restart()
        }
        for round in 0..<2 {
            let task = try federation.hub.begin(.bits128, count: 4)
            sent.append(task.bytes)
            try restart()
            // In the second round one site drops out.
            for name in federation.sites where !(round == 1 && name == "site0003") {
                let vector = MaskedSumTests.vector(MaskedFederation.index(name) + round, 4)
                let answer = try member(name).mask(vector, task)
                sent.append(answer.bytes)
                try federation.hub.receive(answer)
                try restart()
                // The same again, as after a lost acknowledgement.
                #expect(try member(name).mask(vector, task).bytes == answer.bytes)
                try federation.hub.receive(answer)
            }
            let requests = try federation.hub.closeMasking()
            try restart()
            #expect(try federation.hub.unmaskRequests() == requests)
            for (name, request) in requests.sorted(by: { $0.key < $1.key }) {
                sent.append(request.bytes)
                let answer = try member(name).unmask(request)
                sent.append(answer.bytes)
                #expect(try member(name).unmask(request).bytes == answer.bytes)
                try federation.hub.receive(answer)
                try restart()
                try federation.hub.receive(answer)
            }
            #expect(federation.hub.canFinish)
            let sum = try federation.hub.finish()
            let sites = [0, 1, 2, 3, 4].filter { !(round == 1 && $0 == 3) }
            #expect(sum.total.values128 == MaskedSumTests.plainSum(sites.map { $0 + round }, 4))
            try restart()
        }
        return sent
    }

    @Test func whoeverIsKilledAndStartedAgainSendsTheSameBytes() throws {
        let undisturbed = try transcript(restartSites: false, restartHub: false)
        #expect(try transcript(restartSites: true, restartHub: false) == undisturbed)
        #expect(try transcript(restartSites: true, restartHub: true) == undisturbed)
    }

    @Test func damagedRecordsOfTheHubAreRefused() throws {
        var federation = try MaskedFederation(3)
        try federation.deal()
        let bytes = federation.hub.bytes
        for length in stride(from: 0, to: bytes.count, by: 7) {
            #expect(throws: RoundsError.self) { try MaskingHub(bytes: Array(bytes.prefix(length))) }
        }
        #expect(throws: RoundsError.self) { try MaskingHub(bytes: bytes + [0]) }
    }
}
