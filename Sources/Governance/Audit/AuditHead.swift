import FoundationEssentials
import Runtime

/// How far a log had got when it was last known to be on the disk, in a file beside it (`audit.jsonl.head`).
///
/// The chain shows every change but one: entries cut off at the end. The head shows that too, as long as whoever cut
/// them did not also rewrite the head; signed checkpoints held by the other side are the full answer.
struct AuditHead: Codable, Equatable, Sendable {
    var sequence: Int
    var hash: String

    static func path(_ log: String) -> String { log + ".head" }

    static func read(_ log: String, _ files: any FileSystem) throws(FileError) -> AuditHead? {
        let path = path(log)
        guard try files.exists(path) else { return nil }
        // A head that a crash left unreadable is as good as none.
        return try? JSONDecoder().decode(AuditHead.self, from: Data(try files.read(path, limit: 4096)))
    }

    /// Replaces the head. It is not synced: it may lag behind the log, which is synced before it is written.
    func write(_ log: String, _ files: any FileSystem) throws(FileError) {
        let path = Self.path(log)
        let temporary = path + ".new"
        let file = try files.create(temporary, mode: 0o600, replacing: true)
        do {
            try file.write(Array("{\"sequence\":\(sequence),\"hash\":\"\(hash)\"}\n".utf8)[...])
            try file.close()
        } catch {
            try? file.close()
            throw error
        }
        try files.rename(temporary, to: path)
    }
}
