import FoundationEssentials
import Runtime

/// Questions and their answers on disk, so that a restart of the hub forgets none and a shared link keeps working.
struct QuestionStore: Sendable {
    private let folder: String
    private let files: any FileSystem

    init(folder: String, files: any FileSystem) throws(FileError) {
        self.folder = folder
        self.files = files
        try files.createDirectory(folder, mode: 0o700)
    }

    func save(_ question: Question) throws {
        let encoder = JSONEncoder()
        encoder.dateEncodingStrategy = .iso8601
        try files.writeAtomically([UInt8](try encoder.encode(question)), to: path(question.id), mode: 0o600)
    }

    /// The question called `id`; nil where there is none, or the text is not an id at all.
    func load(_ id: String) -> Question? {
        guard id.utf8.count == 32, Hex.bytes(id) != nil else { return nil }
        guard let bytes = try? files.read(path(id), limit: 16 << 20) else { return nil }
        let decoder = JSONDecoder()
        decoder.dateDecodingStrategy = .iso8601
        return try? decoder.decode(Question.self, from: Data(bytes))
    }

    /// All questions that may still get an answer at `now`.
    func open(at now: Date) throws(FileError) -> [Question] {
        var open: [Question] = []
        for name in try files.list(folder) where name.hasSuffix(".json") {
            // Written last an hour ago: it is over, and need not be read to know so.
            let modified = try files.attributes(FilePath.join(folder, name))?.modified ?? 0
            guard Double(modified) / 1e9 > now.timeIntervalSince1970 - 3600 else { continue }
            if let question = load(String(name.dropLast(5))), question.expires > now { open.append(question) }
        }
        return open
    }

    /// Forgets questions that were asked before `moment`.
    func forget(before moment: Date) throws(FileError) {
        for name in try files.list(folder) {
            let path = FilePath.join(folder, name)
            guard let modified = try files.attributes(path)?.modified else { continue }
            if Double(modified) / 1e9 < moment.timeIntervalSince1970 { try files.remove(path) }
        }
    }

    private func path(_ id: String) -> String { FilePath.join(folder, id + ".json") }
}
