import Curation
public import Runtime

/// Checks a folder against its manifest: every object there, none changed, none that is not in it.
public enum ManifestCheck {
    /// What was found. Throws ``ManifestError`` where the manifest itself is not what was signed.
    public struct Outcome: Sendable, Equatable, Codable {
        public var objects = 0
        /// Paths that the manifest names and the folder does not have.
        public var missing: [String] = []
        /// Paths whose bytes are others.
        public var changed: [String] = []
        /// DICOM files that the manifest does not name.
        public var extra: [String] = []
        public var profile = ""
        public var finished = ""

        public var isInOrder: Bool { missing.isEmpty && changed.isEmpty && extra.isEmpty }
    }

    /// - Parameters:
    ///   - folder: with `manifest.jsonl` in it.
    ///   - publicKey: the site's, 64 hexadecimal digits.
    public static func run(
        folder: String, publicKey: String, files: any FileSystem = PosixFileSystem()
    ) throws -> Outcome {
        var outcome = Outcome()
        var reader = ManifestReader()
        var named = Set<String>()
        let manifest = try files.openForReading(FilePath.join(folder, "manifest.jsonl"))
        defer { manifest.close() }
        var offset = 0
        while offset < manifest.count {
            let bytes = try manifest.read(at: offset, count: 1 << 20)
            if bytes.isEmpty { break }
            offset += bytes.count
            try reader.read(bytes) { entry in
                named.insert(entry.path)
                outcome.objects += 1
                // A path that leads elsewhere is no path of this folder.
                guard !entry.path.split(separator: "/").contains(".."), !entry.path.hasPrefix("/"),
                    try files.exists(FilePath.join(folder, entry.path))
                else { return outcome.missing.append(entry.path) }
                let hash = try digest(FilePath.join(folder, entry.path), files)
                if hash != entry.sha256 { outcome.changed.append(entry.path) }
            }
        }
        let progress = try reader.finish(publicKey: publicKey)
        outcome.profile = progress.heading?.profile ?? ""
        outcome.finished = progress.sums.finished
        let prefix = folder.hasSuffix("/") ? folder : folder + "/"
        for entry in FileWalk([folder], files: files) {
            guard case .file(let file) = entry, file.path.hasSuffix(".dcm"), file.path.hasPrefix(prefix) else {
                continue
            }
            let path = String(file.path.dropFirst(prefix.count))
            if !named.contains(path) { outcome.extra.append(path) }
        }
        return outcome
    }

    private static func digest(_ path: String, _ files: any FileSystem) throws -> String {
        let file = try files.openForReading(path)
        defer { file.close() }
        var hash = ManifestHash()
        var offset = 0
        while offset < file.count {
            let bytes = try file.read(at: offset, count: 1 << 20)
            if bytes.isEmpty { break }
            hash.update(bytes)
            offset += bytes.count
        }
        return hash.finish()
    }
}
