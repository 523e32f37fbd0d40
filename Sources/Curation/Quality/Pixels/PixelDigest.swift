import Crypto
import DICOM

/// A digest of an object's pixel data, to find the same pictures under other UIDs.
enum PixelDigest {
    /// Pixel data up to this size is read whole, larger by samples.
    private static let whole = 64 << 10
    private static let samples = 8
    private static let sample = 4 << 10
    private static let chunk = 1 << 20

    struct Value: Sendable, Hashable {
        let high, low: UInt64
    }

    /// Of samples spread over the pixel data, or of all of it where that is little or `isWhole` asks for it. Nil where it
    /// cannot be read, or where all that was read is one byte repeated: blank pictures are alike and mean nothing.
    static func value(of range: Range<Int>, in source: some ByteSource, isWhole: Bool) -> Value? {
        guard !range.isEmpty else { return nil }
        var hash = SHA256()
        var first: UInt8?
        var isBlank = true
        hash.update(data: Array("\(range.count)".utf8))
        let isAll = isWhole || range.count <= whole
        for piece in isAll ? all(range) : spread(range) {
            guard let bytes = try? source.read(at: piece.lowerBound, count: piece.count), bytes.count == piece.count
            else { return nil }
            first = first ?? bytes.first
            if isBlank { isBlank = bytes.allSatisfy { $0 == first } }
            hash.update(data: bytes)
        }
        guard !isBlank else { return nil }
        let digest = Array(hash.finalize())
        return Value(high: word(digest[0..<8]), low: word(digest[8..<16]))
    }

    private static func all(_ range: Range<Int>) -> [Range<Int>] {
        stride(from: range.lowerBound, to: range.upperBound, by: chunk).map {
            $0..<min($0 + chunk, range.upperBound)
        }
    }

    /// Evenly spread, the middle of the picture included.
    private static func spread(_ range: Range<Int>) -> [Range<Int>] {
        (0..<samples).map { number in
            let start = range.lowerBound + (range.count - sample) / (samples - 1) * number
            return start..<start + sample
        }
    }

    private static func word(_ bytes: ArraySlice<UInt8>) -> UInt64 {
        bytes.reduce(0) { $0 << 8 | UInt64($1) }
    }
}
