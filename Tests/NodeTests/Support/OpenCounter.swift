import Runtime
import Synchronization

/// The machine's file system, which remembers what was opened for reading, and may have files vanish.
final class OpenCounter: FileSystem {
    private let base = PosixFileSystem()
    private let paths = Mutex<[String]>([])
    private let vanishing: String?

    init(vanishing: String? = nil) { self.vanishing = vanishing }

    var opened: [String] { paths.withLock { $0 } }

    func openForReading(_ path: String) throws(FileError) -> any ReadableFile {
        paths.withLock { $0.append(path) }
        if let vanishing, path.hasSuffix(vanishing) { try base.remove(path) }
        return try base.openForReading(path)
    }

    func create(_ path: String, mode: UInt32, replacing: Bool) throws(FileError) -> any WritableFile {
        try base.create(path, mode: mode, replacing: replacing)
    }

    func openForAppending(_ path: String, mode: UInt32) throws(FileError) -> any WritableFile {
        try base.openForAppending(path, mode: mode)
    }

    func rename(_ from: String, to: String) throws(FileError) { try base.rename(from, to: to) }
    func remove(_ path: String) throws(FileError) { try base.remove(path) }
    func createDirectory(_ path: String, mode: UInt32) throws(FileError) { try base.createDirectory(path, mode: mode) }
    func attributes(_ path: String) throws(FileError) -> FileAttributes? { try base.attributes(path) }
    func list(_ path: String) throws(FileError) -> [String] { try base.list(path) }
    func syncDirectory(_ path: String) throws(FileError) { try base.syncDirectory(path) }
    func syncFileSystem(_ path: String) throws(FileError) { try base.syncFileSystem(path) }
}
