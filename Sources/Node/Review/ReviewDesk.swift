import Catalogue
import Curation
import FoundationEssentials
import Runtime
import Synchronization

/// An intake's side of the review queue: what is in it already, and how an object joins it.
final class ReviewDesk: Sendable {
    private let queue: ReviewQueue
    private let sources: SourceNames
    /// Changes with key and profile: what was decided about another form of an object says nothing of this one.
    private let fingerprint: String
    private let clock: WallClock
    private let known: Mutex<[String: ReviewEntry]>

    init(queue: ReviewQueue, sources: SourceNames, fingerprint: String, clock: WallClock) throws {
        self.queue = queue
        self.sources = sources
        self.fingerprint = fingerprint
        self.clock = clock
        known = Mutex(Dictionary(try queue.entries().map { ($0.id, $0) }) { $1 })
    }

    /// The entry of a file as it is now; nil where there is none, or one of an earlier version.
    func standing(_ source: SourceKey) -> ReviewEntry? {
        guard let entry = known.withLock({ $0[sources.copyName(of: source)] }), entry.version == version(source) else {
            return nil
        }
        return entry
    }

    /// Puts an object in the queue.
    func add(
        _ object: CuratedObject, _ record: InstanceRecord, _ staged: StagedObject, origin: String
    ) throws -> ReviewEntry {
        let entry = ReviewEntry(
            id: sources.copyName(of: record.source), version: version(record.source), state: .waiting,
            added: Timestamp.text(clock.now), findings: object.findings, patientID: record.patientID,
            modality: record.modality, sopClassUID: record.sopClassUID, seriesUID: record.seriesUID,
            frames: max(record.frames ?? 1, 1), size: staged.size, pictures: object.pictures.count)
        try queue.add(
            ReviewQueue.Newcomer(
                entry: entry, staged: staged.temporary, origin: origin,
                pictures: object.pictures.map { ($0.before, $0.after) }))
        known.withLock { $0[entry.id] = entry }
        return entry
    }

    /// The original was taken in, in a form that needs nobody: an earlier form of it has nothing to wait for.
    func settled(_ name: String) throws {
        guard known.withLock({ $0.removeValue(forKey: name) }) != nil else { return }
        try queue.clear(name)
    }

    private func version(_ source: SourceKey) -> String { Hex.text(source.version) + fingerprint }
}
