import Catalogue
import Runtime
import Synchronization

/// Where a run without a node puts its objects: `patient/study/series/object.dcm`, all of them pseudonyms and new UIDs.
///
/// Objects come from the store by being renamed, after they are durable and indexed: what is in the tree is complete.
final class OutputTree: Sendable {
    let root: String
    private let files: any FileSystem
    private let made = Mutex<Set<String>>([])

    init(_ root: String, files: any FileSystem) {
        self.root = root
        self.files = files
    }

    /// The place of an object, relative to the root.
    static func place(patient: String, study: String, series: String, instance: String) -> String {
        [patient, study, series, instance + ".dcm"].map(name).joined(separator: "/")
    }

    /// Moves an object from `path` to its place. Made durable by ``settle()``.
    func move(_ path: String, to place: String) throws(FileError) {
        let target = FilePath.join(root, place)
        let folder = FilePath.parent(target)
        if !made.withLock({ $0.contains(folder) }) {
            try files.createDirectory(folder, mode: 0o700)
            made.withLock { _ = $0.insert(folder) }
        }
        try files.rename(path, to: target)
    }

    /// Removes a second copy of an object whose place is taken. Where it is not, another thread is about to move that same
    /// copy there.
    func drop(_ path: String, at place: String) throws(FileError) {
        guard try files.exists(FilePath.join(root, place)) else { return }
        try? files.remove(path)
    }

    /// Returns when everything that was moved stays where it is.
    func settle() throws(FileError) { try files.syncFileSystem(root) }

    /// A pseudonym or UID as a file's name: nothing that could lead elsewhere is left of it.
    private static func name(_ text: String) -> String {
        let kept = text.utf8.map { byte in
            switch byte {
            case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
                UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "."), UInt8(ascii: "-"):
                byte
            default: UInt8(ascii: "_")
            }
        }
        let name = String(decoding: kept.prefix(100), as: UTF8.self)
        return name.allSatisfy({ $0 == "." }) ? "_" : name
    }
}
