import Catalogue
public import Curation
import DICOM
import Federation
import Governance
public import Runtime

/// Where a person decides about the objects that wait: of a node, or of a run without one.
public struct ReviewOffice: Sendable {
    public let queue: ReviewQueue
    private let folder: NodeFolder
    private let files: any FileSystem
    private let clock: WallClock
    private let output: OutputTree?

    /// Completes a release that a crash has cut off, unless an intake or another decision is under way.
    ///
    /// - Parameters:
    ///   - folder: the node's, or what stays at the hospital of a run without one.
    ///   - output: where a run without a node puts its objects.
    /// - Throws: ``ContinuityError`` where no run without a node has begun there, or one with another key.
    public init(
        folder: NodeFolder, output: String? = nil, pseudonyms: Pseudonymizer, files: any FileSystem = PosixFileSystem(),
        clock: WallClock = .system
    ) throws {
        self.folder = folder
        self.files = files
        self.clock = clock
        self.output = output.map { OutputTree($0, files: files) }
        // Under another key the pictures could not be opened, and what is released would not line up.
        if output != nil {
            try Continuity(path: folder.continuity, files: files).checkKey(pseudonyms)
        }
        queue = try ReviewQueue(folder: folder.review, files: files, pseudonyms: pseudonyms)
        try recover()
    }

    /// A person has looked at an object and releases it: it joins the data set, as if nothing had been found. The
    /// decision is in the audit log before it takes effect.
    ///
    /// A crash at any point leaves the object waiting, or released once: what comes next finds the mark of the turn and
    /// completes it.
    public func release(_ id: String) throws {
        _ = try waiting(id)
        let turn = try IntakeTurn(folder: folder, files: files)
        defer { turn.end() }
        try recover(in: turn)
        let entry = try waiting(id)
        let (store, index) = (try openStore(), try openIndex())
        try turn.clearUp(store, index, output)
        let source = try FileSource(path: queue.candidate(id), files: files)
        defer { source.close() }
        let staged = try store.stage(
            header: [], copying: 0..<source.count, of: source.file, at: queue.candidate(id))
        let header = try DICOMFile.readHeader(source)
        let object = try InstanceRecord(
            dataSet: header.dataSet, transferSyntaxUID: header.transferSyntax.uid, digest: staged.digest,
            size: staged.size, source: try key(of: entry))
        try record(.reviewReleased, digest: staged.digest)
        try ReleasedObjects(folder, files: files).add(staged.digest)
        try store.commit([staged])
        switch try index.add([object]).first {
        case .conflict(let why), .contradiction(let why):
            try files.remove(store.path(of: staged.digest))
            turn.isThrough()
            throw ReviewError.notTaken(why)
        case .added, .alreadyThere, nil: break
        }
        if let output {
            let place = OutputTree.place(
                patient: object.patientID, study: object.studyUID, series: object.seriesUID,
                instance: object.sopInstanceUID)
            try output.move(store.path(of: staged.digest), to: place)
            try output.settle()
        }
        try queue.clear(id)
        turn.isThrough()
    }

    /// A person has looked at an object and decided against it. The object goes; that it was rejected is remembered.
    public func reject(_ id: String) throws {
        _ = try waiting(id)
        let turn = try IntakeTurn(folder: folder, files: files)
        defer { turn.end() }
        // What a crash has cut off while it was released is released: it cannot be rejected any more.
        try recover(in: turn)
        _ = try waiting(id)
        try record(.reviewRejected, digest: nil)
        try queue.reject(id, decided: Timestamp.text(clock.now))
    }

    private func waiting(_ id: String) throws -> ReviewEntry {
        guard let entry = try queue.entry(id) else { throw ReviewError.unknown(id) }
        guard entry.state == .waiting else { throw ReviewError.decided(id) }
        return entry
    }

    /// The original's name and version, as the index knows them.
    private func key(of entry: ReviewEntry) throws(ReviewError) -> SourceKey {
        guard let place = Hex.bytes(entry.id), let version = Hex.bytes(String(entry.version.prefix(32))),
            let key = SourceKey(place: place, version: version)
        else { throw .damaged(entry.id) }
        return key
    }

    private func record(_ kind: AuditEvent.Kind, digest: String?) throws {
        let audit = try AuditLog(path: folder.audit, files: files, clock: clock)
        try audit.record(AuditEvent(kind, digest: digest.flatMap { Digest($0) }))
    }

    private func openStore() throws -> ObjectStore { try ObjectStore(folder: folder.store, files: files) }

    private func openIndex() throws -> Index { try Index.open(path: folder.index, clock: clock) }
}

extension ReviewOffice {
    /// Completes what a crash has cut off, where nobody else is at work: a release, or an intake.
    private func recover() throws {
        let turn: IntakeTurn
        do throws(IntakeError) {
            turn = try IntakeTurn(folder: folder, files: files)
        } catch .alreadyRunning {
            return
        }
        defer { turn.end() }
        try recover(in: turn)
    }

    private func recover(in turn: IntakeTurn) throws {
        guard try turn.isUnfinished() else { return }
        let index = try openIndex()
        try turn.clearUp(try openStore(), index, output)
        // Entries whose objects are in the data set were released, and only the entry was left.
        for entry in try queue.entries() where entry.state == .waiting {
            let key = try key(of: entry)
            if try index.knownSources([key]).contains(key) { try queue.clear(entry.id) }
        }
        turn.isThrough()
    }
}

extension Node {
    /// Where a person decides about the objects of this node that wait.
    public func reviewOffice() throws -> ReviewOffice {
        try ReviewOffice(folder: folder, pseudonyms: try pseudonyms(), files: files, clock: clock)
    }
}

extension AuditEvent.Kind {
    /// A person has released an object that rules could not decide about.
    static let reviewReleased = Self("review.released")
    static let reviewRejected = Self("review.rejected")
}

/// Why a decision about an object was not taken.
public enum ReviewError: Error, Equatable, Sendable, CustomStringConvertible {
    case unknown(String)
    case decided(String)
    case damaged(String)
    case notTaken(String)

    public var description: String {
        switch self {
        case .unknown(let id): "nothing waits under \(id): `review list` shows what does"
        case .decided(let id): "\(id) has been rejected; once its original has changed, the next run judges it anew"
        case .damaged(let id): "the entry \(id) is incomplete; take its original in again"
        case .notTaken(let why): "the object was not released: \(why)"
        }
    }
}
