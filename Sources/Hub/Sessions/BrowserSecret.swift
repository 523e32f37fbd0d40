import Crypto
import Federation
import FoundationEssentials
import Runtime

/// 256 random bits that a browser, or a program, holds to be known again. Only the hash is ever stored.
struct BrowserSecret: Sendable, Equatable {
    let bytes: [UInt8]

    init(_ random: RandomSource) { bytes = random.bytes(32) }

    /// Nil where `text` is not one.
    init?(text: String) {
        guard text.utf8.count == 43, let bytes = Base64URL.bytes(text), bytes.count == 32 else { return nil }
        self.bytes = bytes
    }

    var text: String { Base64URL.text(bytes) }
    /// What stands in the store: with 256 random bits there is nothing to guess, so one round of SHA-256 is enough.
    var hash: [UInt8] { Array(SHA256.hash(data: bytes)) }

    /// What a form that this browser was shown sends back. Nobody who lacks the cookie can compute it.
    var formToken: String {
        Base64URL.text(
            Array(HMAC<SHA256>.authenticationCode(for: Data("atles form".utf8), using: SymmetricKey(data: bytes))))
    }

    func isFormToken(_ text: String) -> Bool {
        guard let mac = Base64URL.bytes(text) else { return false }
        return HMAC<SHA256>.isValidAuthenticationCode(
            Data(mac), authenticating: Data("atles form".utf8), using: SymmetricKey(data: bytes))
    }
}
