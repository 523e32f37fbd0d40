import FoundationEssentials
public import Runtime

/// An entry as it is shown.
public struct AuditEntry: Codable, Equatable, Sendable {
    public let sequence: Int
    /// RFC 3339, UTC.
    public let time: String
    public let kind: String
    public let site: String?
    public let message: String?
    public let refusal: String?
    public let digest: String?
    public let count: Int?
    public let permit: String?
    /// SHA-256 of the id of the person.
    public let person: String?
    public let reason: String?
}

extension AuditLog {
    /// The entries from number `first` on, at most `limit`, without any check.
    public static func entries(
        path: String, from first: Int = 1, limit: Int = .max, files: any FileSystem = PosixFileSystem()
    ) throws(AuditError) -> [AuditEntry] {
        var found: [AuditEntry] = []
        do {
            _ = try AuditScan.lines(path, from: 0, files) { line in
                guard found.count < limit else { return false }
                guard let links = AuditLine.links(line), links.sequence >= first,
                    let entry = try? JSONDecoder().decode(AuditEntry.self, from: Data(line))
                else { return true }
                found.append(entry)
                return true
            }
        } catch {
            throw .file(error)
        }
        return found
    }
}
