/// What the hub tells every site at the start of a masked round; the same for all.
public struct MaskTask: WireValue {
    /// Of the ``Roster``.
    public let rosterHash: [UInt8]
    /// Counted from 0 in each epoch; masks are never used for two rounds.
    public let round: Int
    /// Who is still in, and has dealt shares for this round.
    public let active: SiteSet
    public let ring: Ring
    /// How many numbers the vector has.
    public let count: Int

    public init(rosterHash: [UInt8], round: Int, active: SiteSet, ring: Ring, count: Int) {
        self.rosterHash = rosterHash
        self.round = round
        self.active = active
        self.ring = ring
        self.count = count
    }

    public var bytes: [UInt8] {
        var out = WireWriter(kind: 0x34)
        write(to: &out)
        return out.bytes
    }

    func write(to out: inout WireWriter) {
        out.raw(rosterHash.prefix(32))
        out.count(round)
        active.write(to: &out)
        out.number(ring.rawValue)
        out.count(count)
    }

    public init(bytes: [UInt8]) throws(RoundsError) {
        var reader = try WireReader(bytes, kind: 0x34, "the task of a masked round")
        try self.init(from: &reader)
        try reader.end()
    }

    init(from reader: inout WireReader) throws(RoundsError) {
        rosterHash = try reader.raw(32)
        round = try reader.index()
        active = try SiteSet(from: &reader)
        guard let ring = Ring(rawValue: try reader.number(UInt8.self)) else { throw reader.damaged }
        self.ring = ring
        count = try reader.index()
        guard count <= RingVector.maximumCount, round < 1 << 31 else { throw reader.damaged }
    }
}

/// A site's answer to a ``MaskTask``: its vector under masks, and its shares for the next round.
public struct MaskedAnswer: WireValue {
    public let site: String
    public let round: Int
    public let vector: RingVector
    public let next: RoundShares

    public init(site: String, round: Int, vector: RingVector, next: RoundShares) {
        self.site = site
        self.round = round
        self.vector = vector
        self.next = next
    }

    public var bytes: [UInt8] {
        var out = WireWriter(kind: 0x35)
        out.text(site)
        out.count(round)
        out.vector(vector)
        next.write(to: &out)
        return out.bytes
    }

    public init(bytes: [UInt8]) throws(RoundsError) {
        var reader = try WireReader(bytes, kind: 0x35, "a masked answer")
        site = try reader.text()
        round = try reader.index()
        vector = try reader.vector()
        next = try RoundShares(from: &reader)
        try reader.end()
    }
}
