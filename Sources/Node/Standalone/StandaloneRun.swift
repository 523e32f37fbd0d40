import Catalogue
public import Curation
import FoundationEssentials
public import Runtime

/// De-identification without a node: a folder of originals in, a folder that may leave out.
///
/// It is a node's own intake, with the objects in a tree of folders at the end, so that it is parallel, durable and can be
/// gone on with after any interruption. Beside the objects, the output gets `report.json` and the signed `manifest.jsonl`.
public struct StandaloneRun: Sendable {
    private let folders: WorkFolders
    private let deidentifier: Deidentifier
    private let files: any FileSystem
    private let clock: WallClock
    private let options: IntakeOptions
    private let record: String?
    private let clinical: [ClinicalInput]
    private let gate: ReleaseGate
    private let acceptsRisk: Bool

    /// - Parameters:
    ///   - inputs: folders and files; they are only read.
    ///   - output: where the objects go: `patient/study/series/object.dcm`.
    ///   - privateFolder: what stays at the hospital; `output` with `.private` at its end where it is nil.
    ///   - clinical: tables that get the same pseudonyms and shifts, as `clinical.csv`, `clinical-2.csv`.
    ///   - gate: how well patients must be hidden among others for the manifest to be signed.
    ///   - acceptsRisk: the manifest is signed all the same; the report says so.
    ///   - record: a file that gets a line for each object of what was done with its attributes; nil: none.
    public init(
        inputs: [String], output: String, privateFolder: String? = nil, deidentifier: Deidentifier,
        record: String? = nil, clinical: [ClinicalInput] = [], gate: ReleaseGate = ReleaseGate(),
        acceptsRisk: Bool = false, files: any FileSystem = PosixFileSystem(), clock: WallClock = .system,
        options: IntakeOptions = IntakeOptions()
    ) throws(StandaloneError) {
        folders = try WorkFolders(inputs: inputs, output: output, privateFolder: privateFolder, files: files)
        self.deidentifier = deidentifier
        self.record = record
        self.clinical = clinical
        self.gate = gate
        self.acceptsRisk = acceptsRisk
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
        let started = Timestamp.text(clock.now)
        for path in [folders.output, folder.path] { try files.createDirectory(path, mode: 0o700) }
        let index = try Index.open(path: folder.index, clock: clock)
        let recording = try RecordFile(record, files: files)
        let intake = Intake(
            folder: folder, files: files, store: try ObjectStore(folder: folder.store, files: files), index: index,
            deidentifier: deidentifier, clock: clock, options: options, output: folders.output, recording: recording)
        let summary = try await intake.run(paths: folders.inputs, progress: progress)
        let actions = try recording.close()
        let tables = summary.stopped == nil ? try writeTables(index) : []
        let risk = try risk(index, tables)
        let report = try close(index, summary, actions, tables, risk, started: started)
        return StandaloneOutcome(
            summary: summary, report: report, output: folders.output, privateFolder: folder.path)
    }

    /// The clinical tables, with the pseudonyms and shifts of the images.
    private func writeTables(_ index: Index) throws -> [TableReport] {
        guard !clinical.isEmpty else { return [] }
        let pseudonyms = deidentifier.pseudonyms
        let vault = try Vault.open(path: folders.privateFolder.vault, key: pseudonyms.digest(.vault, []))
        let imaged = try index.patients()
        return try clinical.enumerated().map { number, table in
            let issuer = table.spec.issuer
            return try table.write(
                to: FilePath.join(folders.output, Self.tableName(number)), pseudonyms: pseudonyms, imaged: imaged,
                known: { id in
                    let bytes = try? vault.value(of: pseudonyms.patientID(issuer: issuer, id: id))
                    return bytes.flatMap { KnownIdentifiers(encoded: $0) } ?? KnownIdentifiers()
                }, files: files)
        }
    }

    private static func tableName(_ number: Int) -> String {
        number == 0 ? "clinical.csv" : "clinical-\(number + 1).csv"
    }

    /// How easily patients are found again, by images and tables together.
    private func risk(_ index: Index, _ tables: [TableReport]) throws -> RiskReport {
        let traits = RiskTableBuilder.ImageTraits(includesYears: deidentifier.profile.has(.retainFullDates))
        var builder = try DataSetRisk(index: index, files: files).images(traits) { place in
            FilePath.join(
                folders.output,
                OutputTree.place(
                    patient: place.patient, study: place.study, series: place.series, instance: place.instance))
        }
        for (number, (input, report)) in zip(clinical, tables).enumerated() {
            guard let id = input.spec.columns.first(where: { $0.role == .id })?.name else { continue }
            let source = try FileSource(path: FilePath.join(folders.output, Self.tableName(number)), files: files)
            defer { source.close() }
            try builder.add(
                table: source, patientColumn: id,
                columns: RiskTableBuilder.proposedColumns(input.spec, in: report))
        }
        return RiskAssessment(gate: gate).report(builder.table)
    }

    /// Writes manifest and report.
    private func close(
        _ index: Index, _ summary: IntakeSummary, _ actions: [ActionSum], _ tables: [TableReport], _ risk: RiskReport,
        started: String
    ) throws -> RunReport {
        let isSigned = risk.decision.passed || acceptsRisk
        let manifest = try ManifestFile(
            index: index, files: files, clock: clock, deidentifier: deidentifier,
            released: try ReleasedObjects(folders.privateFolder, files: files).all()
        ).write(
            to: FilePath.join(folders.output, "manifest.jsonl"), started: started, heldBack: summary.heldBack,
            isSigned: isSigned
        ) {
            OutputTree.place(patient: $0.patient, study: $0.study, series: $0.series, instance: $0.instance)
        }
        let profile = deidentifier.profile
        let report = RunReport(
            profile: profile.name, fingerprint: deidentifier.fingerprint,
            options: ["113100 Basic Application Confidentiality Profile"]
                + profile.options.map { "\($0.code.value) \($0.code.meaning)" },
            tableEdition: ConfidentialityTable.standard.edition, finished: Timestamp.text(clock.now),
            released: summary.accepted, releasedEarlier: max(manifest.objects - summary.accepted, 0),
            heldBack: summary.heldBack, notDICOM: summary.notDICOM.count, pixels: summary.pixels,
            findings: summary.review.kinds,
            manifest: RunReport.Manifest(
                objects: manifest.objects, publicKey: manifest.publicKey, isSigned: isSigned,
                riskAccepted: acceptsRisk && !risk.decision.passed),
            actions: actions, tables: tables, risk: risk,
            seconds: summary.seconds, bytes: summary.bytes,
            stopped: summary.stopped == nil ? nil : "the run was interrupted before its end")
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
        try files.writeAtomically(
            Array(try encoder.encode(report)), to: FilePath.join(folders.output, "report.json"), mode: 0o600)
        return report
    }

    private func checkContinuity() throws {
        let continuity = Continuity(path: folders.privateFolder.continuity, files: files)
        guard try continuity.isBegun() else { return }
        try continuity.check(deidentifier, acceptsProfileChange: options.acceptsProfileChange)
    }
}

/// What a run has made.
public struct StandaloneOutcome: Sendable {
    /// With paths of originals: for the person at the terminal.
    public let summary: IntakeSummary
    /// Without: for those who receive the output.
    public let report: RunReport
    public let output: String
    public let privateFolder: String
}
