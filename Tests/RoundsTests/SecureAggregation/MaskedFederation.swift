import Crypto
import Testing

@testable import Rounds

/// A hub and its sites in one process, which send each other bytes.
struct MaskedFederation {
    var hub: MaskingHub
    let sites: [String]
    var members: [String: MaskingMember] = [:]
    var ledgers: [String: MemoryLedger] = [:]
    let run: String
    let minimum: Int

    /// Sites called site000, site001, …; those in `absent` give no key.
    init(_ count: Int, run: String = "run", epoch: Int = 0, minimum: Int = 2, absent: Set<Int> = []) throws {
        sites = (0..<count).map(Self.name)
        self.run = run
        self.minimum = minimum
        hub = try MaskingHub(run: run, epoch: epoch, sites: sites)
        for site in sites { ledgers[site] = MemoryLedger() }
        for (index, site) in sites.enumerated() where !absent.contains(index) {
            try hub.receive(SiteKeys(bytes: try self.site(site).keys(epoch: epoch).bytes))
        }
        let roster = try Roster(bytes: try hub.closeKeys().bytes)
        for member in roster.members { members[member.site] = try site(member.site).join(roster) }
    }

    static func name(_ index: Int) -> String {
        let digits = String(index)
        return "site" + String(repeating: "0", count: max(0, 4 - digits.count)) + digits
    }

    /// As a node builds it after every start.
    func site(_ name: String) throws -> MaskingSite {
        MaskingSite(
            secret: SymmetricKey(data: SHA256.hash(data: Array(name.utf8))), site: name, run: run,
            ledger: try #require(ledgers[name]), minimumContributors: minimum)
    }

    func member(_ index: Int) throws -> MaskingMember { try #require(members[Self.name(index)]) }

    /// The first shares of all but some.
    mutating func deal(without silent: Set<Int> = []) throws {
        for (name, member) in members.sorted(by: { $0.key < $1.key }) where !silent.contains(Self.index(name)) {
            try hub.receive(RoundShares(bytes: try member.firstShares().bytes))
        }
    }

    static func index(_ name: String) -> Int { Int(name.dropFirst(4)) ?? -1 }

    /// A round: some drop out before they mask, some before they unmask.
    mutating func round(
        _ ring: Ring, _ vectors: (Int) throws -> RingVector, count: Int, notMasking: Set<Int> = [],
        notUnmasking: Set<Int> = []
    ) throws -> MaskedSum {
        let task = try MaskTask(bytes: try hub.begin(ring, count: count).bytes)
        for place in task.active.places {
            let name = try #require(hub.roster?.members[place].site)
            guard !notMasking.contains(Self.index(name)) else { continue }
            let answer = try #require(members[name]).mask(try vectors(Self.index(name)), task)
            try hub.receive(MaskedAnswer(bytes: answer.bytes))
        }
        for (name, request) in try hub.closeMasking().sorted(by: { $0.key < $1.key })
        where !notUnmasking.contains(Self.index(name)) {
            let answer = try #require(members[name]).unmask(UnmaskRequest(bytes: request.bytes))
            try hub.receive(UnmaskAnswer(bytes: answer.bytes))
        }
        return try hub.finish()
    }
}
