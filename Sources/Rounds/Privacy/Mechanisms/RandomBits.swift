public import Runtime

/// A random source as Swift's generators are: every draw of noise, shuffles and samples goes through one of these.
///
/// At a site it is the operating system's secure generator; in tests a seeded one.
public struct RandomBits: RandomNumberGenerator, Sendable {
    private let source: RandomSource
    private var buffer: [UInt8] = []
    private var place = 0

    public init(_ source: RandomSource) {
        self.source = source
    }

    public mutating func next() -> UInt64 {
        if place + 8 > buffer.count {
            buffer = source.bytes(4096)
            place = 0
        }
        // A source that gives less than was asked for has failed; zeros would be noise that anyone knows.
        precondition(place + 8 <= buffer.count, "the random source is exhausted")
        defer { place += 8 }
        return buffer[place..<(place + 8)].reduce(0) { $0 << 8 | UInt64($1) }
    }
}

/// The same numbers in every run for one seed (Vigna's splitmix64): for shuffles and first weights, never for noise.
public struct SeededBits: RandomNumberGenerator, Sendable, Codable, Equatable {
    private var state: UInt64

    public init(seed: UInt64) { state = seed }

    /// Streams of their own for several uses of one seed.
    public init(seed: UInt64, stream: UInt64) {
        var first = SeededBits(seed: seed)
        self.init(seed: first.next() ^ (stream &* 0xD605_BBB5_8C8A_BBED))
    }

    public mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return mixed ^ (mixed >> 31)
    }
}
