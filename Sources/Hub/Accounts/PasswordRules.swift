/// What a password must be: long, not of one character, and not what somebody would try first (NIST SP 800-63B,
/// section 5.1.1.2: no rules of composition).
enum PasswordRules {
    static let shortest = 12
    /// Longer ones are not read; they would only be work.
    static let longest = 256

    /// Throws ``PeopleError/weakPassword(_:)`` with the reason.
    static func check(_ password: String, login: String) throws(PeopleError) {
        guard password.count >= shortest else {
            throw .weakPassword("a password needs at least \(shortest) characters; a few words are easy to remember")
        }
        guard password.utf8.count <= longest else {
            throw .weakPassword("a password may have at most \(longest) bytes")
        }
        guard Set(password).count >= 5 else {
            throw .weakPassword("this password repeats few characters; choose another")
        }
        let plain = password.lowercased()
        guard !plain.contains(login.lowercased()) || login.count < 4 else {
            throw .weakPassword("a password must not contain the sign-in name")
        }
        guard !common.contains(where: { plain.hasPrefix($0) && plain.count < $0.count + 5 }) else {
            throw .weakPassword("this password is among the first that anybody would try; choose another")
        }
    }

    /// Beginnings of long passwords that stand on every list of leaked ones.
    private static let common = [
        "123456789012", "1234567890", "password1234", "passwordpassword", "password", "qwertyuiop", "qwerty123456",
        "iloveyou", "adminadmin", "administrator", "letmeinletmein", "welcome", "abcdefghijkl", "abcd1234", "changeme",
        "correcthorsebatterystaple", "correct horse battery staple", "1q2w3e4r5t", "zaq12wsx", "asdfghjkl",
    ]
}
