import Crypto
import Synchronization

#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif

/// A site's answer when an epoch begins: the public key with which other sites seal to it.
public struct SiteKeys: WireValue {
    public let site: String
    public let run: String
    public let epoch: Int
    /// An X25519 public key: 32 bytes (RFC 7748).
    public let channelKey: [UInt8]

    public init(site: String, run: String, epoch: Int, channelKey: [UInt8]) {
        self.site = site
        self.run = run
        self.epoch = epoch
        self.channelKey = channelKey
    }

    public var bytes: [UInt8] {
        var out = WireWriter(kind: 0x31)
        out.text(site)
        out.text(run)
        out.count(epoch)
        out.raw(channelKey.prefix(Roster.keyBytes))
        return out.bytes
    }

    public init(bytes: [UInt8]) throws(RoundsError) {
        var reader = try WireReader(bytes, kind: 0x31, "a site's mask key")
        site = try reader.text()
        run = try reader.text()
        epoch = try reader.index()
        channelKey = try reader.raw(Roster.keyBytes)
        try reader.end()
    }
}

/// The sites of an epoch and their keys, the same at the hub and at every site.
///
/// Everything else about the epoch follows from it: who shares with whom, and how many have to be there. An epoch is a
/// stretch of rounds which the same sites begin; who misses a round is out until the next epoch.
public struct Roster: WireValue {
    public struct Member: Sendable, Equatable {
        public let site: String
        public let channelKey: [UInt8]
    }

    /// The most sites of an epoch.
    public static let maximumSites = 65_535
    static let keyBytes = 32

    public let run: String
    public let epoch: Int
    /// In the order of their names.
    public let members: [Member]
    /// SHA-256 of ``bytes``: what all keys of the epoch are bound to.
    public let hash: [UInt8]
    /// Who shares secrets and masks with whom.
    public let graph: NeighbourGraph

    /// Throws where there are fewer than two sites, a name or key comes twice, or a key is none.
    public init(run: String, epoch: Int, keys: [SiteKeys]) throws(RoundsError) {
        for key in keys where key.run != run || key.epoch != epoch {
            throw .masking("the site \(key.site) sent a key of another run or epoch")
        }
        let members = keys.map { Member(site: $0.site, channelKey: $0.channelKey) }
        try self.init(run: run, epoch: epoch, members: members.sorted { $0.site < $1.site })
    }

    private init(run: String, epoch: Int, members: [Member]) throws(RoundsError) {
        guard members.count >= 2 else {
            throw .masking("only \(members.count) sites gave a key: a sum over fewer than two would show a single site")
        }
        guard members.count <= Self.maximumSites else { throw .masking("more than \(Self.maximumSites) sites") }
        guard (0..<1 << 31).contains(epoch) else { throw .masking("there is no epoch \(epoch)") }
        var owners: [[UInt8]: String] = [:]
        for (index, member) in members.enumerated() {
            if index > 0, members[index - 1].site >= member.site {
                throw .masking("the site \(member.site) comes twice, or out of order")
            }
            guard member.channelKey.count == Self.keyBytes else {
                throw .masking("the key of the site \(member.site) has not \(Self.keyBytes) bytes")
            }
            if let other = owners.updateValue(member.site, forKey: member.channelKey) {
                throw .masking("the sites \(other) and \(member.site) gave the same key")
            }
        }
        self.run = run
        self.epoch = epoch
        self.members = members
        let bytes = Self.bytes(run: run, epoch: epoch, members)
        hash = Array(SHA256.hash(data: bytes))
        graph = NeighbourGraph(sites: members.count, seed: hash)
    }

    /// How many sites have to be there at each step: more than two thirds of those who began.
    ///
    /// So no two groups of honest sites, each large enough together with a third of dishonest ones, can be told
    /// different things about one site.
    public var threshold: Int { Self.threshold(of: members.count) }

    public static func threshold(of sites: Int) -> Int { max(2, sites * 2 / 3 + 1) }

    /// The place of a site, by binary search.
    public func index(of site: String) -> Int? {
        var low = 0
        var high = members.count
        while low < high {
            let middle = (low + high) / 2
            if members[middle].site < site { low = middle + 1 } else { high = middle }
        }
        return low < members.count && members[low].site == site ? low : nil
    }

    func name(_ index: Int) -> String { members.indices.contains(index) ? members[index].site : "number \(index)" }

    public var bytes: [UInt8] { Self.bytes(run: run, epoch: epoch, members) }

    private static func bytes(run: String, epoch: Int, _ members: [Member]) -> [UInt8] {
        var out = WireWriter(kind: 0x32)
        out.text(run)
        out.count(epoch)
        out.count(members.count)
        for member in members {
            out.text(member.site)
            out.raw(member.channelKey)
        }
        return out.bytes
    }

    /// The last few that were read, by hash: every message of an epoch may bring the same one.
    private static let recent = Mutex<[[UInt8]: Roster]>([:])

    public init(bytes: [UInt8]) throws(RoundsError) {
        let hash = Array(SHA256.hash(data: bytes))
        if let known = Self.recent.withLock({ $0[hash] }) {
            self = known
            return
        }
        let roster = try Roster(reading: bytes)
        Self.recent.withLock { recent in
            if recent.count >= 4 { recent = [:] }
            recent[hash] = roster
        }
        self = roster
    }

    private init(reading bytes: [UInt8]) throws(RoundsError) {
        var reader = try WireReader(bytes, kind: 0x32, "the list of sites")
        let run = try reader.text()
        let epoch = try reader.index()
        var members: [Member] = []
        for _ in 0..<(try reader.count(itemsOf: 4 + Self.keyBytes)) {
            members.append(Member(site: try reader.text(), channelKey: try reader.raw(Self.keyBytes)))
        }
        try reader.end()
        try self.init(run: run, epoch: epoch, members: members)
    }

    public static func == (one: Roster, other: Roster) -> Bool { one.hash == other.hash }
}
