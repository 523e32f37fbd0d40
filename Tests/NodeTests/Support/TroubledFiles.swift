import Glibc
import Runtime
import Synchronization

/// The machine's file system, which remembers what was opened for reading, and has a file vanish or break.
final class TroubledFiles: FileSystem {
    private let base = PosixFileSystem()
    private let paths = Mutex<[String]>([])
    private let vanishing: String?
    private let breaking: String?

    /// `vanishing`, `breaking`: how the path of the file ends that is gone when it is opened, or whose second read fails.
    init(vanishing: String? = nil, breaking: String? = nil) {
        self.vanishing = vanishing
        self.breaking = breaking
    }

    var opened: [String] { paths.withLock { $0 } }

    func openForReading(_ path: String) throws(FileError) -> any ReadableFile {
        paths.withLock { $0.append(path) }
        if let vanishing, path.hasSuffix(vanishing) { try base.remove(path) }
        let file = try base.openForReading(path)
        return breaking.map { path.hasSuffix($0) } == true ? BrokenFile(base: file, path: path) : file
    }

    private final class BrokenFile: ReadableFile {
        let base: any ReadableFile
        let path: String
        private let reads = Mutex(0)

        init(base: any ReadableFile, path: String) {
            self.base = base
            self.path = path
        }

        var count: Int { base.count }
        func close() { base.close() }

        func read(at offset: Int, count: Int) throws(FileError) -> [UInt8] {
            let number = reads.withLock { reads in
                reads += 1
                return reads
            }
            if number > 1 { throw FileError(operation: "read", path: path, code: EIO) }
            return try base.read(at: offset, count: count)
        }
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
