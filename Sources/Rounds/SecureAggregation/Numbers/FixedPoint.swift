/// Statistics as whole numbers modulo 2^128, in which masked sums are exact.
///
/// A count stays what it is: its sum is bit-exact. A real x becomes the nearest multiple of 2^-64: the error of a value
/// is at most 2^-65 (2.7e-20), of a sum over n sites n times that, whatever the order of adding. A value with no more
/// than 64 binary places, and so every sum of such, is exact. Negative numbers are two's complement.
public struct FixedPoint: Sendable, Equatable {
    /// Binary places behind the point.
    public static let places = 64

    /// The most sites whose sum must fit.
    public let sites: Int

    public init(sites: Int) { self.sites = max(1, sites) }

    /// A real may be at most this far from zero, so that the sum over all sites fits: 2^62 / sites.
    public var limit: Double { 0x1p62 / Double(sites) }

    /// Throws where the contribution has another layout, or holds a value that is too large, naming the array.
    public func encode(_ contribution: Contribution, _ layout: Layout) throws(RoundsError) -> RingVector {
        try contribution.check(layout)
        var numbers: [UInt128] = []
        numbers.reserveCapacity(layout.count)
        for part in contribution.parts {
            switch part.values {
            case .counts(let values):
                // The sum of so many counts of 64 bits cannot leave 128.
                numbers.append(contentsOf: values.lazy.map { UInt128(truncatingIfNeeded: $0) })
            case .reals(let values):
                for value in values {
                    guard abs(value) <= limit else {
                        throw .shape(
                            "\(part.name) holds a value beyond ±\(limit), which is too large to be added under masks "
                                + "over \(sites) sites: use smaller units")
                    }
                    numbers.append(UInt128(bitPattern: Self.number(value)))
                }
            }
        }
        return RingVector(numbers)
    }

    /// Reads a sum back. Reals are the doubles nearest to the exact sum.
    public func decode(_ vector: RingVector, _ layout: Layout) throws(RoundsError) -> Contribution {
        guard vector.ring == .bits128, vector.count == layout.count else {
            throw .shape("the sum has \(vector.count) values where \(layout.count) were asked for")
        }
        let numbers = vector.values128
        var sum = Contribution()
        var start = 0
        for part in layout.parts {
            let range = numbers[start..<start + part.count]
            switch part.kind {
            case .counts:
                var counts: [Int64] = []
                for number in range {
                    guard let count = Int64(exactly: Int128(bitPattern: number)) else {
                        throw .shape("\(part.name) is larger than a count can be")
                    }
                    counts.append(count)
                }
                sum.add(counts: counts, as: part.name)
            case .reals: sum.add(reals: range.map { Self.real(Int128(bitPattern: $0)) }, as: part.name)
            }
            start += part.count
        }
        return sum
    }

    /// The nearest multiple of 2^-64, ties to even, in units of it. The value is finite and below 2^63.
    static func number(_ value: Double) -> Int128 {
        // The significand as a whole number: value = whole * 2^power.
        let power = value.exponent == .min ? 0 : Int(value.exponent) - 52
        guard value != 0, power >= -52 - 70 else { return 0 }
        let whole = Int128((value.significand * 0x1p52))
        let shift = power + places
        var magnitude: Int128
        if shift >= 0 {
            magnitude = whole << Int128(min(shift, 74))
        } else {
            let down = Int128(-shift)
            magnitude = whole >> down
            let rest = whole & ((1 << down) - 1)
            let half: Int128 = 1 << (down - 1)
            if rest > half || (rest == half && magnitude & 1 == 1) { magnitude += 1 }
        }
        return value.sign == .minus ? -magnitude : magnitude
    }

    /// The double nearest to `number` * 2^-64.
    static func real(_ number: Int128) -> Double {
        Double(number) * 0x1p-64
    }
}
