import FoundationEssentials
import Runtime

/// Runs on disk: each with everything that it needs to go on after a crash, and its record when it is over.
struct RunStore: Sendable {
    /// The longest file that is read: the state of a model with a million numbers.
    private static let longest = 256 << 20

    private let folder: String
    private let files: any FileSystem

    init(folder: String, files: any FileSystem) throws(FileError) {
        self.folder = folder
        self.files = files
        try files.createDirectory(folder, mode: 0o700)
    }

    func save(_ run: Run) throws {
        let encoder = JSONEncoder()
        encoder.dateEncodingStrategy = .iso8601
        try files.writeAtomically([UInt8](try encoder.encode(run)), to: path(run.id), mode: 0o600)
    }

    /// The run called `id`; nil where there is none, or the text is not an id at all.
    func load(_ id: String) -> Run? {
        guard id.utf8.count == 32, Hex.bytes(id) != nil else { return nil }
        guard let bytes = try? files.read(path(id), limit: Self.longest) else { return nil }
        let decoder = JSONDecoder()
        decoder.dateDecodingStrategy = .iso8601
        return try? decoder.decode(Run.self, from: Data(bytes))
    }

    /// The ids of all runs, latest first.
    func ids() throws(FileError) -> [String] {
        var found: [(id: String, modified: Int64)] = []
        for name in try files.list(folder) where name.hasSuffix(".json") {
            let modified = try files.attributes(FilePath.join(folder, name))?.modified ?? 0
            found.append((String(name.dropLast(5)), Int64(modified)))
        }
        return found.sorted { ($0.modified, $0.id) > ($1.modified, $1.id) }.map(\.id)
    }

    private func path(_ id: String) -> String { FilePath.join(folder, id + ".json") }
}
