import FoundationEssentials
import Runtime
import Testing

@testable import Hub

@Suite("Passwords and codes")
struct SecretsTests {
    /// RFC 6238, appendix B: the secret is ASCII, the mode HMAC-SHA-1, the codes have eight digits.
    @Test(
        "codes are those of RFC 6238's table",
        arguments: [
            (59, "94287082"), (1_111_111_109, "07081804"), (1_111_111_111, "14050471"), (1_234_567_890, "89005924"),
            (2_000_000_000, "69279037"), (20_000_000_000, "65353130"),
        ] as [(Double, String)])
    func totp(seconds: Double, expected: String) {
        let secret = Array("12345678901234567890".utf8)
        let date = Date(timeIntervalSince1970: seconds)
        #expect(TOTP.code(secret, step: TOTP.step(date), digits: 8) == expected)
        // Six digits are the last six of the eight.
        #expect(TOTP.step(of: String(expected.suffix(6)), secret: secret, at: date) == TOTP.step(date))
    }

    @Test("a code is good half a minute early and late, not more, and only as six digits")
    func window() {
        let secret = Array("12345678901234567890".utf8)
        let date = Date(timeIntervalSince1970: 1_111_111_109)
        func isGood(_ seconds: Double) -> Bool {
            TOTP.step(of: "081 804", secret: secret, at: date.addingTimeInterval(seconds)) != nil
        }
        #expect(isGood(0) && isGood(30) && isGood(-30))
        #expect(!isGood(61) && !isGood(-61))
        for text in ["", "08180", "0818041", "٠٨١٨٠٤", "abcdef"] {
            #expect(TOTP.step(of: text, secret: secret, at: date) == nil)
        }
    }

    @Test("the link for the app holds the secret as it is shown")
    func link() {
        let link = TOTP.link(Array("12345678901234567890".utf8), login: "anna", federation: "Càncer & co")
        // The secret of RFC 6238 in base 32, as RFC 4648 section 6 writes it.
        #expect(link.contains("secret=GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ"))
        #expect(link.hasPrefix("otpauth://totp/Atles%20C%C3%A0ncer%20%26%20co:anna?"))
    }

    /// RFC 7914, section 12: the first 32 bytes of each vector's 64.
    @Test(
        "scrypt is RFC 7914's",
        arguments: [
            (
                "password", "NaCl", 10, 8, 16,
                "fdbabe1c9d3472007856e7190d01e9fe7c6ad7cbc8237830e77376634b373162"
            ),
            (
                "pleaseletmein", "SodiumChloride", 14, 8, 1,
                "7023bdcb3afd7348461c06cd81fd38ebfda8fbba904f8e3ea9b543f6545da1f2"
            ),
        ])
    func scrypt(password: String, salt: String, exponent: Int, r: Int, p: Int, expected: String) throws {
        let cost = PasswordHash.Cost(exponent: exponent, blockSize: r, parallelism: p)
        let hash = try PasswordHash(password, cost: cost, salt: Array(salt.utf8))
        #expect(Hex.text(hash.key) == expected)
        #expect(try hash.matches(password))
        #expect(try !hash.matches(password + " "))
        #expect(PasswordHash(text: hash.text) == hash)
    }

    @Test("a stored hash that is damaged is none, and its cost is bounded")
    func damaged() {
        let (salt, key) = (String(repeating: "0", count: 32), String(repeating: "0", count: 64))
        #expect(PasswordHash(text: "scrypt$17$8$1$\(salt)$\(key)") != nil)
        for text in [
            "", "scrypt", "bcrypt$17$8$1$\(salt)$\(key)", "scrypt$40$8$1$\(salt)$\(key)",
            "scrypt$17$99$1$\(salt)$\(key)",
            "scrypt$17$8$0$\(salt)$\(key)", "scrypt$17$8$1$xx$\(key)", "scrypt$17$8$1$\(salt)$00",
        ] {
            #expect(PasswordHash(text: text) == nil)
        }
    }

    @Test("passwords cost what OWASP asks for: N = 2^17, r = 8, p = 1")
    func cost() {
        #expect(PasswordHash.Cost.standard == PasswordHash.Cost(exponent: 17, blockSize: 8, parallelism: 1))
    }

    @Test(
        "what anybody would try first is no password",
        arguments: [
            "short", "elevenchars", "aaaaaaaaaaaaaaaa", "password12345", "Administrator1", "my name is annabel",
            String(repeating: "abcdefgh", count: 40),
        ])
    func weak(_ password: String) {
        #expect(throws: PeopleError.self) { try PasswordRules.check(password, login: "annabel") }
    }

    @Test("long and odd is enough", arguments: ["three brown foxes sing", "ßäöü-ñandú-ça va?", "Tr0ub4dor&3xxyz"])
    func strong(_ password: String) throws {
        try PasswordRules.check(password, login: "annabel")
    }

    @Test("names are locked for longer each time: 30 seconds after the fifth failure, at most an hour")
    func lock() {
        #expect((1...4).allSatisfy { LocalAccounts.lock(after: $0) == 0 })
        #expect((5...12).map(LocalAccounts.lock(after:)) == [30, 60, 120, 240, 480, 960, 1920, 3600])
        #expect(LocalAccounts.lock(after: .max) == 3600)
    }
}
