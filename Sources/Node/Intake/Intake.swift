public import Catalogue
public import Curation
public import Runtime
import Synchronization

/// Takes folders of DICOM files into a node: reads, de-identifies, stores, indexes.
///
/// The originals are only read. What is stored is made durable before it is indexed, and indexed before it is counted, in
/// batches; a kill between any two steps costs no more than the batches under way, and running the same intake again
/// completes them: de-identification gives the same bytes, the store knows them by their digest, the index by their UID.
/// Files that were taken in and have not changed since are passed by without being read.
public struct Intake: Sendable {
    private let folder: NodeFolder
    private let files: any FileSystem
    private let store: ObjectStore
    private let index: Index
    private let deidentifier: Deidentifier
    private let clock: WallClock
    private let options: IntakeOptions
    /// Where objects go from the store, in a run without a node.
    private let output: OutputTree?
    private let recording: RecordFile?

    public init(
        folder: NodeFolder, files: any FileSystem, store: ObjectStore, index: Index, deidentifier: Deidentifier,
        clock: WallClock = .system, options: IntakeOptions = IntakeOptions()
    ) {
        self.init(
            folder: folder, files: files, store: store, index: index, deidentifier: deidentifier, clock: clock,
            options: options, output: nil, recording: nil)
    }

    init(
        folder: NodeFolder, files: any FileSystem, store: ObjectStore, index: Index, deidentifier: Deidentifier,
        clock: WallClock, options: IntakeOptions, output: String?, recording: RecordFile?
    ) {
        self.recording = recording
        self.output = output.map { OutputTree($0, files: files) }
        self.folder = folder
        self.files = files
        self.store = store
        self.index = index
        var profile = deidentifier.profile
        profile.allowsBurnedInText = profile.allowsBurnedInText || options.acceptsBurnedInText
        profile.allowsEncapsulatedDocuments = profile.allowsEncapsulatedDocuments || options.acceptsBurnedInText
        profile.allowsReportCaptures = profile.allowsReportCaptures || options.acceptsBurnedInText
        self.deidentifier = Deidentifier(profile: profile, pseudonyms: deidentifier.pseudonyms)
        self.clock = clock
        self.options = options
    }

    /// Takes in what is at the paths, files and whole folders. Ends early, with the reason in the summary, when the disk
    /// is full or the task is cancelled; running it again goes on from there.
    ///
    /// `progress` is told ten times a second, from the threads of the intake.
    public func run(
        paths: [String], progress: @escaping @Sendable (IntakeProgress) -> Void = { _ in }
    ) async throws(IntakeError) -> IntakeSummary {
        let roots = try roots(paths)
        let turn = try IntakeTurn(folder: folder, files: files)
        defer { turn.end() }
        let quarantine: QuarantineFolder
        do throws(FileError) {
            quarantine = try QuarantineFolder(folder.quarantine, files: files, limit: options.quarantineBytes)
        } catch {
            throw .file(error)
        }
        let review: ReviewDesk
        let sources = SourceNames(deidentifier.pseudonyms)
        let patients: PatientFile
        let inspector: PixelInspector?
        do {
            try Continuity(path: folder.continuity, files: files).check(
                deidentifier, acceptsProfileChange: options.acceptsProfileChange)
            try turn.clearUp(store, index, output)
            review = try ReviewDesk(
                queue: ReviewQueue(folder: folder.review, files: files, pseudonyms: deidentifier.pseudonyms),
                sources: sources, fingerprint: deidentifier.fingerprint, clock: clock)
            patients = PatientFile(
                vault: try Vault.open(path: folder.vault, key: deidentifier.pseudonyms.digest(.vault, [])))
            inspector =
                deidentifier.profile.pixels == .look
                ? try PixelInspector(languages: options.languages, rules: options.regions) : nil
        } catch let error as IntakeError {
            throw error
        } catch {
            throw .preparation("\(error)")
        }

        let walk = FileWalk(roots, files: files, excluding: FilePath.absolute(folder.path))
        let ledger = IntakeLedger(listed: options.listed, report: progress)
        let shared = SharedWalk(walk)
        let worker = IntakeWorker(
            walk: shared, files: files,
            reader: ObjectReader(
                curator: ObjectCurator(
                    deidentifier: deidentifier, patients: patients.memory, inspector: inspector,
                    keepsRecord: recording != nil, limits: options.limits),
                limits: options.limits),
            sources: sources, store: store, index: index, quarantine: quarantine, review: review, patients: patients,
            output: output, recording: recording, ledger: ledger, clock: clock, options: options)

        await withTaskCancellationHandler {
            await withTaskGroup { group in
                group.addTask {
                    await BlockingWork.run("atles.intake.count") { Self.count(walk, ledger, until: shared) }
                }
                for number in 0..<options.workers {
                    group.addTask { await BlockingWork.run("atles.intake.\(number)") { worker.work() } }
                }
            }
        } onCancel: {
            ledger.stop("the intake was interrupted; run it again to go on")
        }
        let summary = ledger.summary
        if summary.stopped == nil { turn.isThrough() }
        return summary
    }

    /// Counts what there is to do, ahead of the workers, so that the time left can be told.
    private static func count(_ walk: FileWalk, _ ledger: IntakeLedger, until shared: SharedWalk) {
        for entry in walk {
            if ledger.isStopped || shared.isFinished { return }
            if case .file(let file) = entry { ledger.found(file) }
        }
        ledger.countIsComplete()
    }

    private func roots(_ paths: [String]) throws(IntakeError) -> [String] {
        var roots: [String] = []
        for path in paths {
            guard let absolute = FilePath.absolute(path) else { throw .noSuchPath(path) }
            do {
                guard try files.exists(absolute) else { throw IntakeError.noSuchPath(path) }
            } catch let error as IntakeError {
                throw error
            } catch let error as FileError {
                throw .file(error)
            } catch {
                throw .noSuchPath(path)
            }
            roots.append(absolute)
        }
        return roots
    }
}

/// One walk that several workers take files from.
final class SharedWalk: Sendable {
    private let walk: Mutex<(walk: FileWalk.Iterator, isFinished: Bool)>

    init(_ walk: FileWalk) {
        self.walk = Mutex((walk.makeIterator(), false))
    }

    /// The next few entries; none when the walk is at its end.
    func next(_ count: Int) -> [FileWalk.Entry] {
        walk.withLock { state in
            var entries: [FileWalk.Entry] = []
            while entries.count < count, let entry = state.walk.next() { entries.append(entry) }
            if entries.count < count { state.isFinished = true }
            return entries
        }
    }

    var isFinished: Bool { walk.withLock { $0.isFinished } }
}
