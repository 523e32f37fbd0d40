import Catalogue
import Curation
import Runtime

/// What one worker has ready: objects that are written but not yet named, and notes for the index. They become durable
/// and known together.
struct IntakeBatch {
    struct Entry {
        let staged: StagedObject
        let record: InstanceRecord
        let file: FoundFile
        /// What was done with its attributes; empty unless somebody wants to know.
        var actions: [ActionRecord] = []
    }

    private(set) var entries: [Entry] = []
    /// Bytes of the objects.
    private(set) var bytes = 0
    /// Files that are no objects: with a reason, or not DICOM.
    private(set) var notes: [(path: String, reason: String?, source: SourceKey)] = []

    mutating func append(_ entry: Entry) {
        entries.append(entry)
        bytes += entry.staged.size
    }

    mutating func note(_ path: String, _ reason: String?, _ source: SourceKey) {
        notes.append((path, reason, source))
    }

    func isFull(_ options: IntakeOptions) -> Bool {
        entries.count >= options.batchObjects || bytes >= options.batchBytes || notes.count >= 1000
    }
}
