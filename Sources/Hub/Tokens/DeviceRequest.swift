import FoundationEssentials
import Governance
import Runtime

/// A terminal that waits for its person to say yes in a browser (RFC 8628).
struct DeviceRequest: Sendable, Equatable {
    enum State: String, Sendable {
        case waiting
        case approved
        case denied
    }

    /// What the person reads off the terminal.
    let code: String
    /// What the terminal calls itself.
    let client: String
    let scopes: Set<TokenScope>
    let state: State
    let person: PersonID?
    let expires: Date
    /// When it last asked, and how long it must wait between two questions: seconds.
    let polled: Date
    let wait: Int64

    /// Seconds in which the person must answer.
    static let lifetime: Double = 600
    /// Seconds between two questions of the terminal, at first.
    static let interval: Int64 = 5

    /// Two groups of four consonants, so that no word comes out (RFC 8628, section 6.1: 20 letters, 34 bits).
    static func makeCode(_ random: RandomSource) -> String {
        let letters = Array("BCDFGHJKLMNPQRSTVWXZ")
        var code = ""
        while code.count < 8 {
            // Bytes above 239 would make some letters likelier than others.
            for byte in random.bytes(16) where byte < 240 && code.count < 8 { code.append(letters[Int(byte) % 20]) }
        }
        return code.prefix(4) + "-" + code.suffix(4)
    }

    /// As it is stored, whatever case and spaces it was typed with; nil where it cannot be one.
    static func read(_ typed: String) -> String? {
        let letters = typed.uppercased().filter { $0.isASCII && $0.isLetter }
        return letters.count == 8 ? letters.prefix(4) + "-" + letters.suffix(4) : nil
    }
}
