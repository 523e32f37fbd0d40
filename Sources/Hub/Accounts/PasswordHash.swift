import Crypto
import CryptoExtras
import FoundationEssentials
import Runtime

/// A password as it is stored: scrypt (RFC 7914) with a salt of its own.
struct PasswordHash: Sendable, Equatable {
    /// What a guess costs. The default is what OWASP's password storage cheat sheet asks for: N = 2^17, r = 8, p = 1,
    /// which takes 128 MiB for a moment.
    struct Cost: Sendable, Equatable {
        /// The logarithm of N.
        var exponent = 17
        var blockSize = 8
        var parallelism = 1

        static let standard = Cost()
        /// For tests that are not about the cost.
        static let testing = Cost(exponent: 4, blockSize: 8, parallelism: 1)
    }

    let cost: Cost
    let salt: [UInt8]
    let key: [UInt8]

    init(_ password: String, cost: Cost, salt: [UInt8]) throws {
        self.cost = cost
        self.salt = salt
        key = try Self.derive(password, cost: cost, salt: salt)
    }

    /// The hash of no password that anybody knows.
    static func ofNobody(cost: Cost) -> PasswordHash {
        PasswordHash(cost: cost, salt: Array(repeating: 0, count: 16), key: Array(repeating: 0, count: 32))
    }

    private init(cost: Cost, salt: [UInt8], key: [UInt8]) {
        self.cost = cost
        self.salt = salt
        self.key = key
    }

    /// Reads `scrypt$17$8$1$SALT$KEY`, the last two in hexadecimal.
    init?(text: String) {
        let parts = text.split(separator: "$", omittingEmptySubsequences: false).map(String.init)
        guard parts.count == 6, parts[0] == "scrypt", let exponent = Int(parts[1]), (1...20).contains(exponent),
            let blockSize = Int(parts[2]), (1...32).contains(blockSize), let parallelism = Int(parts[3]),
            (1...16).contains(parallelism), let salt = Hex.bytes(parts[4]), let key = Hex.bytes(parts[5]),
            key.count == 32
        else { return nil }
        cost = Cost(exponent: exponent, blockSize: blockSize, parallelism: parallelism)
        self.salt = salt
        self.key = key
    }

    var text: String {
        "scrypt$\(cost.exponent)$\(cost.blockSize)$\(cost.parallelism)$\(Hex.text(salt))$\(Hex.text(key))"
    }

    /// Whether this is the hash of `password`; takes the same time whatever differs.
    func matches(_ password: String) throws -> Bool {
        let other = try Self.derive(password, cost: cost, salt: salt)
        return zip(key, other).reduce(UInt8(0)) { $0 | ($1.0 ^ $1.1) } == 0
    }

    private static func derive(_ password: String, cost: Cost, salt: [UInt8]) throws -> [UInt8] {
        let key = try KDF.Scrypt.deriveKey(
            from: Data(password.utf8), salt: Data(salt), outputByteCount: 32, rounds: 1 << cost.exponent,
            blockSize: cost.blockSize, parallelism: cost.parallelism)
        return key.withUnsafeBytes { [UInt8]($0) }
    }
}
