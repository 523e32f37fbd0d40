import Catalogue
public import Curation
import Federation
import Governance
public import Runtime

/// What was set aside, for the person who puts it right: of a node, or of a run without one.
///
/// The lists are in the index; copies of the files lie in the quarantine folder while it has room.
public struct QuarantineOffice: Sendable {
    private let folder: NodeFolder
    private let files: any FileSystem
    private let clock: WallClock
    private let index: Index
    private let sources: SourceNames

    /// Of a run without a node.
    ///
    /// - Parameter folder: what stays at the hospital.
    /// - Throws: ``ContinuityError`` where no run has begun there, or one with another key.
    public init(
        ofRun folder: NodeFolder, pseudonyms: Pseudonymizer, files: any FileSystem = PosixFileSystem(),
        clock: WallClock = .system
    ) throws {
        try Continuity(path: folder.continuity, files: files).checkKey(pseudonyms)
        try self.init(folder: folder, pseudonyms: pseudonyms, files: files, clock: clock)
    }

    init(folder: NodeFolder, pseudonyms: Pseudonymizer, files: any FileSystem, clock: WallClock) throws {
        self.folder = folder
        self.files = files
        self.clock = clock
        index = try Index.open(path: folder.index, clock: clock)
        sources = SourceNames(pseudonyms)
    }

    /// A file that was set aside.
    public struct Entry: Sendable, Equatable, Codable {
        /// 32 hexadecimal digits that come from the path.
        public let id: String
        /// Of the original.
        public let path: String
        /// What is wrong with it, and what to do.
        public let explanation: String
        /// When it was last seen so (RFC 3339).
        public let recorded: String
        /// The copy that was kept; nil where there is none.
        public let copy: String?
        /// Whether there is still a file at the path.
        public let isThere: Bool
    }

    /// What was cleared.
    public struct Cleared: Sendable, Equatable, CustomStringConvertible {
        public let entries: Int
        /// Of the copies that are gone now.
        public let bytes: Int

        public var description: String { "\(entries) cleared, \(Quantity.bytes(bytes)) of copies removed" }
    }

    /// Every file that was set aside, by path.
    public func entries() throws -> [Entry] {
        try index.quarantine().map { entry in
            let id = sources.copyName(of: sources.key(of: entry.path))
            let copy = FilePath.join(folder.quarantine, id + ".dcm")
            return Entry(
                id: id, path: entry.path, explanation: entry.reason, recorded: entry.recorded,
                copy: try files.exists(copy) ? copy : nil, isThere: try files.exists(entry.path))
        }
    }

    /// Forgets entries, and removes their copies; originals are not touched. What is still wrong with an original is found
    /// again when its folder is taken in again.
    ///
    public func clear(_ entries: [Entry]) throws -> Cleared {
        // An intake counts on the copies that it has made.
        let turn = try IntakeTurn(folder: folder, files: files)
        defer { turn.end() }
        var freed = 0
        for entry in entries {
            for name in [entry.id + ".dcm", entry.id + ".json"] {
                let path = FilePath.join(folder.quarantine, name)
                guard let attributes = try files.attributes(path) else { continue }
                try files.remove(path)
                freed += attributes.size
            }
        }
        try index.forgetSetAside(entries.map(\.path))
        if !entries.isEmpty {
            try AuditLog(path: folder.audit, files: files, clock: clock).record(AuditEvent(.quarantineCleared))
        }
        return Cleared(entries: entries.count, bytes: freed)
    }
}

extension AuditEvent.Kind {
    /// A person has removed copies of originals that were set aside.
    static let quarantineCleared = Self("quarantine.cleared")
}

extension Node {
    /// What this node has set aside.
    public func quarantineOffice() throws -> QuarantineOffice {
        try QuarantineOffice(folder: folder, pseudonyms: try pseudonyms(), files: files, clock: clock)
    }
}
