/// A vector of numbers of a ``Ring``: what is masked, added and unmasked.
///
/// Memory is one flat array of 64-bit words, little end first: two numbers of 32 bits, one of 64 or half of one of 128
/// in each. An unused half of the last word is always zero in what is sent.
public struct RingVector: Sendable, Equatable {
    /// The most numbers in a vector: 2^26 (512 MB of 64-bit numbers); what a message may ask for is bounded by it.
    public static let maximumCount = 1 << 26

    public let ring: Ring
    /// How many numbers.
    public let count: Int
    var words: [UInt64]

    /// Zeros; counts outside 0...``maximumCount`` become the nearest bound.
    public init(zeros count: Int, in ring: Ring) {
        self.ring = ring
        self.count = min(max(0, count), Self.maximumCount)
        words = Array(repeating: 0, count: ring.words(self.count))
    }

    public init(_ values: [UInt32]) {
        self.init(zeros: values.count, in: .bits32)
        for (index, value) in values.prefix(count).enumerated() {
            words[index / 2] |= UInt64(value) << (index.isMultiple(of: 2) ? 0 : 32)
        }
    }

    public init(_ values: [UInt64]) {
        ring = .bits64
        words = values.count <= Self.maximumCount ? values : Array(values.prefix(Self.maximumCount))
        count = words.count
    }

    public init(_ values: [UInt128]) {
        self.init(zeros: values.count, in: .bits128)
        for (index, value) in values.prefix(count).enumerated() {
            words[2 * index] = UInt64(truncatingIfNeeded: value)
            words[2 * index + 1] = UInt64(truncatingIfNeeded: value >> 64)
        }
    }

    /// The numbers of a vector of 32 bits; empty for another ring.
    public var values32: [UInt32] {
        guard ring == .bits32 else { return [] }
        return (0..<count).map { UInt32(truncatingIfNeeded: words[$0 / 2] >> ($0.isMultiple(of: 2) ? 0 : 32)) }
    }

    /// The numbers of a vector of 64 bits; empty for another ring.
    public var values64: [UInt64] { ring == .bits64 ? words : [] }

    /// The numbers of a vector of 128 bits; empty for another ring.
    public var values128: [UInt128] {
        guard ring == .bits128 else { return [] }
        return (0..<count).map { UInt128(words[2 * $0 + 1]) << 64 | UInt128(words[2 * $0]) }
    }

    /// Adds another vector of the same ring and size.
    public mutating func add(_ other: RingVector) throws(RoundsError) {
        guard ring == other.ring, count == other.count else {
            throw .shape("vectors of another ring or size cannot be added")
        }
        other.words.withUnsafeBytes { add($0, fromWord: 0, minus: false) }
    }

    /// Adds or takes away raw little-endian numbers, beginning at a word. Bytes past the end of the vector are ignored.
    mutating func add(_ bytes: UnsafeRawBufferPointer, fromWord start: Int, minus: Bool) {
        let length = min(bytes.count / 8, words.count - start)
        guard start >= 0, length > 0 else { return }
        let ring = ring
        words.withUnsafeMutableBufferPointer { whole in
            let mine = UnsafeMutableBufferPointer(rebasing: whole[start..<start + length])
            switch ring {
            case .bits32: Self.addHalves(bytes, to: mine, minus: minus)
            case .bits64: Self.addWords(bytes, to: mine, minus: minus)
            case .bits128: Self.addPairs(bytes, to: mine, minus: minus)
            }
        }
        clearUnusedHalf()
    }

    /// The last half word of an odd number of 32-bit numbers belongs to nobody: it stays zero.
    private mutating func clearUnusedHalf() {
        guard ring == .bits32, !count.isMultiple(of: 2), let last = words.indices.last else { return }
        words[last] &= 0xFFFF_FFFF
    }

    // The three loops are written so that the compiler turns the first two into vector instructions.

    private static func addHalves(
        _ bytes: UnsafeRawBufferPointer, to mine: UnsafeMutableBufferPointer<UInt64>, minus: Bool
    ) {
        let halves = UnsafeMutableRawBufferPointer(mine).bindMemory(to: UInt32.self)
        defer { UnsafeMutableRawBufferPointer(halves).bindMemory(to: UInt64.self) }
        if minus {
            for index in halves.indices {
                halves[index] &-= bytes.loadUnaligned(fromByteOffset: index * 4, as: UInt32.self)
            }
        } else {
            for index in halves.indices {
                halves[index] &+= bytes.loadUnaligned(fromByteOffset: index * 4, as: UInt32.self)
            }
        }
    }

    private static func addWords(
        _ bytes: UnsafeRawBufferPointer, to mine: UnsafeMutableBufferPointer<UInt64>, minus: Bool
    ) {
        if minus {
            for index in mine.indices {
                mine[index] &-= bytes.loadUnaligned(fromByteOffset: index * 8, as: UInt64.self)
            }
        } else {
            for index in mine.indices {
                mine[index] &+= bytes.loadUnaligned(fromByteOffset: index * 8, as: UInt64.self)
            }
        }
    }

    private static func addPairs(
        _ bytes: UnsafeRawBufferPointer, to mine: UnsafeMutableBufferPointer<UInt64>, minus: Bool
    ) {
        for low in stride(from: 0, to: mine.count - 1, by: 2) {
            let first = bytes.loadUnaligned(fromByteOffset: low * 8, as: UInt64.self)
            let second = bytes.loadUnaligned(fromByteOffset: low * 8 + 8, as: UInt64.self)
            if minus {
                let (value, borrow) = mine[low].subtractingReportingOverflow(first)
                mine[low] = value
                mine[low + 1] = mine[low + 1] &- second &- (borrow ? 1 : 0)
            } else {
                let (value, carry) = mine[low].addingReportingOverflow(first)
                mine[low] = value
                mine[low + 1] = mine[low + 1] &+ second &+ (carry ? 1 : 0)
            }
        }
    }
}
