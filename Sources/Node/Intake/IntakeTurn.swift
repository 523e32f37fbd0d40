import Catalogue
import Runtime

/// The turn of one intake, or of one release: keeps others out, and clears away what one that was cut off has left behind.
///
/// A mark on the disk tells whether the last one came to its end. After one that did not, the store may hold objects
/// that the index does not know; they go, and the same files make them again.
struct IntakeTurn {
    private let files: any FileSystem
    private let lock: ExclusiveLock
    private let mark: String

    init(folder: NodeFolder, files: any FileSystem) throws(IntakeError) {
        self.files = files
        mark = FilePath.join(folder.path, "intake.unfinished")
        let taken: ExclusiveLock?
        do throws(FileError) {
            taken = try ExclusiveLock.take(folder.intakeLock)
        } catch {
            throw .file(error)
        }
        guard let taken else { throw .alreadyRunning(folder: folder.path) }
        lock = taken
    }

    /// Before the first file.
    func clearUp(_ store: ObjectStore, _ index: Index, _ output: OutputTree?) throws(IntakeError) {
        do {
            if try files.exists(mark) {
                let known = try index.digests()
                if let output { try moveOn(store, index, known, to: output) }
                try store.sweep { known.contains($0) }
            } else {
                try store.sweep()
            }
            try files.create(mark, mode: 0o600, replacing: true).close()
        } catch let error as FileError {
            throw .file(error)
        } catch {
            throw .index("\(error)")
        }
    }

    /// Objects that are indexed and were not moved to the output any more go there now.
    private func moveOn(_ store: ObjectStore, _ index: Index, _ known: Set<String>, to output: OutputTree) throws {
        for digest in try store.digests() where known.contains(digest) {
            guard let place = try index.place(of: digest) else { continue }
            try output.move(
                store.path(of: digest),
                to: OutputTree.place(
                    patient: place.patient, study: place.study, series: place.series, instance: place.instance))
        }
        try output.settle()
    }

    /// Whether the last one was cut off.
    func isUnfinished() throws(FileError) -> Bool { try files.exists(mark) }

    /// After the last file.
    func isThrough() {
        // A mark that cannot be removed costs the next intake a look at the whole store, no more.
        try? files.remove(mark)
    }

    func end() { lock.release() }
}
