/// A set of patients, by numbers that are theirs as long as the index exists: what questions are compared by.
///
/// Few patients among many are kept as a list, many as one bit each, so that what is remembered of a question at a site
/// of 3,000 patients is a few hundred bytes.
public struct PatientSet: Sendable, Hashable {
    public let count: Int
    private let form: Form

    private enum Form: Sendable, Hashable {
        /// Ascending.
        case list([UInt32])
        case bits([UInt64])
    }

    public static let none = PatientSet(ascending: [])

    /// - Parameter numbers: in any order; one that is there twice counts once.
    public init(_ numbers: [UInt32]) {
        if zip(numbers, numbers.dropFirst()).allSatisfy({ $0 < $1 }) {
            self.init(ascending: numbers)
        } else {
            self.init(ascending: Set(numbers).sorted())
        }
    }

    private init(ascending numbers: [UInt32]) {
        count = numbers.count
        let span = numbers.last.map { Int($0) + 1 } ?? 0
        guard numbers.count * 32 >= span, span > 0 else {
            form = .list(numbers)
            return
        }
        form = .bits(Self.bits(of: numbers, words: (span + 63) / 64))
    }

    private static func bits(of numbers: [UInt32], words: Int) -> [UInt64] {
        var bits = [UInt64](repeating: 0, count: words)
        for number in numbers where Int(number) / 64 < words { bits[Int(number) / 64] |= 1 << UInt64(number % 64) }
        return bits
    }

    /// The members, ascending.
    public var numbers: [UInt32] {
        switch form {
        case .list(let numbers): return numbers
        case .bits(let bits):
            var numbers: [UInt32] = []
            numbers.reserveCapacity(count)
            for (place, word) in bits.enumerated() {
                var rest = word
                while rest != 0 {
                    numbers.append(UInt32(truncatingIfNeeded: place * 64 + rest.trailingZeroBitCount))
                    rest &= rest &- 1
                }
            }
            return numbers
        }
    }

    /// One bit a patient, as many words as asked for.
    func words(_ count: Int) -> [UInt64] {
        switch form {
        case .list(let numbers): return Self.bits(of: numbers, words: count)
        case .bits(let bits):
            return bits.count >= count
                ? Array(bits.prefix(count)) : bits + [UInt64](repeating: 0, count: count - bits.count)
        }
    }

    /// How many words hold all of it.
    var wordCount: Int {
        switch form {
        case .list(let numbers): numbers.last.map { Int($0) / 64 + 1 } ?? 0
        case .bits(let bits): bits.count
        }
    }

    /// How many of it have their bit in `words`.
    func common(with words: [UInt64]) -> Int {
        switch form {
        case .list(let numbers):
            return numbers.reduce(0) { sum, number in
                let place = Int(number) / 64
                return sum + (place < words.count ? Int(words[place] >> UInt64(number % 64) & 1) : 0)
            }
        case .bits(let bits):
            var sum = 0
            for place in 0..<min(bits.count, words.count) { sum += (bits[place] & words[place]).nonzeroBitCount }
            return sum
        }
    }

    /// Whether all of it have their bit in `words`.
    func isInside(_ words: [UInt64]) -> Bool {
        switch form {
        case .list(let numbers):
            return numbers.allSatisfy { number in
                let place = Int(number) / 64
                return place < words.count && words[place] >> UInt64(number % 64) & 1 == 1
            }
        case .bits(let bits):
            for (place, word) in bits.enumerated() where word != 0 {
                guard place < words.count, word & ~words[place] == 0 else { return false }
            }
            return true
        }
    }

    /// Takes all of it out of `words`.
    func remove(from words: inout [UInt64]) {
        switch form {
        case .list(let numbers):
            for number in numbers where Int(number) / 64 < words.count {
                words[Int(number) / 64] &= ~(1 << UInt64(number % 64))
            }
        case .bits(let bits):
            for place in 0..<min(bits.count, words.count) { words[place] &= ~bits[place] }
        }
    }

    /// A number that stays the same from run to run: FNV-1a over the members.
    var digest: UInt64 {
        numbers.reduce(0xcbf2_9ce4_8422_2325) { hash, number in
            (0..<4).reduce(hash) { ($0 ^ UInt64(number >> UInt32(8 * $1) & 0xFF)) &* 0x0000_0100_0000_01b3 }
        }
    }

    /// About how many bytes it takes.
    var size: Int {
        switch form {
        case .list(let numbers): 4 * numbers.count + 32
        case .bits(let bits): 8 * bits.count + 32
        }
    }
}
