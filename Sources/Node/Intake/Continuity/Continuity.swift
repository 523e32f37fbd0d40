import Curation
import FoundationEssentials
public import Runtime

/// Keeps a data set in one piece: its objects are made with one key, one project and one profile, from the first to the last.
///
/// A file beside the data set says what it was begun with, in values that give nothing away. It is looked at before
/// anything is written: another key would give every patient a second pseudonym, another profile would leave objects side
/// by side of which one keeps what the other removes.
struct Continuity: Sendable {
    private let path: String
    private let files: any FileSystem

    /// What the file says.
    struct Record: Codable, Equatable, Sendable {
        /// Tells whether a key is the same, and nothing of it.
        var key: String
        /// The profile's name.
        var profile: String
        /// Changes with every setting of the profile.
        var fingerprint: String
        /// Earlier profiles, which somebody decided to leave behind: oldest first.
        var earlier: [String] = []
    }

    /// - Parameter path: of the file.
    init(path: String, files: any FileSystem) {
        self.path = path
        self.files = files
    }

    /// Whether a data set has been begun here.
    func isBegun() throws(FileError) -> Bool { try files.exists(path) }

    /// Checks key and profile against what the data set was begun with, or begins one.
    ///
    /// - Parameter acceptsProfileChange: somebody has decided that from now on another profile holds.
    func check(_ deidentifier: Deidentifier, acceptsProfileChange: Bool) throws(ContinuityError) {
        var current = Record(
            key: Self.keyCheck(deidentifier.pseudonyms), profile: deidentifier.profile.name,
            fingerprint: deidentifier.fingerprint)
        guard let begun = try read() else { return try write(current) }
        guard begun.key == current.key else { throw .otherKey(file: path) }
        guard begun.fingerprint != current.fingerprint else { return }
        guard acceptsProfileChange else {
            throw .otherProfile(file: path, begunWith: begun.profile, now: current.profile)
        }
        current.earlier = begun.earlier + ["\(begun.profile) \(begun.fingerprint)"]
        try write(current)
    }

    /// Checks the key alone, for what is done to a data set that exists.
    ///
    /// - Throws: ``ContinuityError/notBegun(file:)`` where there is none.
    func checkKey(_ pseudonyms: Pseudonymizer) throws(ContinuityError) {
        guard let begun = try read() else { throw .notBegun(file: path) }
        guard begun.key == Self.keyCheck(pseudonyms) else { throw .otherKey(file: path) }
    }

    private static func keyCheck(_ pseudonyms: Pseudonymizer) -> String {
        Hex.text(Array(pseudonyms.digest(.fingerprint, ["key"]).prefix(8)))
    }

    private func read() throws(ContinuityError) -> Record? {
        let bytes: [UInt8]
        do throws(FileError) {
            guard try files.exists(path) else { return nil }
            bytes = try files.read(path, limit: 1 << 20)
        } catch {
            throw .file(error)
        }
        guard let record = try? JSONDecoder().decode(Record.self, from: Data(bytes)) else {
            throw .unreadable(file: path)
        }
        return record
    }

    private func write(_ record: Record) throws(ContinuityError) {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.prettyPrinted, .sortedKeys]
        guard let data = try? encoder.encode(record) else { throw .unreadable(file: path) }
        do {
            try files.writeAtomically(Array(data), to: path, mode: 0o600)
        } catch {
            throw .file(error)
        }
    }
}

/// Why a data set is not gone on with. Nothing has been written when one of these is thrown.
public enum ContinuityError: Error, Equatable, Sendable, CustomStringConvertible {
    case file(FileError)
    case unreadable(file: String)
    case notBegun(file: String)
    case otherKey(file: String)
    case lostKey(key: String)
    case otherProfile(file: String, begunWith: String, now: String)

    public var description: String {
        switch self {
        case .file(let error): error.description
        case .unreadable(let file):
            "\(file) says with which key and profile this data set was begun, and cannot be read; restore it from its backup"
        case .notBegun(let file):
            "no data set was begun here: there is no \(file). Check the folder's name, and where what stays at the hospital was put"
        case .otherKey:
            """
            this is not the key that the data set was begun with, or not its project: every patient would get a second pseudonym, and nothing \
            would line up. Nothing was written. Use the first key (restore it from its backup) and the first --project, or begin a new data set in \
            another folder
            """
        case .lostKey(let key):
            """
            the data set was begun with a key that is no longer at \(key). A new key would give every patient a second \
            pseudonym. Nothing was written. Restore the key file from its backup; if it is lost for good, begin a new data \
            set in another folder
            """
        case .otherProfile(_, let begunWith, let now):
            """
            the data set was begun with the profile \(begunWith), and the profile is now another (\(now), or the same name \
            with other rules): objects that were made in two ways would lie side by side. Nothing was written. Go back to \
            the first profile, begin a new data set in another folder, or go on with --accept-profile-change, which is \
            recorded
            """
        }
    }
}
