/// The files under paths, one after another, in the order of their names: a folder of any size needs memory for the names
/// of one folder per level.
///
/// Symbolic links to files count as files; links to folders are followed only where they are given themselves, so that a
/// loop has no beginning. Pipes, sockets and devices are refused, and so is a folder that cannot be listed.
public struct FileWalk: Sequence {
    public enum Entry: Equatable, Sendable {
        case file(String)
        /// Not to be read, and why.
        case refused(String, String)
    }

    private let roots: [String]
    private let files: any FileSystem

    public init(_ roots: [String], files: any FileSystem) {
        self.roots = roots
        self.files = files
    }

    public func makeIterator() -> Iterator {
        Iterator(files: files, pending: roots.reversed().map { (path: $0, isRoot: true) })
    }

    public struct Iterator: IteratorProtocol {
        let files: any FileSystem
        /// Still to be looked at; the last is next.
        var pending: [(path: String, isRoot: Bool)]

        public mutating func next() -> Entry? {
            while let (path, isRoot) = pending.popLast() {
                do throws(FileError) {
                    guard let attributes = try files.attributes(path) else {
                        return .refused(path, "there is nothing at this path")
                    }
                    switch attributes.kind {
                    case .file: return .file(path)
                    case .directory: try enter(path)
                    case .symbolicLink:
                        // A slash at the end looks through the link, and finds something only in a folder.
                        let target = try files.attributes(path + "/")
                        if target?.kind != .directory { return .file(path) }
                        if isRoot { try enter(path) }
                    case .other: return .refused(path, "it is a pipe, a socket or a device, not a file")
                    }
                } catch {
                    return .refused(path, error.description)
                }
            }
            return nil
        }

        private mutating func enter(_ folder: String) throws(FileError) {
            let names = try files.list(folder)
            for name in names.reversed() { pending.append((FilePath.join(folder, name), false)) }
        }
    }
}
