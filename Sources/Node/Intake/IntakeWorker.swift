import Catalogue
import Curation
import DICOM
import Runtime

/// One of the threads of an intake: takes files from the walk until there are none.
///
/// What is wrong with a file sets that file aside. What is wrong with the node's own disk or index stops the intake.
struct IntakeWorker: Sendable {
    let walk: SharedWalk
    let files: any FileSystem
    let reader: ObjectReader
    let sources: SourceNames
    let store: ObjectStore
    let index: Index
    let quarantine: QuarantineFolder
    let review: ReviewDesk
    let patients: PatientFile
    /// Where objects go from the store, in a run without a node.
    let output: OutputTree?
    /// What was done with each attribute; nil where nobody wants to know.
    let recording: RecordFile?
    let ledger: IntakeLedger
    let clock: WallClock
    let options: IntakeOptions

    /// Files taken from the walk at a time: the index is asked about them together.
    private static let portion = 32

    func work() {
        var batch = IntakeBatch()
        do {
            while !ledger.isStopped {
                let entries = walk.next(Self.portion)
                if entries.isEmpty { break }
                try take(entries, &batch)
            }
            // After a stop as well: what is staged here is complete, and its work not lost.
            try finish(&batch)
        } catch {
            store.discard(batch.entries.map(\.staged))
            ledger.stop(Self.sentence(error))
        }
    }

    private func take(_ entries: [FileWalk.Entry], _ batch: inout IntakeBatch) throws {
        var found: [(file: FoundFile, source: SourceKey)] = []
        for entry in entries {
            switch entry {
            case .file(let file): found.append((file, sources.key(of: file)))
            case .passedBy(let path, let reason): ledger.skipped(path, reason)
            case .unreadable(let path, let error):
                try setAside(path, Rejection(opening: path, error), sources.key(of: path), nil, nil, &batch)
            }
        }
        let known = try index.knownSources(found.map(\.source))
        for (file, source) in found where !ledger.isStopped {
            if known.contains(source) {
                ledger.alreadyThere(file)
                // A release that was cut off may have left its entry behind.
                try review.settled(sources.copyName(of: source))
            } else if let standing = review.standing(source) {
                standing.state == .waiting ? ledger.waiting(standing, file) : ledger.rejected(file)
            } else {
                try take(file, source, &batch)
            }
            if batch.isFull(options) { try finish(&batch) }
        }
    }

    /// One file.
    private func take(_ file: FoundFile, _ source: SourceKey, _ batch: inout IntakeBatch) throws {
        let opened: FileSource
        do throws(FileError) {
            opened = try FileSource(path: file.path, files: files)
        } catch {
            if error.isNotFound && !file.path.contains("\u{FFFD}") {
                return ledger.skipped(file.path, "it was gone when its turn came", file: file)
            }
            return try setAside(file.path, Rejection(opening: file.path, error), source, nil, file, &batch)
        }
        defer { opened.close() }
        do {
            switch try reader.look(at: opened) {
            case .notDICOM:
                ledger.notDICOM(file)
                batch.note(file.path, nil, source)
            case .skipped(let reason):
                ledger.skipped(file.path, reason, file: file)
            case .object(let header) where options.isOptedOut(Self.patient(header)):
                ledger.skipped(file.path, "its patient has opted out of secondary use", file: file)
            case .object(let header):
                if let entry = try reader.inTurn(header, { try stage(header, of: opened, file, source) }) {
                    batch.append(entry)
                }
            }
        } catch let rejection as Rejection {
            try setAside(file.path, rejection, source, opened.file, file, &batch)
        } catch let error as FileError where error.path == file.path {
            try setAside(file.path, Rejection(error), source, opened.file, file, &batch)
        }
    }

    /// The patient's identifier as the hospital writes it; a backslash in it makes two values.
    private static func patient(_ file: DICOMFile) -> String {
        file.dataSet[.patientID]?.strings.joined(separator: "\\") ?? ""
    }

    /// Writes an object: its new header, then its pixel data as it lies in the original, or as it is with text covered.
    /// nil where the object waits for a person.
    private func stage(
        _ header: DICOMFile, of original: FileSource, _ file: FoundFile, _ source: SourceKey
    ) throws -> IntakeBatch.Entry? {
        let object = try reader.prepare(header, original)
        let staged =
            switch object.pixels {
            case .copied(let range):
                try store.stage(
                    header: object.header, copying: range, of: original.file, at: file.path, padding: object.padding)
            case .made(let pieces):
                try store.stage { output throws(FileError) in
                    try output.write(object.header[...])
                    for piece in pieces { try output.write(piece) }
                    if !object.padding.isEmpty { try output.write(object.padding[...]) }
                }
            }
        let record = try record(object.curated.deidentified, staged, source)
        guard object.curated.findings.isEmpty else {
            do {
                ledger.waiting(try review.add(object.curated, record, staged, origin: file.path), file)
            } catch {
                store.discard([staged])
                throw error
            }
            return nil
        }
        ledger.looked(at: object.curated)
        return IntakeBatch.Entry(
            staged: staged, record: record, file: file, actions: object.curated.deidentified.record)
    }

