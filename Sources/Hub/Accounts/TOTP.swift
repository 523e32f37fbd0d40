import Crypto
import FoundationEssentials
import Runtime

/// Time-based one-time codes (RFC 6238): HMAC-SHA-1, 30 seconds, six digits, as every authenticator app reads them.
enum TOTP {
    static let period: Int64 = 30

    /// The time step of a moment.
    static func step(_ date: Date) -> Int64 { date.seconds / period }

    /// The code of a step. `digits` is 6 but in the RFC's own test vectors.
    static func code(_ secret: [UInt8], step: Int64, digits: Int = 6) -> String {
        let counter = (0..<8).map { UInt8(truncatingIfNeeded: step >> (56 - 8 * $0)) }
        let mac = Array(
            HMAC<Insecure.SHA1>.authenticationCode(for: Data(counter), using: SymmetricKey(data: Data(secret))))
        let offset = Int(mac[mac.count - 1] & 15)
        let number = mac[offset..<(offset + 4)].reduce(UInt32(0)) { $0 << 8 | UInt32($1) } & 0x7FFF_FFFF
        let modulus = (0..<digits).reduce(UInt32(1)) { power, _ in power &* 10 }
        let text = String(number % modulus)
        return String(repeating: "0", count: digits - text.count) + text
    }

    /// The step that `typed` is the code of: this one, or one beside it for a clock that is a little off; nil where it is
    /// none of them. Spaces do not count.
    static func step(of typed: String, secret: [UInt8], at now: Date) -> Int64? {
        let digits = typed.filter { !$0.isWhitespace }
        guard digits.utf8.count == 6 else { return nil }
        let current = step(now)
        return [current, current - 1, current + 1].first { candidate in
            candidate >= 0
                && zip(code(secret, step: candidate).utf8, digits.utf8).reduce(UInt8(0)) { $0 | ($1.0 ^ $1.1) } == 0
        }
    }

    /// The link that authenticator apps read.
    static func link(_ secret: [UInt8], login: String, federation: String) -> String {
        let issuer = WebLink.encoded("Atles " + federation)
        return "otpauth://totp/\(issuer):\(WebLink.encoded(login))?secret=\(Base32.text(secret))&issuer=\(issuer)"
    }
}
