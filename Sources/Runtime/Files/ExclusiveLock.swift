import Glibc

/// A lock on a folder's work that one process holds at a time; the system frees it when the process ends, however.
public struct ExclusiveLock: Sendable {
    private let descriptor: Descriptor

    /// Takes the lock, or returns nil at once where another process holds it.
    public static func take(_ path: String) throws(FileError) -> ExclusiveLock? {
        let descriptor = try Posix.open(path, O_RDWR | O_CREAT | O_CLOEXEC, mode: 0o600, operation: "open")
        if flock(descriptor, LOCK_EX | LOCK_NB) == 0 { return ExclusiveLock(descriptor: Descriptor(descriptor)) }
        let code = errno
        _ = Glibc.close(descriptor)
        if code == EWOULDBLOCK { return nil }
        throw FileError(operation: "lock", path: path, code: code)
    }

    /// Gives the lock back.
    public func release() { _ = descriptor.close() }
}
