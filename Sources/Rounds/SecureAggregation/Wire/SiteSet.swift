/// Some of the sites of a roster, by their places, in rising order; a bit a site on the wire.
public struct SiteSet: Sendable, Equatable {
    /// Places in the roster, rising.
    public let places: [Int]

    public init(_ places: some Sequence<Int>) {
        self.places = Set(places).sorted()
    }

    public var count: Int { places.count }

    /// By binary search.
    public func contains(_ place: Int) -> Bool {
        var low = 0
        var high = places.count
        while low < high {
            let middle = (low + high) / 2
            if places[middle] < place { low = middle + 1 } else { high = middle }
        }
        return low < places.count && places[low] == place
    }

    public func isSubset(of other: SiteSet) -> Bool { places.allSatisfy(other.contains) }

    public func subtracting(_ other: SiteSet) -> SiteSet { SiteSet(places.filter { !other.contains($0) }) }

    func write(to out: inout WireWriter) {
        var bits = [UInt8](repeating: 0, count: ((places.last ?? -8) + 8) / 8)
        for place in places { bits[place / 8] |= 1 << (place % 8) }
        out.sized(bits)
    }

    init(from reader: inout WireReader) throws(RoundsError) {
        let bits = try reader.sized()
        guard bits.count <= Roster.maximumSites / 8 + 1, bits.last != 0 else { throw reader.damaged }
        var places: [Int] = []
        for (index, byte) in bits.enumerated() where byte != 0 {
            for bit in 0..<8 where byte >> bit & 1 == 1 { places.append(index * 8 + bit) }
        }
        self.places = places
    }
}
