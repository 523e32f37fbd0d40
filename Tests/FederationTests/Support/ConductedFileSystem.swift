import Runtime
import Synchronization

/// The machine's file system, on a disk that is full while a test says so, and that tells when a file is opened for reading.
final class ConductedFileSystem: FileSystem {
    private let base = PosixFileSystem()
    private let full = Mutex(false)
    private let onReading: @Sendable (String) -> Void

    init(onReading: @escaping @Sendable (String) -> Void = { _ in }) { self.onReading = onReading }

    var isFull: Bool {
        get { full.withLock { $0 } }
        set { full.withLock { $0 = newValue } }
    }

    fileprivate func check(_ path: String) throws(FileError) {
        if isFull { throw FileError(operation: "write", path: path, code: 28) }
    }

    func openForReading(_ path: String) throws(FileError) -> any ReadableFile {
        onReading(path)
        return try base.openForReading(path)
    }
    func create(_ path: String, mode: UInt32, replacing: Bool) throws(FileError) -> any WritableFile {
        try check(path)
        return try base.create(path, mode: mode, replacing: replacing)
    }
    func openForAppending(_ path: String, mode: UInt32) throws(FileError) -> any WritableFile {
        File(base: try base.openForAppending(path, mode: mode), path: path, disk: self)
    }
    func rename(_ from: String, to: String) throws(FileError) { try base.rename(from, to: to) }
    func remove(_ path: String) throws(FileError) { try base.remove(path) }
    func createDirectory(_ path: String, mode: UInt32) throws(FileError) { try base.createDirectory(path, mode: mode) }
    func attributes(_ path: String) throws(FileError) -> FileAttributes? { try base.attributes(path) }
    func list(_ path: String) throws(FileError) -> [String] { try base.list(path) }
    func syncDirectory(_ path: String) throws(FileError) { try base.syncDirectory(path) }
    func syncFileSystem(_ path: String) throws(FileError) { try base.syncFileSystem(path) }

    private struct File: WritableFile {
        let base: any WritableFile
        let path: String
        let disk: ConductedFileSystem

        /// A full disk still takes the first half.
        func write(_ bytes: ArraySlice<UInt8>) throws(FileError) {
            if disk.isFull { try base.write(bytes.prefix(bytes.count / 2)) }
            try disk.check(path)
            try base.write(bytes)
        }
        func sync() throws(FileError) {
            try disk.check(path)
            try base.sync()
        }
        func close() throws(FileError) { try base.close() }
    }
}
