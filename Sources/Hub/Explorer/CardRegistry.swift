public import Cohort
import FoundationEssentials
public import Runtime
import Synchronization

/// What each site last said of its data set.
public final class CardRegistry: Sendable {
    private let folder: String
    private let files: any FileSystem
    private let cards: Mutex<[String: DataSetCard]>

    /// The largest card that is kept, in bytes; one of every attribute, many makers and fifty data sets is half of it.
    static let largest = 1 << 20

    /// Reads what was stored before. A card that cannot be read is as if the site had not described itself yet: it will
    /// again.
    public init(folder: String, files: any FileSystem) throws(FileError) {
        self.folder = folder
        self.files = files
        try files.createDirectory(folder, mode: 0o700)
        var known: [String: DataSetCard] = [:]
        for name in try files.list(folder) where name.hasSuffix(".json") {
            guard let bytes = try? files.read(FilePath.join(folder, name), limit: 2 * Self.largest) else { continue }
            known[String(name.dropLast(5))] = try? JSONDecoder().decode(DataSetCard.self, from: Data(bytes))
        }
        cards = Mutex(known)
    }

    /// Stores a card durably, from its JSON form. `site` is an admitted site's id: a slug, safe as a file's name.
    public func put(_ json: [UInt8], of site: String) throws {
        guard json.count <= Self.largest else { throw CardError.tooLarge }
        let card = try JSONDecoder().decode(DataSetCard.self, from: Data(json))
        try files.writeAtomically(
            [UInt8](try JSONEncoder().encode(card)), to: FilePath.join(folder, site + ".json"), mode: 0o600)
        cards.withLock { $0[site] = card }
    }

    public subscript(site: String) -> DataSetCard? { cards.withLock { $0[site] } }
}

/// A card that is not one.
enum CardError: Error, Equatable, CustomStringConvertible {
    case tooLarge

    var description: String { "the card is larger than \(CardRegistry.largest >> 10) KiB" }
}
