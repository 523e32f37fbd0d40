import Crypto
import CryptoExtras

#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif

/// The pseudo-random numbers that a 16-byte seed stands for: the key stream of AES-128 in counter mode (SP 800-38A).
///
/// The counter block is 128 bits, high byte first, and begins at 0. Of what swift-crypto offers this is the fastest with
/// the processor's AES instructions. The stream is made in pieces that fit the processor's cache and added at once: no
/// mask is ever held whole.
enum KeyStream {
    /// Bytes of a seed.
    static let seedBytes = 16
    /// Bytes made at a time.
    static let piece = 32 * 1024
    private static let zeros = [UInt8](repeating: 0, count: piece)

    /// Adds the stream of a seed to a vector, or takes it away.
    static func add(_ seed: SymmetricKey, to vector: inout RingVector, minus: Bool) throws(RoundsError) {
        let words = vector.words.count
        for start in stride(from: 0, to: words, by: piece / 8) {
            let length = min(piece, (words - start) * 8)
            let bytes = try stream(seed, from: start / 2, count: length)
            bytes.withUnsafeBytes { vector.add($0, fromWord: start, minus: minus) }
        }
    }

    /// Up to one piece of the stream, beginning at a block of 16 bytes.
    static func stream(_ seed: SymmetricKey, from block: Int, count: Int) throws(RoundsError) -> Data {
        var counter = [UInt8](repeating: 0, count: 16)
        for place in 0..<8 { counter[15 - place] = UInt8(truncatingIfNeeded: block >> (8 * place)) }
        do {
            let nonce = try AES._CTR.Nonce(nonceBytes: counter)
            guard count < piece else { return try AES._CTR.encrypt(zeros, using: seed, nonce: nonce) }
            return try AES._CTR.encrypt(Array(zeros[..<max(0, count)]), using: seed, nonce: nonce)
        } catch {
            throw .masking("a key stream could not be made: a seed has not \(seedBytes) bytes")
        }
    }
}
