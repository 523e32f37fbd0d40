import Glibc
public import Runtime
import Synchronization

/// The machine's file system with one planned fault: the Nth changing operation fails, and all after it.
///
/// Counted are the operations that change or sync something (create, write, sync, rename, remove, folders). After the
/// fault every further change fails too, as on a full or broken disk, until the test opens a fresh file system.
public final class FaultyFileSystem: FileSystem {
    public enum Fault: Sendable, CaseIterable {
        /// The device reports an error (EIO).
        case inputOutput
        /// The disk is full (ENOSPC).
        case diskFull
        /// Half of the bytes are written, then the disk is full.
        case tornWrite

        var code: Int32 { self == .inputOutput ? EIO : ENOSPC }
    }

    private let base = PosixFileSystem()
    private let fault: Fault
    private let failing: Int
    private let performed = Mutex(0)

    /// Fails the operation number `failing`, counted from 1; 0 fails none.
    public init(_ fault: Fault, at failing: Int) {
        self.fault = fault
        self.failing = failing
    }

    /// How many changing operations were asked for so far.
    public var operations: Int { performed.withLock { $0 } }

    /// Whether the planned fault has happened.
    public var hasFailed: Bool { failing > 0 && operations >= failing }

    fileprivate func count(_ operation: String, _ path: String) throws(FileError) {
        let number = performed.withLock { value in
            value += 1
            return value
        }
        if failing > 0, number >= failing { throw FileError(operation: operation, path: path, code: fault.code) }
    }

    public func openForReading(_ path: String) throws(FileError) -> any ReadableFile {
        try base.openForReading(path)
    }

    public func create(_ path: String, mode: UInt32, replacing: Bool) throws(FileError) -> any WritableFile {
        try count("create", path)
        return FaultyFile(base: try base.create(path, mode: mode, replacing: replacing), path: path, owner: self)
    }

    public func openForAppending(_ path: String, mode: UInt32) throws(FileError) -> any WritableFile {
        try count("open", path)
        return FaultyFile(base: try base.openForAppending(path, mode: mode), path: path, owner: self)
    }

    public func rename(_ from: String, to: String) throws(FileError) {
        try count("rename", from)
        try base.rename(from, to: to)
    }

    public func remove(_ path: String) throws(FileError) {
        try count("remove", path)
        try base.remove(path)
    }

    public func createDirectory(_ path: String, mode: UInt32) throws(FileError) {
        try count("create the folder", path)
        try base.createDirectory(path, mode: mode)
    }

    public func attributes(_ path: String) throws(FileError) -> FileAttributes? { try base.attributes(path) }

    public func list(_ path: String) throws(FileError) -> [String] { try base.list(path) }

    public func syncDirectory(_ path: String) throws(FileError) {
        try count("sync the folder", path)
        try base.syncDirectory(path)
    }

    public func syncFileSystem(_ path: String) throws(FileError) {
        try count("sync the file system of", path)
        try base.syncFileSystem(path)
    }

    private struct FaultyFile: WritableFile {
        let base: any WritableFile
        let path: String
        let owner: FaultyFileSystem

        func write(_ bytes: ArraySlice<UInt8>) throws(FileError) {
            do {
                try owner.count("write", path)
            } catch {
                if owner.fault == .tornWrite { try? base.write(bytes.prefix(bytes.count / 2)) }
                throw error
            }
            try base.write(bytes)
        }

        func sync() throws(FileError) {
            try owner.count("sync", path)
            try base.sync()
        }

        func close() throws(FileError) { try base.close() }
    }
}
