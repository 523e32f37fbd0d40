import Crypto

/// A file that objects were made from, as a keyed hash: the index can tell whether it has seen it, and nobody who reads
/// the index can tell its name.
public struct SourceKey: Hashable, Sendable {
    /// Names the place, whatever is in it: 16 bytes.
    public let place: [UInt8]
    /// Names the place with what is in it now (size and time of the last change): 16 bytes.
    public let version: [UInt8]

    /// - Parameters:
    ///   - modified: when the file last changed: nanoseconds since 1970.
    ///   - key: a secret of the node; the same for all its sources.
    public init(path: String, size: Int, modified: Int64, key: [UInt8]) {
        let secret = SymmetricKey(data: key)
        func hash(_ text: String) -> [UInt8] {
            Array(HMAC<SHA256>.authenticationCode(for: Array(text.utf8), using: secret).prefix(16))
        }
        place = hash("atles source place\0\(path)")
        version = hash("atles source version\0\(path)\0\(size)\0\(modified)")
    }

    /// From what was kept of one; nil where they are not 16 bytes each.
    public init?(place: [UInt8], version: [UInt8]) {
        guard place.count == 16, version.count == 16 else { return nil }
        self.place = place
        self.version = version
    }
}
