public import Runtime
import Synchronization

/// De-identified objects on disk, each under the SHA-256 of its content: `objects/ab/<digest>.dcm`.
///
/// An object is staged (written beside the store, hashed on the way), then committed in a batch. What `commit` has
/// acknowledged survives a crash of process or machine. A batch pays for durability once: one sync of the file system
/// for all contents, then renames, then a sync of the folders they went to, or of the file system again. A crash in between leaves staged files,
/// which ``sweep(keeping:)`` clears, or objects that were not acknowledged yet, which are whole and are found again when
/// the same intake is repeated.
public final class ObjectStore: Sendable {
    private let folder: String
    private let files: any FileSystem
    private let random: RandomSource
    /// The folders below `objects` that are known to exist.
    private let shards = Mutex<Set<String>>([])

    private var objects: String { FilePath.join(folder, "objects") }
    private var staging: String { FilePath.join(folder, "staging") }

    /// Bytes copied at a time: they are read, hashed and written while they are in the processor's cache.
    private static let chunk = 256 << 10
    /// Folders that are synced one by one, at most; for more, one sync of the file system costs less.
    private static let fewFolders = 4

    /// Opens the store in `folder`, making it where there is none.
    public init(folder: String, files: any FileSystem, random: RandomSource = .system) throws(FileError) {
        self.folder = folder
        self.files = files
        self.random = random
        for path in [folder, objects, staging] { try files.createDirectory(path, mode: 0o700) }
        // A folder that is lost in a crash takes every object in it along.
        try files.syncDirectory(FilePath.parent(folder))
        try files.syncDirectory(folder)
    }

    // MARK: Writing

    /// Writes one object, not yet durable and not yet part of the store. What is staged and not wanted after all goes
    /// with ``discard(_:)``.
    public func stage(_ write: (any WritableFile) throws(FileError) -> Void) throws(FileError) -> StagedObject {
        let temporary = FilePath.join(staging, random.identifier())
        let file = HashingFile(try files.create(temporary, mode: 0o600, replacing: false))
        do throws(FileError) {
            try write(file)
            try file.close()
        } catch {
            try? file.close()
            try? files.remove(temporary)
            throw error
        }
        let (digest, size) = file.result()
        return StagedObject(temporary: temporary, digest: digest, size: size)
    }

    /// Writes one object out of a header and a range of another file (its pixel data), which is copied in pieces.
    ///
    /// - Parameters:
    ///   - path: the source's, for its errors.
    ///   - padding: what follows the range.
    /// - Throws: ``FileError``; of the source with code `EIO` where it ends before the range does.
    public func stage(
        header: [UInt8], copying range: Range<Int>, of source: any ReadableFile, at path: String,
        padding: [UInt8] = []
    ) throws(FileError) -> StagedObject {
        try stage { file throws(FileError) in
            try file.write(header[...])
            var offset = range.lowerBound
            while offset < range.upperBound {
                let bytes = try source.read(at: offset, count: min(Self.chunk, range.upperBound - offset))
                guard !bytes.isEmpty else {
                    throw FileError(operation: "read", path: path, code: FileError.inputOutput)
                }
                try file.write(bytes[...])
                offset += bytes.count
            }
            if !padding.isEmpty { try file.write(padding[...]) }
        }
    }

    /// Makes staged objects part of the store. When it returns they are durable; when it throws, none is acknowledged,
    /// and the same objects may be staged and committed again.
    public func commit(_ batch: [StagedObject]) throws(FileError) {
        guard !batch.isEmpty else { return }
        // Contents first: a name must never point to bytes that a crash can still take away.
        try files.syncFileSystem(staging)
        var changed: Set<String> = []
        for object in batch {
            let shard = shard(of: object.digest)
            if !shards.withLock({ $0.contains(shard) }) {
                if try files.attributes(shard) == nil {
                    try files.createDirectory(shard, mode: 0o700)
                    changed.insert(objects)
                }
                shards.withLock { _ = $0.insert(shard) }
            }
            // Where the object is there already it is replaced by the same content.
            try files.rename(object.temporary, to: path(of: object.digest))
            changed.insert(shard)
        }
        if changed.count > Self.fewFolders { return try files.syncFileSystem(objects) }
        for path in changed.sorted() { try files.syncDirectory(path) }
    }

    /// Removes staged objects that are not wanted.
    public func discard(_ batch: [StagedObject]) {
        for object in batch { try? files.remove(object.temporary) }
    }

    // MARK: Reading

    /// Where the object with that digest is, or would be. Digests are lower-case hexadecimal of SHA-256.
    public func path(of digest: String) -> String {
        FilePath.join(shard(of: digest), digest + ".dcm")
    }

    /// Opens an object for reading.
    public func open(_ digest: String) throws(FileError) -> any ReadableFile {
        guard StagedObject.isDigest(digest) else {
            throw FileError(operation: "open the object", path: objects, code: FileError.notThere)
        }
        return try files.openForReading(path(of: digest))
    }

    /// Every digest in the store, sorted.
    public func digests() throws(FileError) -> [String] {
        var found: [String] = []
        for shard in try files.list(objects) {
            for name in try files.list(FilePath.join(objects, shard)) where name.hasSuffix(".dcm") {
                found.append(String(name.dropLast(4)))
            }
        }
        return found
    }

    // MARK: Clearing up

    /// Clears what a crash left behind: staged files, and objects that `isKept` does not want.
    ///
    /// Only while nothing else writes to the store: the intake that holds the node's intake lock calls it first.
    /// - Parameter isKept: by digest, such as whether the index knows it; nil keeps every object.
    /// - Returns: how many files were removed.
    @discardableResult
    public func sweep(keeping isKept: ((String) throws -> Bool)? = nil) throws -> Int {
        var removed = 0
        for name in try files.list(staging) {
            try files.remove(FilePath.join(staging, name))
            removed += 1
        }
        guard let isKept else { return removed }
        for digest in try digests() where try !isKept(digest) {
            try files.remove(path(of: digest))
            removed += 1
        }
        return removed
    }

    private func shard(of digest: String) -> String { FilePath.join(objects, String(digest.prefix(2))) }
}
