import Runtime
import Synchronization

/// The machine's file system, writing down in which order things are made durable.
final class RecordingFileSystem: FileSystem {
    private let base = PosixFileSystem()
    private let recorded = Mutex<[String]>([])

    var steps: [String] { recorded.withLock { $0 } }

    func forget() { recorded.withLock { $0 = [] } }

    private func record(_ step: String, _ path: String) {
        recorded.withLock { $0.append("\(step) \(FilePath.name(path))") }
    }

    func openForReading(_ path: String) throws(FileError) -> any ReadableFile { try base.openForReading(path) }

    func create(_ path: String, mode: UInt32, replacing: Bool) throws(FileError) -> any WritableFile {
        try base.create(path, mode: mode, replacing: replacing)
    }

    func openForAppending(_ path: String, mode: UInt32) throws(FileError) -> any WritableFile {
        try base.openForAppending(path, mode: mode)
    }

    func rename(_ from: String, to: String) throws(FileError) {
        record("rename", to)
        try base.rename(from, to: to)
    }

    func remove(_ path: String) throws(FileError) { try base.remove(path) }

    func createDirectory(_ path: String, mode: UInt32) throws(FileError) {
        record("create", path)
        try base.createDirectory(path, mode: mode)
    }

    func attributes(_ path: String) throws(FileError) -> FileAttributes? { try base.attributes(path) }

    func list(_ path: String) throws(FileError) -> [String] { try base.list(path) }

    func syncDirectory(_ path: String) throws(FileError) {
        record("syncDirectory", path)
        try base.syncDirectory(path)
    }

    func syncFileSystem(_ path: String) throws(FileError) {
        record("syncFileSystem", path)
        try base.syncFileSystem(path)
    }
}
