import Crypto

extension Digest {
    /// The SHA-256 of `bytes`.
    public init(sha256 bytes: [UInt8]) {
        self.init(computed: [UInt8](SHA256.hash(data: bytes)))
    }
}
