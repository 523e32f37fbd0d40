import Glibc

/// The files under paths, one after another, in the order of their names: a folder of any size needs memory for the names
/// of one folder for each level it is deep; no recursion.
///
/// Opens nothing but folders. A symbolic link is followed where it is given itself; inside folders links are passed by,
/// and said to be, so that a loop has no beginning. So are pipes, sockets and devices.
public struct FileWalk: Sequence, Sendable {
    public enum Entry: Equatable, Sendable {
        case file(FoundFile)
        /// Not looked into on purpose.
        case passedBy(path: String, reason: String)
        case unreadable(path: String, FileError)
    }

    private let roots: [String]
    private let files: any FileSystem
    private let excluded: String?

    /// - Parameter excluded: a folder that is never gone into, in the form in which the walk comes by it.
    public init(_ roots: [String], files: any FileSystem, excluding excluded: String? = nil) {
        self.roots = roots
        self.files = files
        self.excluded = excluded
    }

    public func makeIterator() -> Iterator {
        Iterator(files: files, excluded: excluded, pending: roots.reversed().map { (path: $0, isRoot: true) })
    }

    public struct Iterator: IteratorProtocol, Sendable {
        let files: any FileSystem
        let excluded: String?
        /// Still to be looked at; the last is next.
        var pending: [(path: String, isRoot: Bool)]

        public mutating func next() -> Entry? {
            while let (path, isRoot) = pending.popLast() {
                if let entry = look(at: path, isRoot: isRoot) { return entry }
            }
            return nil
        }

        /// What is at a path; nil for a folder, whose content comes next, and for what is gone.
        private mutating func look(at path: String, isRoot: Bool) -> Entry? {
            do throws(FileError) {
                guard let attributes = try files.attributes(path) else {
                    // What went away since its folder was listed is not missed. But a name that is not UTF-8 comes
                    // mended from the folder, and leads nowhere: it must not be lost.
                    let isMissed = isRoot || path.contains("\u{FFFD}")
                    return isMissed
                        ? .unreadable(path: path, FileError(operation: "open", path: path, code: ENOENT)) : nil
                }
                switch attributes.kind {
                case .file: return .file(FoundFile(path, attributes))
                case .directory: return try enter(path)
                case .symbolicLink where isRoot:
                    // A slash at the end looks through the link, and finds something only in a folder.
                    if try files.attributes(path + "/")?.kind == .directory { return try enter(path) }
                    return .file(FoundFile(path, attributes))
                case .symbolicLink:
                    return .passedBy(path: path, reason: "a symbolic link; name what it leads to if that is wanted")
                case .other:
                    return .passedBy(path: path, reason: "a pipe, socket or device, not a file")
                }
            } catch {
                return error.isNotFound && !isRoot ? nil : .unreadable(path: path, error)
            }
        }

        private mutating func enter(_ folder: String) throws(FileError) -> Entry? {
            if folder == excluded { return .passedBy(path: folder, reason: "the node's own folder") }
            for name in try files.list(folder).reversed() { pending.append((FilePath.join(folder, name), false)) }
            return nil
        }
    }
}

/// A file that a walk came by.
public struct FoundFile: Sendable, Equatable {
    public let path: String
    public let size: Int
    /// Nanoseconds since 1970.
    public let modified: Int64

    init(_ path: String, _ attributes: FileAttributes) {
        self.path = path
        size = attributes.size
        modified = attributes.modified
    }
}
