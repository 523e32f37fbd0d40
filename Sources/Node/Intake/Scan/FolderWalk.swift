import Runtime

/// Goes through folders, file by file, in the order of their names.
///
/// Opens nothing but folders: pipes and devices are passed by, symbolic links inside folders are not followed (so there
/// are no loops). Holds the names of one folder for each level it is deep; no recursion.
struct FolderWalk: Sequence, IteratorProtocol {
    enum Entry: Equatable {
        case file(FoundFile)
        /// Passed by on purpose.
        case skipped(path: String, reason: String)
        case unreadable(path: String, FileError)
    }

    private let files: any FileSystem
    /// A folder that is never gone into: the node's own.
    private let excluded: String?
    /// What is still to be looked at, the next one last.
    private var pending: [Pending]

    private struct Pending {
        let folder: String
        /// In reverse order.
        var names: [String]
    }

    /// `roots`: absolute paths of files and folders.
    init(roots: [String], files: any FileSystem, excluding excluded: String?) {
        self.files = files
        self.excluded = excluded
        pending = [Pending(folder: "", names: roots.reversed())]
    }

    mutating func next() -> Entry? {
        while let last = pending.indices.last {
            guard let name = pending[last].names.popLast() else {
                pending.removeLast()
                continue
            }
            let isRoot = pending[last].folder.isEmpty
            if let entry = look(at: FilePath.join(pending[last].folder, name), isRoot: isRoot) { return entry }
        }
        return nil
    }

    /// What is at a path; nil for a folder, whose content comes next, and for what is gone.
    private mutating func look(at path: String, isRoot: Bool) -> Entry? {
        do throws(FileError) {
            guard var attributes = try files.attributes(path) else {
                // A name that is not UTF-8 comes mended from the folder, and leads nowhere: it must not be lost.
                let isMended = path.contains("\u{FFFD}")
                return isMended
                    ? .unreadable(path: path, FileError(operation: "open", path: path, code: FileError.notThere)) : nil
            }
            var place = path
            if isRoot, attributes.kind == .symbolicLink, let target = try files.attributes(path + "/.") {
                // A link that the person named means the folder it leads to.
                (attributes, place) = (target, path + "/.")
            }
            switch attributes.kind {
            case .file:
                return .file(FoundFile(path: path, size: attributes.size, modified: attributes.modified))
            case .symbolicLink where isRoot:
                return .file(FoundFile(path: path, size: attributes.size, modified: attributes.modified))
            case .symbolicLink:
                return .skipped(path: path, reason: "a symbolic link; name what it leads to if that is to be taken in")
            case .other:
                return .skipped(path: path, reason: "a pipe, socket or device, not a file")
            case .directory:
                if let excluded, path == excluded {
                    return .skipped(path: path, reason: "the node's own folder")
                }
                pending.append(Pending(folder: place, names: try files.list(place).reversed()))
                return nil
            }
        } catch {
            // What went away between two looks is not missed.
            return error.isNotFound ? nil : .unreadable(path: path, error)
        }
    }
}

/// A file that a walk came by.
struct FoundFile: Sendable, Equatable {
    let path: String
    let size: Int
    /// Nanoseconds since 1970.
    let modified: Int64
}
