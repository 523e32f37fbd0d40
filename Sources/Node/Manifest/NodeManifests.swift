import Catalogue
import Curation
import Runtime

/// A node's manifests: one for each intake that brought something, in a folder, each signed.
///
/// Objects are numbered in the index. A manifest begins where the one before it ended, so that an intake that was killed
/// leaves no object without one: the next names it.
struct NodeManifests: Sendable {
    let folder: NodeFolder
    let files: any FileSystem
    let clock: WallClock

    private var last: String { FilePath.join(folder.manifests, "last") }

    func write(
        _ summary: IntakeSummary, _ index: Index, _ deidentifier: Deidentifier, started: String
    ) throws {
        try files.createDirectory(folder.manifests, mode: 0o700)
        let number = try lastNumber()
        guard try !index.places(after: number, limit: 1).isEmpty else { return }
        let name = started.filter { $0.isNumber } + "-\(number)"
        let written = try ManifestFile(
            index: index, files: files, clock: clock, deidentifier: deidentifier,
            released: try ReleasedObjects(folder, files: files).all()
        ).write(
            to: FilePath.join(folder.manifests, name + ".jsonl"), after: number, started: started,
            heldBack: summary.heldBack
        ) { "objects/\($0.digest.prefix(2))/\($0.digest).dcm" }
        try files.writeAtomically(Array("\(written.last)\n".utf8), to: last, mode: 0o600)
    }

    private func lastNumber() throws -> Int64 {
        guard try files.exists(last) else { return 0 }
        let text = String(decoding: try files.read(last, limit: 64), as: UTF8.self)
        return Int64(text.filter { !$0.isWhitespace }) ?? 0
    }
}
