import Crypto
import FoundationEssentials
import GRDB

/// What leads from a pseudonym back to a patient: the one place where originals' identifiers are kept, sealed.
///
/// SQLite, one row for each pseudonym; its value is AES-256-GCM under a key that comes from the node's pseudonym key, and
/// bound to its row. Without the key the file gives away how many patients there are, and nothing else.
public final class Vault: Sendable {
    private let queue: DatabaseQueue
    private let key: SymmetricKey

    /// The bytes of a key.
    public static let keyLength = 32

    /// Opens the vault at `path`, making it where there is none. Throws ``VaultError/wrongKey`` where it was made with
    /// another key.
    public static func open(path: String, key: [UInt8]) throws(VaultError) -> Vault {
        guard key.count == keyLength else { throw .wrongKey(path: path) }
        do {
            try IndexFile.protect(path)
            var configuration = Configuration()
            configuration.label = "Atles vault"
            configuration.busyMode = .timeout(30)
            configuration.prepareDatabase { db in
                try db.execute(sql: "PRAGMA synchronous = FULL")
                // What is deleted or replaced is gone from the file.
                try db.execute(sql: "PRAGMA secure_delete = ON")
            }
            let vault = Vault(
                queue: try DatabaseQueue(path: path, configuration: configuration), key: SymmetricKey(data: key))
            try vault.queue.write { db in
                try db.execute(
                    sql: "CREATE TABLE IF NOT EXISTS patient (pseudonym TEXT PRIMARY KEY, sealed BLOB NOT NULL)")
            }
            guard try vault.isOwn() else { throw VaultError.wrongKey(path: path) }
            return vault
        } catch let error as VaultError {
            throw error
        } catch {
            throw .failed(
                "the vault \(path) cannot be opened: \(error is DatabaseError ? "it is damaged or in use" : "\(error)")"
            )
        }
    }

    private init(queue: DatabaseQueue, key: SymmetricKey) {
        self.queue = queue
        self.key = key
    }

    /// The value kept under a pseudonym; nil where there is none.
    public func value(of pseudonym: String) throws(VaultError) -> [UInt8]? {
        do {
            let sealed = try queue.read { db in
                try Data.fetchOne(db, sql: "SELECT sealed FROM patient WHERE pseudonym = ?", arguments: [pseudonym])
            }
            guard let sealed else { return nil }
            return try unsealed(sealed, pseudonym)
        } catch {
            throw .failed("a value in the vault cannot be read: it is damaged, or was moved from another row")
        }
    }

    /// Keeps values, each in the place of what was under its pseudonym before. Durable when it returns.
    public func keep(_ values: [String: [UInt8]]) throws(VaultError) {
        guard !values.isEmpty else { return }
        do {
            let rows = try values.map { ($0.key, try sealed($0.value, $0.key)) }
            try queue.write { db in
                let statement = try db.cachedStatement(
                    sql: """
                        INSERT INTO patient (pseudonym, sealed) VALUES (?, ?)
                        ON CONFLICT (pseudonym) DO UPDATE SET sealed = excluded.sealed
                        """)
                for (pseudonym, sealed) in rows { try statement.execute(arguments: [pseudonym, sealed]) }
            }
        } catch let error as DatabaseError where error.resultCode == .SQLITE_FULL {
            throw .diskFull
        } catch {
            throw .failed("the vault cannot be written")
        }
    }

    /// Patients in it.
    public func count() throws(VaultError) -> Int {
        do {
            return try queue.read {
                try Int.fetchOne($0, sql: "SELECT count(*) FROM patient WHERE pseudonym <> ''") ?? 0
            }
        } catch {
            throw .failed("the vault cannot be read")
        }
    }

    /// The row without a pseudonym holds a value that only the right key opens.
    private func isOwn() throws -> Bool {
        if let sealed = try queue.read({ try Data.fetchOne($0, sql: "SELECT sealed FROM patient WHERE pseudonym = ''") }
        ) {
            return (try? unsealed(sealed, "")) != nil
        }
        try keep(["": Array("atles vault 1".utf8)])
        return true
    }

    private func sealed(_ value: [UInt8], _ pseudonym: String) throws -> Data {
        guard let box = try AES.GCM.seal(value, using: key, authenticating: Array(pseudonym.utf8)).combined else {
            throw VaultError.failed("a value cannot be sealed")
        }
        return box
    }

    private func unsealed(_ sealed: Data, _ pseudonym: String) throws -> [UInt8] {
        Array(try AES.GCM.open(AES.GCM.SealedBox(combined: sealed), using: key, authenticating: Array(pseudonym.utf8)))
    }
}

/// What went wrong with the vault. Says nothing of what is in it.
public enum VaultError: Error, Equatable, Sendable, CustomStringConvertible {
    case wrongKey(path: String)
    case diskFull
    case failed(String)

    public var description: String {
        switch self {
        case .wrongKey(let path):
            "the vault \(path) was made with another pseudonym key; restore that key from its backup"
        case .diskFull: "the disk is full: the vault could not be written"
        case .failed(let what): what
        }
    }
}
