import Runtime

/// The digests of objects that a person has released, a line each: a manifest says of them that somebody has looked.
struct ReleasedObjects: Sendable {
    private let path: String
    private let files: any FileSystem

    init(_ folder: NodeFolder, files: any FileSystem) {
        path = FilePath.join(folder.path, "released.log")
        self.files = files
    }

    func add(_ digest: String) throws(FileError) {
        let file = try files.openForAppending(path, mode: 0o600)
        try file.write(Array((digest + "\n").utf8)[...])
        try file.sync()
        try file.close()
    }

    func all() throws(FileError) -> Set<String> {
        guard try files.exists(path) else { return [] }
        let text = String(decoding: try files.read(path, limit: 1 << 30), as: UTF8.self)
        return Set(text.split(separator: "\n").map(String.init))
    }
}
