/// What a site deals out before a round: its two secrets of that round, in shares sealed to their holders.
///
/// The hub passes the shares on and can open none.
public struct RoundShares: WireValue {
    /// A share of both secrets, sealed to one holder.
    public struct Sealed: Sendable, Equatable {
        /// The holder's place in the roster.
        public let holder: Int
        public let box: [UInt8]
    }

    /// Bytes of a box: two shares and the tag of ChaCha20-Poly1305.
    static let boxBytes = 2 * SecretSharing.shareBytes + 16
    static let checkBytes = 16

    public let site: String
    public let round: Int
    /// By which the hub sees that the self-mask's seed, put together from shares, is the right one.
    public let check: [UInt8]
    /// The seeds of this site's masks with its neighbours in this round, sealed with its second secret: they are opened
    /// only if the site drops out.
    public let bundle: [UInt8]
    public let sealed: [Sealed]

    public var bytes: [UInt8] {
        var out = WireWriter(kind: 0x33)
        write(to: &out)
        return out.bytes
    }

    func write(to out: inout WireWriter) {
        out.text(site)
        out.count(round)
        out.raw(check)
        out.sized(bundle)
        out.count(sealed.count)
        for item in sealed {
            out.count(item.holder)
            out.raw(item.box)
        }
    }

    init(site: String, round: Int, check: [UInt8], bundle: [UInt8], sealed: [Sealed]) {
        self.site = site
        self.round = round
        self.check = check
        self.bundle = bundle
        self.sealed = sealed
    }

    public init(bytes: [UInt8]) throws(RoundsError) {
        var reader = try WireReader(bytes, kind: 0x33, "a site's shares")
        try self.init(from: &reader)
        try reader.end()
    }

    init(from reader: inout WireReader) throws(RoundsError) {
        site = try reader.text()
        round = try reader.index()
        check = try reader.raw(Self.checkBytes)
        bundle = try reader.sized()
        var sealed: [Sealed] = []
        for _ in 0..<(try reader.count(itemsOf: 4 + Self.boxBytes)) {
            sealed.append(Sealed(holder: try reader.index(), box: try reader.raw(Self.boxBytes)))
        }
        self.sealed = sealed
    }
}
