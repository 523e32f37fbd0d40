public import Runtime

/// The two folders of a run without a node: what may leave the hospital, and what stays.
///
/// `OUT` holds de-identified objects, tables, the report and the manifest, and nothing else. `OUT.private`, mode 0700, is
/// a node's folder in small: index, vault, what was set aside and what waits for a person.
struct WorkFolders: Sendable {
    /// Absolute.
    let output: String
    let inputs: [String]
    let privateFolder: NodeFolder

    /// Checks that the folders do not lie in one another, and that the output is empty or a run's own.
    init(
        inputs: [String], output: String, privateFolder: String?, files: any FileSystem
    ) throws(StandaloneError) {
        guard let output = FilePath.absolute(output) else { throw .noSuchPath(output) }
        self.output = output
        let hidden = privateFolder ?? output + ".private"
        guard let hidden = FilePath.absolute(hidden) else { throw .noSuchPath(hidden) }
        self.privateFolder = NodeFolder(hidden)
        var roots: [String] = []
        for input in inputs {
            guard let root = FilePath.absolute(input) else { throw .noSuchPath(input) }
            for folder in [output, hidden] where Self.overlap(root, folder) {
                throw .nested(input: root, folder: folder)
            }
            guard Self.isThere(root, files) else { throw .noSuchPath(input) }
            roots.append(root)
        }
        if Self.overlap(output, hidden) { throw .nested(input: hidden, folder: output) }
        self.inputs = roots
        try check(files)
    }

    private func check(_ files: any FileSystem) throws(StandaloneError) {
        do throws(FileError) {
            guard try !files.exists(privateFolder.continuity), try files.exists(output) else { return }
            guard try files.list(output).isEmpty else { throw FileError(operation: "", path: "", code: 0) }
        } catch {
            throw error.code == 0 ? .notEmpty(output: output, privateFolder: privateFolder.path) : .file(error)
        }
    }

    private static func isThere(_ path: String, _ files: any FileSystem) -> Bool {
        (try? files.exists(path)) ?? false
    }

    private static func overlap(_ one: String, _ other: String) -> Bool {
        func holds(_ folder: String, _ path: String) -> Bool {
            path == folder || path.hasPrefix(folder.hasSuffix("/") ? folder : folder + "/")
        }
        return holds(one, other) || holds(other, one)
    }
}

/// Why a run without a node did not begin.
public enum StandaloneError: Error, Equatable, Sendable, CustomStringConvertible {
    case noSuchPath(String)
    case nested(input: String, folder: String)
    case notEmpty(output: String, privateFolder: String)
    case file(FileError)

    public var description: String {
        switch self {
        case .noSuchPath(let path): "there is nothing at \(path): check the path"
        case .nested(let input, let folder):
            "\(input) and \(folder) lie in one another: originals and what is made of them must be apart; choose another folder"
        case .notEmpty(let output, let privateFolder):
            """
            \(output) is not empty, and there is no \(privateFolder) from an earlier run that would go on there: choose \
            an empty folder, or name the earlier run's with --private
            """
        case .file(let error): error.description
        }
    }
}
