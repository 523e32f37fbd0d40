public import Cohort
import FoundationEssentials
public import Runtime
import Synchronization

/// What each site last said of its data set.
public final class CardRegistry: Sendable {
    private let folder: String
    private let files: any FileSystem
    private let cards: Mutex<[String: DataSetCard]>

    /// Reads what was stored before.
    public init(folder: String, files: any FileSystem) throws(FileError) {
        self.folder = folder
        self.files = files
        try files.createDirectory(folder, mode: 0o700)
        var known: [String: DataSetCard] = [:]
        for name in try files.list(folder) where name.hasSuffix(".json") {
            let bytes = try files.read(FilePath.join(folder, name), limit: 4 << 20)
            known[String(name.dropLast(5))] = try? JSONDecoder().decode(DataSetCard.self, from: Data(bytes))
        }
        cards = Mutex(known)
    }

    /// Stores a card durably. `site` is an admitted site's id: a slug, safe as a file's name.
    public func put(_ card: DataSetCard, of site: String) throws {
        try files.writeAtomically(
            [UInt8](try JSONEncoder().encode(card)), to: FilePath.join(folder, site + ".json"), mode: 0o600)
        cards.withLock { $0[site] = card }
    }

    public subscript(site: String) -> DataSetCard? { cards.withLock { $0[site] } }
}
