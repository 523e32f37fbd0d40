import Crypto
import Runtime

enum SHA {
    /// SHA-256 in hexadecimal.
    static func hex(_ bytes: [UInt8]) -> String { Hex.text(Array(SHA256.hash(data: bytes))) }
}
