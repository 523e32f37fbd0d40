/// What Atles does to files: every durable byte goes through here, so that a test can fail the Nth operation.
///
/// Paths are absolute or relative to the working directory. Every method throws ``FileError``.
public protocol FileSystem: Sendable {
    /// Opens an existing regular file for reading. Refuses folders, devices, sockets and pipes.
    func openForReading(_ path: String) throws(FileError) -> any ReadableFile
    /// Makes a new, empty file and opens it for writing; an existing one is an error unless `replacing`.
    func create(_ path: String, mode: UInt32, replacing: Bool) throws(FileError) -> any WritableFile
    /// Opens a file to write at its end, making it when it is not there.
    func openForAppending(_ path: String, mode: UInt32) throws(FileError) -> any WritableFile
    /// Renames atomically; what was at `to` is replaced.
    func rename(_ from: String, to: String) throws(FileError)
    func remove(_ path: String) throws(FileError)
    /// Makes the folder and those above it; one that exists already is no error.
    func createDirectory(_ path: String, mode: UInt32) throws(FileError)
    /// What is at `path`, symbolic links not followed; nil where there is nothing.
    func attributes(_ path: String) throws(FileError) -> FileAttributes?
    /// The names in a folder, without `.` and `..`, sorted.
    func list(_ path: String) throws(FileError) -> [String]
    /// Makes renames and new names in the folder durable.
    func syncDirectory(_ path: String) throws(FileError)
    /// Makes everything written so far to the file system that holds `path` durable: one call for a whole batch.
    func syncFileSystem(_ path: String) throws(FileError)
}

/// An open file that is read by position.
public protocol ReadableFile: Sendable {
    /// Bytes in the file when it was opened.
    var count: Int { get }
    /// Up to `count` bytes from `offset`; fewer only at the end of the file.
    func read(at offset: Int, count: Int) throws(FileError) -> [UInt8]
    /// Closes the file. Reading afterwards throws.
    func close()
}

/// An open file that is written from front to back.
public protocol WritableFile: Sendable {
    func write(_ bytes: ArraySlice<UInt8>) throws(FileError)
    /// Returns when the content has reached the disk.
    func sync() throws(FileError)
    func close() throws(FileError)
}

/// What is at a path.
public struct FileAttributes: Sendable, Equatable {
    public enum Kind: Sendable, Equatable { case file, directory, symbolicLink, other }
    public var kind: Kind
    /// Bytes in it.
    public var size: Int
    /// Permission bits (0o600).
    public var mode: UInt32
    /// When its content last changed: nanoseconds since 1970.
    public var modified: Int64

    public init(kind: Kind, size: Int, mode: UInt32, modified: Int64) {
        self.kind = kind
        self.size = size
        self.mode = mode
        self.modified = modified
    }
}

extension FileSystem {
    /// The whole file, or an error (`EFBIG`) where it holds more than `limit` bytes.
    public func read(_ path: String, limit: Int) throws(FileError) -> [UInt8] {
        let file = try openForReading(path)
        defer { file.close() }
        guard file.count <= limit else { throw FileError(operation: "read", path: path, code: FileError.tooLarge) }
        return try file.read(at: 0, count: file.count)
    }

    /// Writes the whole file so that after a crash either the old or the new content is there, never a part.
    public func writeAtomically(_ bytes: [UInt8], to path: String, mode: UInt32) throws(FileError) {
        // A name of its own for each writer: two processes may write the same file at once, and the last one wins whole.
        let temporary = "\(path).\(TemporaryName.next()).new"
        let file = try create(temporary, mode: mode, replacing: true)
        do {
            try file.write(bytes[...])
            try file.sync()
            try file.close()
        } catch {
            try? file.close()
            try? remove(temporary)
            throw error
        }
        try rename(temporary, to: path)
        try syncDirectory(FilePath.parent(path))
    }

    /// Whether there is anything at `path`.
    public func exists(_ path: String) throws(FileError) -> Bool {
        try attributes(path) != nil
    }
}
