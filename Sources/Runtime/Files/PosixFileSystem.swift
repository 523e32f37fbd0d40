import CSyscalls
import Glibc

/// The machine's own file system.
public struct PosixFileSystem: FileSystem {
    public init() {}

    public func openForReading(_ path: String) throws(FileError) -> any ReadableFile {
        // O_NONBLOCK: opening a pipe that nobody writes to must not hang; it is refused below.
        let descriptor = try Posix.open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK, operation: "open")
        var status = stat()
        guard fstat(descriptor, &status) == 0 else {
            let code = errno
            _ = Glibc.close(descriptor)
            throw FileError(operation: "open", path: path, code: code)
        }
        guard status.st_mode & S_IFMT == S_IFREG else {
            _ = Glibc.close(descriptor)
            throw FileError(operation: "open", path: path, code: status.st_mode & S_IFMT == S_IFDIR ? EISDIR : EINVAL)
        }
        return PosixReadableFile(path: path, descriptor: descriptor, count: Int(status.st_size))
    }

    public func create(_ path: String, mode: UInt32, replacing: Bool) throws(FileError) -> any WritableFile {
        let flags = O_WRONLY | O_CREAT | O_CLOEXEC | O_NOFOLLOW | (replacing ? O_TRUNC : O_EXCL)
        return PosixWritableFile(
            path: path, descriptor: try Posix.open(path, flags, mode: mode, operation: "create"))
    }

    public func openForAppending(_ path: String, mode: UInt32) throws(FileError) -> any WritableFile {
        PosixWritableFile(
            path: path,
            descriptor: try Posix.open(path, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, mode: mode, operation: "open"))
    }

    public func rename(_ from: String, to: String) throws(FileError) {
        try Posix.check(Glibc.rename(from, to), operation: "rename", path: from)
    }

    public func remove(_ path: String) throws(FileError) {
        try Posix.check(Glibc.remove(path), operation: "remove", path: path)
    }

    public func createDirectory(_ path: String, mode: UInt32) throws(FileError) {
        if mkdir(path, mode) == 0 { return }
        if errno == ENOENT, FilePath.parent(path) != path {
            try createDirectory(FilePath.parent(path), mode: mode)
            if mkdir(path, mode) == 0 { return }
        }
        let code = errno
        if code == EEXIST {
            var status = stat()
            if stat(path, &status) == 0, status.st_mode & S_IFMT == S_IFDIR { return }
        }
        throw FileError(operation: "create the folder", path: path, code: code)
    }

    public func attributes(_ path: String) throws(FileError) -> FileAttributes? {
        var status = stat()
        guard lstat(path, &status) == 0 else {
            if errno == ENOENT || errno == ENOTDIR { return nil }
            throw FileError(operation: "look at", path: path, code: errno)
        }
        let kind: FileAttributes.Kind =
            switch status.st_mode & S_IFMT {
            case S_IFREG: .file
            case S_IFDIR: .directory
            case S_IFLNK: .symbolicLink
            default: .other
            }
        return FileAttributes(
            kind: kind, size: Int(status.st_size), mode: status.st_mode & 0o7777,
            modified: Int64(status.st_mtim.tv_sec) &* 1_000_000_000 &+ Int64(status.st_mtim.tv_nsec))
    }

    public func list(_ path: String) throws(FileError) -> [String] {
        guard let directory = opendir(path) else {
            throw FileError(operation: "list the folder", path: path, code: errno)
        }
        defer { closedir(directory) }
        var names: [String] = []
        while true {
            errno = 0
            guard let entry = readdir(directory) else {
                if errno != 0 { throw FileError(operation: "list the folder", path: path, code: errno) }
                break
            }
            // d_name is a NUL-terminated array inside the entry, valid until the next readdir; it is copied here.
            let name = withUnsafePointer(to: &entry.pointee.d_name) { field in
                field.withMemoryRebound(to: CChar.self, capacity: MemoryLayout.size(ofValue: field.pointee)) {
                    String(cString: $0)
                }
            }
            if name != "." && name != ".." { names.append(name) }
        }
        return names.sorted()
    }

    public func syncDirectory(_ path: String) throws(FileError) {
        let descriptor = try Posix.open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC, operation: "open the folder")
        defer { _ = Glibc.close(descriptor) }
        try Posix.check(fsync(descriptor), operation: "sync the folder", path: path)
    }

    public func syncFileSystem(_ path: String) throws(FileError) {
        let descriptor = try Posix.open(path, O_RDONLY | O_CLOEXEC, operation: "open")
        defer { _ = Glibc.close(descriptor) }
        try Posix.check(atles_syncfs(descriptor), operation: "sync the file system of", path: path)
    }
}
