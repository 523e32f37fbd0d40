import Crypto
import FoundationEssentials
public import Runtime

/// The patients who have opted out of the secondary use of their data (Regulation (EU) 2025/327, article 71), as keyed
/// hashes of their identifiers: who reads the file learns nobody's name or number, and cannot try out numbers without the
/// key, which lies in a file of its own. Both have mode 0600.
public struct OptOutList: Sendable {
    private let key: SymmetricKey
    /// When each was added, by the keyed hash of the identifier.
    private var since: [String: PermitTime] = [:]
    private let path: String
    private let files: any FileSystem

    private struct File: Codable {
        var version: Int
        /// A fingerprint of the key: a list that is read with another one would look empty.
        var key: String
        var patients: [Entry]
    }

    private struct Entry: Codable {
        var mark: String
        var since: PermitTime
    }

    /// Larger lists are not read.
    private static let largest = 1 << 30

    /// Reads the list, and makes its key where there is none yet.
    public init(
        folder: GovernanceFolder, random: RandomSource = .system, files: any FileSystem = PosixFileSystem()
    ) throws(PermitError) {
        path = folder.optOut
        self.files = files
        do {
            try files.createDirectory(folder.path, mode: 0o700)
            let isThere = try files.exists(folder.optOut)
            // A list whose key is lost says nothing about anybody: it must not be taken for an empty one.
            if isThere, try !files.exists(folder.optOutKey) {
                throw PermitError.secret(.missing(path: folder.optOutKey))
            }
            let secret = try SecretFile.readOrCreate(folder.optOutKey, in: files) { random.bytes(32) }
            guard secret.count == 32 else { throw PermitError.unreadable(path: folder.optOutKey) }
            key = SymmetricKey(data: secret)
            guard isThere else { return }
            if let mode = try files.attributes(path)?.mode, mode & 0o077 != 0 {
                throw PermitError.secret(.readableByOthers(path: path))
            }
            let file = try JSONDecoder().decode(File.self, from: Data(try files.read(path, limit: Self.largest)))
            guard file.version == 1, file.key == Self.fingerprint(key) else {
                throw PermitError.unreadable(path: path)
            }
            for entry in file.patients { since[entry.mark] = entry.since }
        } catch let error as PermitError {
            throw error
        } catch let error as FileError {
            throw .file(error)
        } catch let error as SecretError {
            throw .secret(error)
        } catch {
            throw .unreadable(path: folder.optOut)
        }
    }

    /// Patients on the list.
    public var count: Int { since.count }

    /// Whether the patient with this identifier, as the hospital writes it, has opted out.
    public func isOptedOut(_ patient: String) -> Bool { since[mark(patient)] != nil }

    /// Puts patients on the list; says how many of them are new there.
    @discardableResult
    public mutating func add(_ patients: some Sequence<String>, at time: PermitTime) throws(PermitError) -> Int {
        let before = since
        for patient in patients where !Self.plain(patient).isEmpty {
            let mark = mark(patient)
            if since[mark] == nil { since[mark] = time }
        }
        try write(orRestore: before)
        return since.count - before.count
    }

    /// Takes patients off the list, who may change their mind at any time; says how many were on it.
    @discardableResult
    public mutating func remove(_ patients: some Sequence<String>) throws(PermitError) -> Int {
        let before = since
        for patient in patients { since[mark(patient)] = nil }
        try write(orRestore: before)
        return before.count - since.count
    }

    private mutating func write(orRestore before: [String: PermitTime]) throws(PermitError) {
        let entries = since.map { Entry(mark: $0.key, since: $0.value) }.sorted { $0.mark < $1.mark }
        let encoder = JSONEncoder()
        encoder.outputFormatting = .sortedKeys
        do {
            let bytes = try encoder.encode(File(version: 1, key: Self.fingerprint(key), patients: entries))
            try SecretFile.write([UInt8](bytes), to: path, in: files)
        } catch let error as FileError {
            since = before
            throw .file(error)
        } catch {
            since = before
            throw .unreadable(path: path)
        }
    }

    /// HMAC-SHA-256 of the identifier without the padding around it.
    private func mark(_ patient: String) -> String {
        Hex.text(HMAC<SHA256>.authenticationCode(for: Array(Self.plain(patient).utf8), using: key))
    }

    /// DICOM pads with spaces or a zero byte; tables with spaces.
    private static func plain(_ patient: String) -> String {
        func isPadding(_ scalar: Unicode.Scalar) -> Bool { scalar.value == 0 || scalar.properties.isWhitespace }
        var scalars = patient.unicodeScalars[...]
        while let first = scalars.first, isPadding(first) { scalars.removeFirst() }
        while let last = scalars.last, isPadding(last) { scalars.removeLast() }
        return String(String.UnicodeScalarView(scalars))
    }

    private static func fingerprint(_ key: SymmetricKey) -> String {
        Hex.text(HMAC<SHA256>.authenticationCode(for: Array("atles-opt-out-key-1".utf8), using: key).prefix(8))
    }
}
