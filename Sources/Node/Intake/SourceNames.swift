import Catalogue
import Curation
import Runtime

/// Names for files that say nothing of them: paths may hold patients' names.
struct SourceNames: Sendable {
    private let secret: [UInt8]

    init(_ pseudonyms: Pseudonymizer) {
        secret = pseudonyms.digest(.source, [])
    }

    /// Names the file and what is in it now.
    func key(of file: FoundFile) -> SourceKey { key(of: file.path, size: file.size, modified: file.modified) }

    /// Names a place of which nothing more is known.
    func key(of path: String, size: Int = 0, modified: Int64 = 0) -> SourceKey {
        SourceKey(path: path, size: size, modified: modified, key: secret)
    }

    /// What the copy in quarantine is called: by the place alone, so that a later version takes the place of the former.
    func copyName(of key: SourceKey) -> String { Hex.text(key.place) }
}
