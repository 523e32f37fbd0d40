/// Arithmetic modulo the Mersenne prime 2^61 - 1, the field in which secrets are shared.
///
/// Without a branch or a table look-up that depends on a value: the time taken tells nothing about a secret.
enum PrimeField {
    static let prime: UInt64 = 1 << 61 - 1

    /// The number below the prime that equals `value` modulo it.
    @inline(__always)
    static func reduce(_ value: UInt64) -> UInt64 {
        let folded = (value & prime) &+ (value >> 61)
        // All ones where folded < prime, else zero.
        let below = UInt64(bitPattern: Int64(bitPattern: folded &- prime) >> 63)
        return folded &- (prime & ~below)
    }

    @inline(__always)
    static func sum(_ a: UInt64, _ b: UInt64) -> UInt64 { reduce(a &+ b) }

    @inline(__always)
    static func difference(_ a: UInt64, _ b: UInt64) -> UInt64 { reduce(a &+ prime &- b) }

    @inline(__always)
    static func product(_ a: UInt64, _ b: UInt64) -> UInt64 {
        let (high, low) = a.multipliedFullWidth(by: b)
        // a * b = high * 2^64 + low, and 2^61 is 1 here.
        return reduce((low & prime) &+ (low >> 61 | high << 3))
    }

    /// The inverse by Fermat's little theorem; 0 has none and gives 0.
    static func inverse(_ value: UInt64) -> UInt64 {
        var result: UInt64 = 1
        var power = value
        var exponent = prime - 2
        while exponent > 0 {
            if exponent & 1 == 1 { result = product(result, power) }
            power = product(power, power)
            exponent >>= 1
        }
        return result
    }
}