    /// What the index keeps of an object.
    private func record(
        _ object: Deidentified, _ staged: StagedObject, _ source: SourceKey
    ) throws(Rejection) -> InstanceRecord {
        do {
            return try InstanceRecord(
                dataSet: object.dataSet, transferSyntaxUID: object.transferSyntax.uid,
                digest: staged.digest, size: staged.size, source: source)
        } catch {
            store.discard([staged])
            throw Rejection(reason: .incomplete, sentence: "\(error)")
        }
    }

    /// Makes the batch durable, then known.
    private func finish(_ batch: inout IntakeBatch) throws {
        let full = batch
        batch = IntakeBatch()
        // Who is behind a pseudonym is kept before anything is released under it.
        try patients.keepChanges()
        try store.commit(full.entries.map(\.staged))
        let outcomes = try index.add(full.entries.map(\.record))
        for (entry, outcome) in zip(full.entries, outcomes) {
            let copy = sources.copyName(of: entry.record.source)
            switch outcome {
            case .added:
                try output?.move(store.path(of: entry.staged.digest), to: place(of: entry.record))
                try recording?.add(entry.actions, of: entry.record.sopInstanceUID)
                ledger.accepted(entry.file)
                try quarantine.release(copy)
                try review.settled(copy)
            case .alreadyThere:
                try output?.drop(store.path(of: entry.staged.digest), at: place(of: entry.record))
                ledger.alreadyThere(entry.file)
                try quarantine.release(copy)
                try review.settled(copy)
            case .conflict(let why): try refuse(entry, .conflict, why, &batch)
            case .contradiction(let why): try refuse(entry, .contradiction, why, &batch)
            }
        }
        if output != nil, !full.entries.isEmpty { try output?.settle() }
        let notes = full.notes + batch.notes
        batch = IntakeBatch()
        try index.setAside(notes)
    }

    private func place(of record: InstanceRecord) -> String {
        OutputTree.place(
            patient: record.patientID, study: record.studyUID, series: record.seriesUID,
            instance: record.sopInstanceUID)
    }

    /// Sets an object aside that the index did not take.
    private func refuse(
        _ entry: IntakeBatch.Entry, _ reason: QuarantineReason, _ why: String, _ batch: inout IntakeBatch
    ) throws {
        // Nothing in the index leads to it.
        try? files.remove(store.path(of: entry.staged.digest))
        let original = try? files.openForReading(entry.file.path)
        defer { original?.close() }
        try setAside(
            entry.file.path, Rejection(reason: reason, sentence: why), entry.record.source, original, entry.file,
            &batch)
    }

    private func setAside(
        _ path: String, _ rejection: Rejection, _ source: SourceKey, _ original: (any ReadableFile)?,
        _ file: FoundFile?, _ batch: inout IntakeBatch
    ) throws {
        var entry = IntakeSummary.Quarantined.File(
            path: path, reason: rejection.reason, explanation: rejection.sentence)
        if let original {
            switch try keepCopy(of: original, path, rejection, source) {
            case .kept(let copy): entry.copy = copy
            case .none(let why): entry.withoutCopy = why
            }
        } else {
            entry.withoutCopy = "it could not be opened"
        }
        batch.note(path, rejection.sentence, source)
        ledger.quarantined(entry, file: file)
    }

    private func keepCopy(
        of original: any ReadableFile, _ path: String, _ rejection: Rejection, _ source: SourceKey
    ) throws(FileError) -> QuarantineFolder.Copy {
        let record = QuarantineFolder.Record(
            path: path, reason: rejection.reason, explanation: rejection.sentence, offset: rejection.offset,
            attribute: rejection.tag.map { "\($0)" }, bytes: original.count, time: Timestamp.text(clock.now))
        do throws(FileError) {
            return try quarantine.keep(original, as: sources.copyName(of: source), record: record)
        } catch {
            // Where the original broke off while it was copied, the node's own disk is in order.
            if error.path == path { return .none("it could not be read to its end (\(error.cause))") }
            throw error
        }
    }

    /// What a person is told when the intake stops.
    private static func sentence(_ error: any Error) -> String {
        let kept = "What was taken in so far is kept"
        let isDiskFull = (error as? FileError)?.isDiskFull ?? (error as? IndexError)?.isDiskFull ?? false
        return isDiskFull
            ? "the disk is full. \(kept); free some space and run the same again: it goes on from here"
            : "\(error). \(kept); when that is put right, run the same again: it goes on from here"
    }
}

extension Rejection {
    /// A file that cannot be opened.
    init(opening path: String, _ error: FileError) {
        if path.contains("\u{FFFD}") {
            self.init(
                reason: .unreadable,
                sentence: "its name is not UTF-8, so it cannot be opened by name; rename it (convmv does whole folders)"
            )
        } else {
            self.init(error)
        }
    }
}
