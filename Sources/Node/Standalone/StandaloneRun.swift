import Catalogue
public import Curation
public import Runtime

/// De-identification without a node: a folder of originals in, a folder that may leave out.
///
/// It is a node's own intake, with the objects in a tree of folders at the end, so that it is parallel, durable and can be
/// gone on with after any interruption.
public struct StandaloneRun: Sendable {
    private let folders: WorkFolders
    private let deidentifier: Deidentifier
    private let files: any FileSystem
    private let clock: WallClock
    private let options: IntakeOptions

    /// - Parameters:
    ///   - inputs: folders and files; they are only read.
    ///   - output: where the objects go: `patient/study/series/object.dcm`.
    ///   - privateFolder: what stays at the hospital; `output` with `.private` at its end where it is nil.
    public init(
        inputs: [String], output: String, privateFolder: String? = nil, deidentifier: Deidentifier,
        files: any FileSystem = PosixFileSystem(), clock: WallClock = .system, options: IntakeOptions = IntakeOptions()
    ) throws(StandaloneError) {
        folders = try WorkFolders(inputs: inputs, output: output, privateFolder: privateFolder, files: files)
        self.deidentifier = deidentifier
        self.files = files
        self.clock = clock
        self.options = options
    }

    /// Runs to the end, or to where the disk is full or the task is cancelled.
    public func run(
        progress: @escaping @Sendable (IntakeProgress) -> Void = { _ in }
    ) async throws -> StandaloneOutcome {
        let folder = folders.privateFolder
        // Before anything is made: a wrong key leaves nothing behind.
        try checkContinuity()
        for path in [folders.output, folder.path] { try files.createDirectory(path, mode: 0o700) }
        let index = try Index.open(path: folder.index, clock: clock)
        let intake = Intake(
            folder: folder, files: files, store: try ObjectStore(folder: folder.store, files: files), index: index,
            deidentifier: deidentifier, clock: clock, options: options, output: folders.output)
        let summary = try await intake.run(paths: folders.inputs, progress: progress)
        return StandaloneOutcome(summary: summary, output: folders.output, privateFolder: folder.path)
    }

    private func checkContinuity() throws {
        let continuity = Continuity(path: folders.privateFolder.continuity, files: files)
        guard try continuity.isBegun() else { return }
        try continuity.check(deidentifier, acceptsProfileChange: options.acceptsProfileChange)
    }
}

/// What a run has made.
public struct StandaloneOutcome: Sendable {
    public let summary: IntakeSummary
    public let output: String
    public let privateFolder: String
}
