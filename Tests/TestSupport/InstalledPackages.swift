public import Foundation

/// Files of the Python packages that `./test` installs: real data that is read where it lies and is not part of this
/// project.
public enum InstalledPackages {
    private static let folder: URL? = {
        let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent()
        let library = root.appending(path: ".venv/lib")
        let versions = (try? FileManager.default.contentsOfDirectory(atPath: library.path)) ?? []
        return versions.first { $0.hasPrefix("python3") }.map { library.appending(path: "\($0)/site-packages") }
    }()

    /// The file's bytes; nil where its package is not installed.
    public static func data(_ file: String) -> Data? {
        folder.flatMap { try? Data(contentsOf: $0.appending(path: file)) }
    }
}
