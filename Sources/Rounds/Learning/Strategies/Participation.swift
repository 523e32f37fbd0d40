import Crypto

/// Which sites take part in a round: a fraction of them, drawn anew each round from the run's seed.
///
/// The draw is a function of seed, round and the sites' names alone, so that a hub that restarts asks the same sites,
/// and anyone can check afterwards that the hub did not choose.
public struct Participation: Sendable, Equatable, Codable {
    /// Above 0, at most 1.
    public var fraction: Double
    /// At least so many, where there are so many.
    public var minimum: Int
    public var seed: UInt64

    public init(fraction: Double = 1, minimum: Int = 2, seed: UInt64 = 0) {
        self.fraction = fraction
        self.minimum = minimum
        self.seed = seed
    }

    /// The sites of a round, in the order of their names.
    public func sites(_ all: [String], round: Int) -> [String] {
        let share = fraction.isFinite ? (min(max(fraction, 0), 1) * Double(all.count)).rounded(.up) : Double(all.count)
        let count = min(all.count, max(Int(share), minimum))
        return all.map { (Self.ticket(seed, round, $0), $0) }.sorted { $0 < $1 }.prefix(max(0, count)).map(\.1).sorted()
    }

    /// The site's number in the draw: the lowest take part.
    private static func ticket(_ seed: UInt64, _ round: Int, _ site: String) -> String {
        SHA256.hash(data: Array("atles participation \(seed) \(round) \(site)".utf8)).map { byte in
            String(UInt16(byte) + 256, radix: 16).suffix(2)
        }.joined()
    }
}
