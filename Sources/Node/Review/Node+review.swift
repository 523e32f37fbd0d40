import Catalogue
import Curation
import DICOM
import Federation
import Governance
import Runtime

extension Node {
    /// The objects that wait for a person, and those that a person has rejected.
    public func reviewQueue() throws -> ReviewQueue {
        try ReviewQueue(folder: folder.review, files: files, pseudonyms: try pseudonyms())
    }

    /// A person has looked at an object and releases it: it joins the store and the index, as if nothing had been found.
    /// The decision is in the audit log before it takes effect.
    public func release(_ id: String) throws {
        let queue = try reviewQueue()
        let entry = try waiting(id, queue)
        let turn = try IntakeTurn(folder: folder, files: files)
        defer { turn.end() }
        let store = try ObjectStore(folder: folder.store, files: files)
        let source = try FileSource(path: queue.candidate(id), files: files)
        defer { source.close() }
        let staged = try store.stage { output throws(FileError) in
            try output.copy(0..<source.count, of: source.file, at: queue.candidate(id))
        }
        let header = try DICOMFile.readHeader(source)
        guard let key = queue.source(of: entry) else { throw ReviewError.damaged(id) }
        let record = try InstanceRecord(
            dataSet: header.dataSet, transferSyntaxUID: header.transferSyntax.uid, digest: staged.digest,
            size: staged.size, source: key)
        try record(.reviewReleased, digest: staged.digest)
        try store.commit([staged])
        switch try openIndex().add([record]).first {
        case .conflict(let why), .contradiction(let why):
            try files.remove(store.path(of: staged.digest))
            throw ReviewError.notTaken(why)
        case .added, .alreadyThere, nil: break
        }
        try queue.clear(id)
    }

    /// A person has looked at an object and decided against it. The object goes; that it was rejected is remembered.
    public func reject(_ id: String) throws {
        let queue = try reviewQueue()
        _ = try waiting(id, queue)
        let turn = try IntakeTurn(folder: folder, files: files)
        defer { turn.end() }
        try record(.reviewRejected, digest: nil)
        try queue.reject(id, decided: Timestamp.text(clock.now))
    }

    private func waiting(_ id: String, _ queue: ReviewQueue) throws -> ReviewEntry {
        guard let entry = try queue.entry(id) else { throw ReviewError.unknown(id) }
        guard entry.state == .waiting else { throw ReviewError.decided(id) }
        return entry
    }

    private func record(_ kind: AuditEvent.Kind, digest: String?) throws {
        let audit = try AuditLog(path: folder.audit, files: files, clock: clock)
        try audit.record(AuditEvent(kind, digest: digest.flatMap { Digest($0) }))
    }

    func pseudonyms() throws -> Pseudonymizer {
        Pseudonymizer(key: try PseudonymKey(SecretFile.read(folder.pseudonymKey, in: files)))
    }
}

extension AuditEvent.Kind {
    /// A person has released an object that rules could not decide about.
    public static let reviewReleased = Self("review.released")
    public static let reviewRejected = Self("review.rejected")
}

/// Why a decision about an object was not taken.
public enum ReviewError: Error, Equatable, Sendable, CustomStringConvertible {
    case unknown(String)
    case decided(String)
    case damaged(String)
    case notTaken(String)

    public var description: String {
        switch self {
        case .unknown(let id): "nothing waits under \(id): `atles node review` lists what does"
        case .decided(let id): "\(id) has been rejected; take its original in again to have it judged anew"
        case .damaged(let id): "the entry \(id) is incomplete; take its original in again"
        case .notTaken(let why): "the object was not released: \(why)"
        }
    }
}
