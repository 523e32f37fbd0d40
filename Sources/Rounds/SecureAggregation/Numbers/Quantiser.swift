public import Crypto

#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif

/// Model weights as whole numbers modulo 2^32 or 2^64, rounded at random so that the sum is right on average.
///
/// A weight x, first clipped to ±``clip``, becomes one of the two multiples of ``step`` around it, the nearer one more
/// often: in the mean it is x (but for 2^-53 of a step). The error of one value is below one step, of a sum over n sites
/// below n steps, with a standard deviation of at most sqrt(n)/2 steps. The step is the smallest power of two with which
/// the sum over ``sites`` sites fits: for 30 sites and a clip of 1 it is 2^-26 in 32 bits (1.5e-8), 2^-58 in 64, where a
/// `Float` of a magnitude above 2^-35 has no rounding at all.
public struct Quantiser: Sendable, Equatable {
    public let ring: Ring
    /// Weights are cut at this distance from zero.
    public let clip: Double
    /// The most sites whose sum must fit.
    public let sites: Int
    /// The distance between two neighbouring values: a power of two.
    public let step: Double

    /// Throws where the clip is not a positive finite number, or the ring is that for statistics.
    public init(_ ring: Ring, clip: Double, sites: Int) throws(RoundsError) {
        guard ring != .bits128 else { throw .plan("weights are added modulo 2^32 or 2^64") }
        guard clip.isFinite, clip > 0x1p-100, clip < 0x1p100 else {
            throw .plan("the clip of weights is \(clip): it must be a positive number")
        }
        guard (1...Roster.maximumSites).contains(sites) else { throw .plan("there cannot be \(sites) sites") }
        self.ring = ring
        self.clip = clip
        self.sites = sites
        // sites * (clip / step + 1) has to stay below half of the ring, however a double of that size is rounded.
        let half = (ring == .bits32 ? 0x1p31 : 0x1p63) * (1 - 0x1p-40)
        let finest = (half - 1 - Double(sites)) / (Double(sites) * clip)
        guard finest > 0 else { throw .plan("the sum of \(sites) sites does not fit") }
        step = Double(sign: .plus, exponent: -finest.exponent, significand: 1)
    }

    /// The weights, rounded; how many were cut. The same seed gives the same rounding.
    public func encode(
        _ weights: [Float], seed: SymmetricKey
    ) throws(RoundsError) -> (vector: RingVector, clipped: Int) {
        guard weights.count <= RingVector.maximumCount else { throw .shape("\(weights.count) weights are too many") }
        var words = [UInt64](repeating: 0, count: ring.words(weights.count))
        var clipped = 0
        let block = KeyStream.piece / 8
        for start in stride(from: 0, to: weights.count, by: block) {
            let end = min(start + block, weights.count)
            let random = try KeyStream.bytes(seed, piece: start / block, count: (end - start) * 8)
            let finite = random.withUnsafeBytes { random in
                for index in start..<end {
                    let draw = random.loadUnaligned(fromByteOffset: (index - start) * 8, as: UInt64.self)
                    let weight = Double(weights[index])
                    guard weight.isFinite else { return false }
                    let cut = min(max(weight, -clip), clip)
                    if cut != weight { clipped += 1 }
                    let value = rounded(cut, draw)
                    if ring == .bits64 {
                        words[index] = UInt64(bitPattern: value)
                    } else {
                        let low = UInt64(UInt32(truncatingIfNeeded: value))
                        words[index / 2] |= low << UInt64(index % 2 * 32)
                    }
                }
                return true
            }
            guard finite else { throw .shape("the weights hold what is no finite number") }
        }
        var vector = RingVector(zeros: weights.count, in: ring)
        vector.words = words
        return (vector, clipped)
    }

    /// The sum of weights that a sum of vectors stands for.
    public func decode(_ sum: RingVector) throws(RoundsError) -> [Float] {
        guard sum.ring == ring else { throw .shape("the sum of weights is in another ring") }
        switch ring {
        case .bits32: return sum.values32.map { Float(Double(Int32(bitPattern: $0)) * step) }
        default: return sum.values64.map { Float(Double(Int64(bitPattern: $0)) * step) }
        }
    }

    /// Up with the chance of what is left behind the point. A weight times a power of two is exact.
    @inline(__always)
    private func rounded(_ value: Double, _ draw: UInt64) -> Int64 {
        let scaled = value / step
        let whole = scaled.rounded(.down)
        let chance = Double(draw >> 11) * 0x1p-53
        // Within ±2^63 by the choice of the step.
        return Int64(whole) &+ (chance < scaled - whole ? 1 : 0)
    }
}
