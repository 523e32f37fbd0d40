import Foundation
import Runtime
import Synchronization

/// Copies of files that could not be taken in, each with a small JSON of why, for the node's own people.
///
/// Files are named by a keyed hash of where they came from: a second intake finds its own copies again. Mode 0600, since
/// the originals are not de-identified. What all copies take up is bounded.
final class QuarantineFolder: Sendable {
    private let path: String
    private let files: any FileSystem
    private let limit: Int
    private let content: Mutex<(names: Set<String>, bytes: Int)>

    /// Makes the folder where it is missing, and adds up what is in it.
    init(_ path: String, files: any FileSystem, limit: Int) throws(FileError) {
        self.path = path
        self.files = files
        self.limit = limit
        try files.createDirectory(path, mode: 0o700)
        var (names, bytes) = (Set<String>(), 0)
        for name in try files.list(path) {
            if name.hasSuffix(".new") {
                // Half a copy, of an intake that was cut off. Intakes take turns: nobody is writing it now.
                try files.remove(FilePath.join(path, name))
                continue
            }
            bytes += try files.attributes(FilePath.join(path, name))?.size ?? 0
            names.insert(name)
        }
        content = Mutex((names, bytes))
    }

    /// What is written beside a copy.
    struct Record: Codable {
        let path: String
        let reason: QuarantineReason
        let explanation: String
        let offset: Int?
        let attribute: String?
        let bytes: Int
        let time: String
    }

    enum Copy {
        case kept(String)
        case none(String)
    }

    /// Keeps a copy of an open file, unless there is one already or no room.
    func keep(_ source: any ReadableFile, as name: String, record: Record) throws(FileError) -> Copy {
        let copy = FilePath.join(path, name + ".dcm")
        let isThere = content.withLock { $0.names.contains(name + ".dcm") && $0.names.contains(name + ".json") }
        if isThere, try files.attributes(copy)?.size == source.count { return .kept(copy) }
        let fits = content.withLock { content in
            guard content.bytes + source.count <= limit else { return false }
            content.bytes += source.count
            content.names.formUnion([name + ".dcm", name + ".json"])
            return true
        }
        guard fits else {
            return .none(
                "the quarantine folder is full (\(Quantity.bytes(limit))); empty \(path), or leave the file where it is"
            )
        }
        do {
            try write(source, to: copy)
            try write(record, name)
        } catch {
            content.withLock { content in
                content.bytes -= source.count
                content.names.remove(name + ".json")
            }
            throw error
        }
        return .kept(copy)
    }

    /// Removes the copy of a file that was taken in after all.
    func release(_ name: String) throws(FileError) {
        for file in [name + ".dcm", name + ".json"] {
            guard content.withLock({ $0.names.remove(file) }) != nil else { continue }
            let path = FilePath.join(path, file)
            guard let attributes = try files.attributes(path) else { continue }
            try files.remove(path)
            content.withLock { $0.bytes -= attributes.size }
        }
    }

    private func write(_ source: any ReadableFile, to copy: String) throws(FileError) {
        let temporary = copy + ".new"
        let file = try files.create(temporary, mode: 0o600, replacing: true)
        do {
            var offset = 0
            while offset < source.count {
                let piece = try source.read(at: offset, count: 1 << 20)
                if piece.isEmpty { break }
                try file.write(piece[...])
                offset += piece.count
            }
            try file.close()
            try files.rename(temporary, to: copy)
        } catch {
            try? file.close()
            try? files.remove(temporary)
            throw error
        }
    }

    private func write(_ record: Record, _ name: String) throws(FileError) {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
        // Texts and numbers only: nothing here that JSON cannot hold.
        guard let data = try? encoder.encode(record) else { return }
        try files.writeAtomically(Array(data), to: FilePath.join(path, name + ".json"), mode: 0o600)
    }
}
