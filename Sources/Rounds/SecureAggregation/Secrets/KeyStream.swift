import Crypto

#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif

/// The pseudo-random numbers that a 16-byte seed stands for: the key stream of AES-128-GCM (SP 800-38D), in pieces.
///
/// The piece number p is what GCM makes of zeros under the seed and the nonce p, without its tag. Of what swift-crypto
/// offers, this is the fastest on processors with wide AES instructions, several times faster than ChaCha20, although a
/// tag is computed that nobody needs. Pieces fit the processor's cache and are added at once: no mask is ever held whole.
enum KeyStream {
    /// A stream to add, or to take away.
    struct Mask: Sendable {
        let seed: SymmetricKey
        let minus: Bool
    }

    /// Bytes of a seed.
    static let seedBytes = 16
    /// Bytes of a piece.
    static let piece = 128 * 1024
    private static let zeros = [UInt8](repeating: 0, count: piece)

    /// Adds masks to a vector. All masks of one piece come one after another, while its numbers are in the cache.
    static func add(_ masks: [Mask], to vector: inout RingVector) throws(RoundsError) {
        let bytes = vector.words.count * 8
        let pieces = (bytes + piece - 1) / piece
        for number in 0..<pieces {
            let length = min(piece, bytes - number * piece)
            let plain = length == piece ? zeros : Array(zeros[..<length])
            for mask in masks {
                let stream = try make(mask.seed, number, plain)
                stream.withUnsafeBytes { vector.add($0, fromWord: number * piece / 8, minus: mask.minus) }
            }
        }
    }

    static func add(_ seed: SymmetricKey, to vector: inout RingVector, minus: Bool) throws(RoundsError) {
        try add([Mask(seed: seed, minus: minus)], to: &vector)
    }

    /// The first `count` bytes of a piece, at most all of it.
    static func bytes(_ seed: SymmetricKey, piece number: Int, count: Int) throws(RoundsError) -> Data {
        try make(seed, number, Array(zeros[..<min(max(0, count), piece)]))
    }

    private static func make(_ seed: SymmetricKey, _ number: Int, _ zeros: [UInt8]) throws(RoundsError) -> Data {
        do {
            let nonce = try AES.GCM.Nonce(data: [0, 0, 0, 0] + KeySchedule.number(number))
            return try AES.GCM.seal(zeros, using: seed, nonce: nonce).ciphertext
        } catch {
            throw .masking("a key stream could not be made: a seed has not \(seedBytes) bytes")
        }
    }
}
