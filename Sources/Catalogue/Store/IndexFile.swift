import Glibc

/// The file that holds the index, and its side files: the paths of files that were set aside are in them, which may hold
/// patients' names. Nobody else on the machine may read them, whatever the folder and the umask.
enum IndexFile {
    private static let mode: mode_t = 0o600

    /// Makes an empty file with that mode where there is none, and takes others' rights from what is there. SQLite gives
    /// new side files the mode of the main one.
    static func protect(_ path: String) throws(IndexError) {
        // Made without being opened: closing any descriptor of it would drop the locks that SQLite holds on it in this
        // process, for another connection.
        if mknod(path, S_IFREG | mode, 0) != 0, errno != EEXIST {
            throw errno == ENOSPC || errno == EDQUOT ? .diskFull : .cannotOpen(path: path)
        }
        for file in [path, path + "-wal", path + "-shm"] {
            var status = stat()
            guard stat(file, &status) == 0, status.st_mode & 0o077 != 0 else { continue }
            // A side file goes when its last user closes it.
            if chmod(file, mode) != 0, errno != ENOENT {
                throw .failed("others may read \(file), and that cannot be changed: give it the mode 0600")
            }
        }
    }
}
