import Crypto
import FoundationEssentials
import Governance
import Runtime

/// Signing in with an account of the hub's own: a password, and a second factor.
struct LocalAccounts: Sendable {
    let identities: Identities

    /// What a sign-in came to.
    enum Outcome: Sendable, Equatable {
        /// The name or the secret is wrong; which of the two is not told.
        case wrong
        /// Too many failures: not before this moment.
        case locked(until: Date)
        /// Right so far.
        case right(PersonID, Session.Stage)
    }

    /// Failures that cost nothing but a count.
    static let freeFailures = 4
    /// The longest that a name is locked: seconds.
    static let longestLock: Int64 = 3600

    /// For how long a name is locked after so many failures: 30 seconds, twice as long each time, an hour at most.
    static func lock(after failures: Int) -> Int64 {
        let further = failures - freeFailures - 1
        guard further >= 0 else { return 0 }
        return further > 7 ? longestLock : min(longestLock, 30 << further)
    }

    /// The id of a local account; nil where the text is no sign-in name.
    static func id(_ login: String) -> PersonID? {
        let characters = Array(login.utf8)
        guard let first = characters.first, (1...64).contains(characters.count),
            (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(first),
            characters.allSatisfy({ character in
                (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(character)
                    || (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(character) || ".-_".utf8.contains(character)
            })
        else { return nil }
        return PersonID("local:" + login)
    }

    /// Whether somebody with these roles needs a second factor: whoever decides, operates or sees what others do.
    static func needsSecondFactor(_ person: Person) -> Bool {
        person.roles.contains { $0.role != .researcher && $0.role != .benchmarkOrganiser }
    }

    /// Checks a password.
    func signIn(login: String, password: String) async throws -> Outcome {
        try await attempt(login) { id, account in
            guard password.utf8.count <= PasswordRules.longest else { return false }
            return try await identities.passwords.matches(password, account?.password)
        }
    }

    /// Chooses a password with a one-time code of the operator.
    func recover(login: String, code: String, password: String) async throws -> Outcome {
        try PasswordRules.check(password, login: login)
        let hash = try await identities.passwords.hash(password)
        return try await attempt(login) { id, account in
            guard let id, account != nil,
                try identities.store.useRecovery(RecoveryCode.hash(code), of: id, at: identities.clock.now)
            else { return false }
            try identities.store.setPassword(hash, of: id)
            try identities.record(.passwordChanged, id)
            return true
        }
    }

    /// Checks a code of the second factor, each of which is good once.
    func check(code: String, of id: PersonID) async throws -> Outcome {
        let login = id.text.split(separator: ":", maxSplits: 1).last.map(String.init) ?? ""
        return try await attempt(login, for: "code") { _, account in
            guard let secret = account?.totp,
                let step = TOTP.step(of: code, secret: secret, at: identities.clock.now)
            else { return false }
            return try identities.store.useStep(step, of: id)
        }
    }

    /// Runs a check, counts a failure, and locks the name when there were many. A name that nobody has is treated alike.
    ///
    /// Codes are counted apart from passwords: who knows the password could otherwise clear the count between guesses.
    private func attempt(
        _ login: String, for purpose: String = "password", _ isRight: (PersonID?, StoredAccount?) async throws -> Bool
    ) async throws -> Outcome {
        let (store, now) = (identities.store, identities.clock.now)
        let key = Array(SHA256.hash(data: Array((purpose + ":" + login).utf8.prefix(1024))))
        // Counted before it is known how it ends: many guesses at the same time are as many failures.
        if let until = try store.beginAttempt(key, at: now, lock: Self.lock(after:)) {
            try identities.refuse(.signInRefused, Self.id(login))
            return .locked(until: until)
        }
        let id = Self.id(login)
        let account = try id.flatMap { try store.account($0) }
        let person = try id.flatMap { try store.person($0) }
        guard try await isRight(id, account), let id, let person else {
            try identities.refuse(.signInRefused, account == nil ? nil : id)
            if let until = try store.lockedUntil(key), until > now {
                try identities.refuse(.signInLocked, account == nil ? nil : id)
            }
            return .wrong
        }
        try store.forgive(key)
        if account?.totp != nil { return .right(id, .code) }
        return .right(id, Self.needsSecondFactor(person) ? .enrolment : .full)
    }
}

/// A one-time code of the operator: 100 random bits, as 25 letters of an alphabet of sixteen.
enum RecoveryCode {
    /// Five groups of five letters; none of them looks like another or like a digit.
    static func make(_ bytes: [UInt8]) -> String {
        let letters = Array(bytes.prefix(13).flatMap { byte in [byte >> 4, byte & 15] }.prefix(25))
        let alphabet = Array("ABCDEFGHJKLMNPQR")
        return stride(from: 0, to: 25, by: 5).map { start in
            String(letters[start..<(start + 5)].map { alphabet[Int($0)] })
        }.joined(separator: "-")
    }

    /// What is stored; the code's hyphens and the case of its letters do not count.
    static func hash(_ code: String) -> [UInt8] {
        Array(SHA256.hash(data: Array(code.uppercased().filter { $0.isLetter }.prefix(100).utf8)))
    }
}
