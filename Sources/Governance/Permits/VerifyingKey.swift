import Crypto
import FoundationEssentials
import Runtime

/// An Ed25519 public key of a person: a committee member or a data user.
public struct VerifyingKey: Sendable, Hashable, Codable, CustomStringConvertible {
    /// 32 bytes.
    public let bytes: [UInt8]

    /// Nil where the bytes are no such key.
    public init?(_ bytes: [UInt8]) {
        guard bytes.count == 32, (try? Curve25519.Signing.PublicKey(rawRepresentation: bytes)) != nil else {
            return nil
        }
        self.bytes = bytes
    }

    /// Nil where the text is not 64 hexadecimal digits of such a key.
    public init?(_ text: String) {
        guard let bytes = Hex.bytes(text) else { return nil }
        self.init(bytes)
    }

    public init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        guard let key = VerifyingKey(try container.decode(String.self)) else {
            throw DecodingError.dataCorruptedError(in: container, debugDescription: "not an Ed25519 key")
        }
        self = key
    }

    public func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(text)
    }

    /// Whether `signature` is this key's over `bytes`.
    func isValid(_ signature: [UInt8], for message: [UInt8]) -> Bool {
        guard signature.count == 64, let key = try? Curve25519.Signing.PublicKey(rawRepresentation: bytes) else {
            return false
        }
        return key.isValidSignature(signature, for: message)
    }

    public var text: String { Hex.text(bytes) }
    public var description: String { text }

    /// The first 80 bits of its SHA-256, in groups that can be read aloud: `3F2A 91C0 …`.
    public var fingerprint: String {
        let digits = Array(Hex.text(SHA256.hash(data: bytes).prefix(10)).uppercased())
        return stride(from: 0, to: digits.count, by: 4)
            .map { String(digits[$0..<min($0 + 4, digits.count)]) }
            .joined(separator: " ")
    }
}
