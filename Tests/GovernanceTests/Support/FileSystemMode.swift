import Glibc

enum FileSystemMode {
    /// Sets the permission bits of a file.
    static func set(_ path: String, _ mode: UInt32) throws {
        struct Failed: Error {}
        if chmod(path, mode) != 0 { throw Failed() }
    }
}
