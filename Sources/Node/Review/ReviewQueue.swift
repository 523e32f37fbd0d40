import Crypto
public import Curation
import FoundationEssentials
public import Runtime

/// The objects that wait for a person, in a folder of the node: for each a folder of its own with the object that would
/// be released, what was found, and pictures of the frames in question before and after.
///
/// The pictures are the hospital's own: they may show a name. They lie sealed (AES-256-GCM, bound to their place) under a
/// key that comes from the node's pseudonym key.
public struct ReviewQueue: Sendable {
    private let folder: String
    private let files: any FileSystem
    private let key: SymmetricKey

    /// Bytes of an entry's description, at most.
    private static let entryLimit = 4 << 20
    private static let pictureLimit = 64 << 20

    /// - Parameters:
    ///   - folder: made where there is none.
    ///   - pseudonyms: its key seals the pictures.
    public init(folder: String, files: any FileSystem, pseudonyms: Pseudonymizer) throws(FileError) {
        self.folder = folder
        self.files = files
        key = SymmetricKey(data: pseudonyms.digest(.source, ["review pictures"]))
        try files.createDirectory(folder, mode: 0o700)
    }

    // MARK: Reading

    /// Every entry, those that wait longest first.
    public func entries() throws -> [ReviewEntry] {
        try files.list(folder).compactMap { try entry($0) }.sorted { ($0.added, $0.id) < ($1.added, $1.id) }
    }

    /// The entry of that name; nil where there is none.
    public func entry(_ id: String) throws -> ReviewEntry? {
        guard Self.isID(id), try files.exists(path(id, "entry.json")) else { return nil }
        let bytes = try files.read(path(id, "entry.json"), limit: Self.entryLimit)
        return try JSONDecoder().decode(ReviewEntry.self, from: Data(bytes))
    }

    /// A picture of a frame in question: PNG or JPEG; nil where there is none.
    public func picture(_ id: String, _ number: Int, _ moment: Moment) throws -> [UInt8]? {
        let name = Self.pictureName(number, moment)
        guard Self.isID(id), number >= 0, try files.exists(path(id, name)) else { return nil }
        return try opened(path(id, name), "\(id)/\(name)", id)
    }

    /// Whether a picture shows a frame as it was, or as it would be released.
    public enum Moment: String, Sendable, CaseIterable { case before, after }

    /// Where the original of an entry lay, for the person who has to find it; nil where that is not known.
    public func origin(_ id: String) throws -> String? {
        guard Self.isID(id), try files.exists(path(id, "origin.sealed")) else { return nil }
        return String(decoding: try opened(path(id, "origin.sealed"), "\(id)/origin", id), as: UTF8.self)
    }

    private func opened(_ path: String, _ place: String, _ id: String) throws -> [UInt8] {
        let sealed = try files.read(path, limit: Self.pictureLimit)
        do {
            return Array(
                try AES.GCM.open(
                    AES.GCM.SealedBox(combined: Data(sealed)), using: key, authenticating: Array(place.utf8)))
        } catch {
            throw ReviewError.damaged(id)
        }
    }

    /// The object that would be released, as a file.
    public func candidate(_ id: String) -> String { path(id, "candidate.dcm") }

    // MARK: Changing

    /// What an object brings along when it joins the queue.
    struct Newcomer: Sendable {
        let entry: ReviewEntry
        /// The object, written already; it is moved here.
        let staged: String
        /// Where the original lies.
        let origin: String
        /// Pictures before and after.
        let pictures: [(before: [UInt8], after: [UInt8])]
    }

    /// Puts an object in the queue, in the place of an earlier version of it. Durable when it returns.
    func add(_ newcomer: Newcomer) throws {
        let id = newcomer.entry.id
        try clear(id)
        try files.createDirectory(FilePath.join(folder, id), mode: 0o700)
        for (number, pair) in newcomer.pictures.enumerated() {
            for (moment, bytes) in [(Moment.before, pair.before), (.after, pair.after)] {
                let name = Self.pictureName(number, moment)
                try seal(bytes, "\(id)/\(name)", to: path(id, name))
            }
        }
        try seal(Array(newcomer.origin.utf8), "\(id)/origin", to: path(id, "origin.sealed"))
        try files.rename(newcomer.staged, to: candidate(id))
        // Last: its presence is what makes an entry.
        try write(newcomer.entry)
        try files.syncFileSystem(folder)
    }

    /// A person has decided against it: the object goes, the entry stays.
    func reject(_ id: String, decided: String) throws {
        guard var entry = try entry(id) else { return }
        entry.state = .rejected
        entry.decided = decided
        try write(entry)
        for name in try files.list(FilePath.join(folder, id)) where name != "entry.json" && name != "origin.sealed" {
            try files.remove(path(id, name))
        }
    }

    /// Takes an entry and everything of it out of the queue.
    func clear(_ id: String) throws {
        guard Self.isID(id), try files.exists(FilePath.join(folder, id)) else { return }
        // The description first: what is left of a crash here is no entry.
        for name in ["entry.json"] + (try files.list(FilePath.join(folder, id))).filter({ $0 != "entry.json" }) {
            if try files.exists(path(id, name)) { try files.remove(path(id, name)) }
        }
    }

    private func write(_ entry: ReviewEntry) throws {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.prettyPrinted, .sortedKeys]
        try files.writeAtomically(Array(try encoder.encode(entry)), to: path(entry.id, "entry.json"), mode: 0o600)
    }

    private func seal(_ bytes: [UInt8], _ place: String, to path: String) throws {
        guard let box = try AES.GCM.seal(bytes, using: key, authenticating: Array(place.utf8)).combined else { return }
        try files.writeAtomically(Array(box), to: path, mode: 0o600)
    }

    private func path(_ id: String, _ name: String) -> String { FilePath.join(FilePath.join(folder, id), name) }

    private static func pictureName(_ number: Int, _ moment: Moment) -> String { "\(moment.rawValue)-\(number).sealed" }

    /// An id comes from a page or a command line, and must not lead out of the folder.
    private static func isID(_ text: String) -> Bool {
        text.utf8.count == 32
            && text.utf8.allSatisfy {
                (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0)
                    || (UInt8(ascii: "a")...UInt8(ascii: "f")).contains($0)
            }
    }
}
