/// What the hub asks of each site whose masked vector arrived: shares with which the masks come off the sum.
public struct UnmaskRequest: WireValue {
    /// A share that another site dealt to this one before the round.
    public struct Incoming: Sendable, Equatable {
        /// The dealer's place in the roster.
        public let dealer: Int
        public let box: [UInt8]

        public init(dealer: Int, box: [UInt8]) {
            self.dealer = dealer
            self.box = box
        }
    }

    /// The task that the site answered.
    public let task: MaskTask
    /// Whose masked vectors are in the sum; all others of `task.active` dropped out.
    public let survivors: SiteSet
    /// The shares that this site holds, of survivors and of those who dropped out.
    public let incoming: [Incoming]

    public init(task: MaskTask, survivors: SiteSet, incoming: [Incoming]) {
        self.task = task
        self.survivors = survivors
        self.incoming = incoming
    }

    public var bytes: [UInt8] {
        var out = WireWriter(kind: 0x36)
        task.write(to: &out)
        survivors.write(to: &out)
        out.count(incoming.count)
        for item in incoming {
            out.count(item.dealer)
            out.raw(item.box)
        }
        return out.bytes
    }

    public init(bytes: [UInt8]) throws(RoundsError) {
        var reader = try WireReader(bytes, kind: 0x36, "a request to unmask")
        task = try MaskTask(from: &reader)
        survivors = try SiteSet(from: &reader)
        var incoming: [Incoming] = []
        for _ in 0..<(try reader.count(itemsOf: 4 + RoundShares.boxBytes)) {
            incoming.append(Incoming(dealer: try reader.index(), box: try reader.raw(RoundShares.boxBytes)))
        }
        self.incoming = incoming
        try reader.end()
    }
}

/// A site's answer to an ``UnmaskRequest``: of each survivor a share of its self-mask's seed, of each other one a share
/// of the key to its masks with its neighbours. Never both of one site.
public struct UnmaskAnswer: WireValue {
    public struct Revealed: Sendable, Equatable {
        /// The dealer's place in the roster.
        public let dealer: Int
        /// Five numbers of the field of ``SecretSharing``.
        public let values: [UInt64]
    }

    public let site: String
    public let round: Int
    public let revealed: [Revealed]
    /// Places of dealers whose boxes did not open: they, or the hub, sent something else than was dealt.
    public let unreadable: [Int]

    public init(site: String, round: Int, revealed: [Revealed], unreadable: [Int]) {
        self.site = site
        self.round = round
        self.revealed = revealed
        self.unreadable = unreadable
    }

    public var bytes: [UInt8] {
        var out = WireWriter(kind: 0x37)
        out.text(site)
        out.count(round)
        out.count(revealed.count)
        for item in revealed {
            out.count(item.dealer)
            for value in item.values.prefix(SecretSharing.limbs) { out.number(value) }
        }
        out.count(unreadable.count)
        for dealer in unreadable { out.count(dealer) }
        return out.bytes
    }

    public init(bytes: [UInt8]) throws(RoundsError) {
        var reader = try WireReader(bytes, kind: 0x37, "an answer to unmask")
        site = try reader.text()
        round = try reader.index()
        var revealed: [Revealed] = []
        for _ in 0..<(try reader.count(itemsOf: 4 + SecretSharing.shareBytes)) {
            let dealer = try reader.index()
            var values: [UInt64] = []
            for _ in 0..<SecretSharing.limbs { values.append(try reader.number(UInt64.self)) }
            revealed.append(Revealed(dealer: dealer, values: values))
        }
        self.revealed = revealed
        var unreadable: [Int] = []
        for _ in 0..<(try reader.count(itemsOf: 4)) { unreadable.append(try reader.index()) }
        self.unreadable = unreadable
        try reader.end()
    }
}
