import Crypto

/// The hash of an object that is written in parts: header, pixel data.
public struct ManifestHash {
    private var hash = SHA256()

    public init() {}

    public mutating func update(_ bytes: some Collection<UInt8>) {
        if bytes.withContiguousStorageIfAvailable({ hash.update(bufferPointer: UnsafeRawBufferPointer($0)) }) == nil {
            hash.update(data: Array(bytes))
        }
    }

    /// 64 hexadecimal digits.
    public consuming func finish() -> String { ManifestLine.hexadecimal(hash.finalize()) }
}
