/// An object that is written, and not yet part of the store.
public struct StagedObject: Sendable, Equatable {
    /// Where its bytes are until it is committed.
    public let temporary: String
    /// SHA-256 of its content: 64 lower-case hexadecimal digits.
    public let digest: String
    /// Bytes in it.
    public let size: Int

    init(temporary: String, digest: String, size: Int) {
        self.temporary = temporary
        self.digest = digest
        self.size = size
    }

    /// Whether a text is the name of an object; a name that came from elsewhere must not lead out of the store.
    static func isDigest(_ text: String) -> Bool {
        text.utf8.count == 64
            && text.utf8.allSatisfy {
                (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0)
                    || (UInt8(ascii: "a")...UInt8(ascii: "f")).contains($0)
            }
    }
}
