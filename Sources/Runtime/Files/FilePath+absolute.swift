import Glibc

extension FilePath {
    /// `path` from the root, without `.`, `..` and doubled slashes. Symbolic links are not looked at.
    ///
    /// Nil where the working directory is gone.
    public static func absolute(_ path: String) -> String? {
        var whole = path
        if !path.hasPrefix("/") {
            guard let directory = getcwd(nil, 0) else { return nil }
            // getcwd with a nil buffer returns memory that the caller frees.
            defer { free(directory) }
            whole = String(cString: directory) + "/" + path
        }
        var parts: [Substring] = []
        for part in whole.split(separator: "/") where part != "." {
            if part == ".." { _ = parts.popLast() } else { parts.append(part) }
        }
        return "/" + parts.joined(separator: "/")
    }
}
