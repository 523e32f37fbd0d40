import ArgumentParser
import Curation
import Node
import Runtime

/// `atles deidentify IN OUT`.
struct DeidentifyRun: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "run", abstract: "De-identifies the DICOM files of folders into a new folder (the default).",
        discussion: """
            The originals are only read. Running it again goes on where it was, and takes in what is new. Exits with 0 \
            when everything was released and may be published; with 3 when something was set aside, waits for a person, \
            or fewer than --k patients share what others may know (the manifest is then not signed); with 1 when it \
            could not begin or come to its end.
            """)

    @Argument(
        help: ArgumentHelp("Folders and files with originals, and last the folder to write to.", valueName: "in … out"))
    var paths: [String]

    @Option(help: "What is kept: `research`, `basic`, or a profile file (see `atles deidentify profile`).")
    var profile = "research"

    @Option(help: ArgumentHelp("The pseudonym key: a file that `atles deidentify key` made.", valueName: "file"))
    var key: String

    @Option(help: "Where to put what stays at the hospital, instead of OUT.private.")
    var `private`: String?

    @Option(help: ArgumentHelp("Files worked on at once.", valueName: "number"))
    var workers: Int?

    @Option(
        help: ArgumentHelp(
            "A clinical table (CSV or TSV) of the same patients; needs --clinical-spec. Both may be repeated.",
            valueName: "file"))
    var clinical: [String] = []

    @Option(
        help: ArgumentHelp(
            "What the columns of the table hold (YAML); `atles deidentify table FILE --suggest` drafts it.",
            valueName: "file"))
    var clinicalSpec: [String] = []

    @Option(help: "How many patients must share the same facts (sex, age, body part …) for the output to be published.")
    var k = 5

    @Option(
        help: ArgumentHelp(
            "Places in frames that are always covered, by maker and model (YAML; docs/examples/region-rules.yaml).",
            valueName: "file"))
    var regions: String?

    @Flag(help: "Sign the manifest although fewer share them; the report says so, and the exit code is 0.")
    var acceptRisk = false

    @Option(
        help: ArgumentHelp(
            "A page of what was done (HTML), and beside it a page about the quality of the images (…-quality.html).",
            valueName: "file"))
    var report: String?

    @Option(
        help: ArgumentHelp(
            "A file that gets a line for each object: what was done with each attribute, never a value.",
            valueName: "file"))
    var record: String?

    @Option(
        help: ArgumentHelp(
            "Languages of text in the pixels, by the names of Tesseract's data, such as `eng,deu`.", valueName: "list"))
    var languages = "eng"

    @Option(
        help: ArgumentHelp(
            "A name that makes the pseudonyms of one project: they cannot be linked with those of another project that has the same key.",
            valueName: "name"))
    var project = ""

    @Flag(help: "Go on with a data set that was begun with another profile.")
    var acceptProfileChange = false

    @Flag(help: "Print the summary for programs.")
    var json = false

    func validate() throws {
        guard paths.count >= 2 else {
            throw ValidationError("Give the folder with the originals, and the folder to write to.")
        }
        guard clinical.count == clinicalSpec.count else {
            throw ValidationError("Each --clinical table needs its own --clinical-spec.")
        }
        guard k >= 1 else { throw ValidationError("--k is 1 or more.") }
        for path in [report, record].compactMap({ $0 }) {
            let folder = FilePath.parent(FilePath.absolute(path) ?? path)
            guard (try? PosixFileSystem().exists(folder)) == true else {
                throw ValidationError("There is no folder \(folder) to write \(path) to: make it first.")
            }
        }
        if let workers, !(1...256).contains(workers) { throw ValidationError("--workers is a number from 1 to 256.") }
    }

    func run() async throws {
        let outcome = try await explained {
            let run = try StandaloneRun(
                inputs: Array(paths.dropLast()), output: paths[paths.count - 1], privateFolder: `private`,
                deidentifier: try deidentifier(), record: record, clinical: try clinicalInputs(),
                gate: ReleaseGate(k: k), acceptsRisk: acceptRisk, options: try options())
            let line = ProgressLine(isShown: Terminal.showsProgress)
            defer { line.clear() }
            return try await untilInterrupted { try await run.run { line.show($0) } }
        }
        if let report { try await explained { try await write(report, outcome) } }
        let summary = outcome.summary
        let found = summary.accepted + summary.alreadyThere + summary.quarantined.count + summary.review.waiting
        if !json, summary.stopped == nil, found + summary.review.rejected == 0 {
            throw Refusal(
                "there is no DICOM file among these, so nothing was written but an empty report: check the path")
        }
        print(json ? try JSONOutput.text(DeidentifyResult(outcome)) : outcome.summary.text)
        if !json { print("\n" + closing(outcome)) }
        if !json, outcome.summary.review.waiting > 0 {
            print("\nLook at what waits, and decide: atles deidentify review \(location)")
        }
        if !json, outcome.summary.quarantined.count > 0 {
            print("\nWhat was set aside, and why, at any time: atles deidentify quarantine \(location)")
        }
        if let stopped = outcome.summary.stopped { throw Refusal(stopped) }
        if !outcome.summary.isComplete || !outcome.report.manifest.isSigned { throw ExitCode(3) }
    }

    private func clinicalInputs() throws -> [ClinicalInput] {
        try zip(clinical, clinicalSpec).map { table, spec in
            let bytes = try PosixFileSystem().read(spec, limit: 1 << 20)
            do {
                return ClinicalInput(
                    path: table, spec: try ClinicalTableSpec(yaml: String(decoding: bytes, as: UTF8.self)))
            } catch {
                throw Refusal("\(spec): \(error)")
            }
        }
    }

    private func write(_ path: String, _ outcome: StandaloneOutcome) async throws {
        let files = PosixFileSystem()
        try files.writeAtomically(Array(RunReportPage.html(outcome.report).utf8), to: path, mode: 0o600)
        let quality = try await QualityRun.check(folder: outcome.output, title: "De-identified images")
        let stem = path.hasSuffix(".html") ? String(path.dropLast(5)) : path
        try files.writeAtomically(Array(QualityPage.html(quality).utf8), to: stem + "-quality.html", mode: 0o600)
    }

    private func closing(_ outcome: StandaloneOutcome) -> String {
        let report = outcome.report
        var lines = report.tables.map(\.text)
        let verdict = (["Risk of re-identification:"] + report.risk.decision.explanation).joined(separator: " ")
        lines.append(verdict)
        let what = "\(outcome.output): \(report.manifest.objects) objects, report.json, manifest.jsonl"
        if report.manifest.isSigned {
            lines.append(
                """
                May leave:  \(what)
                Stays here: \(outcome.privateFolder)
                The manifest is checked with `atles deidentify verify \(outcome.output) --public-key \(report.manifest.publicKey)`
                """)
        } else {
            lines.append(
                """
                Not to be published yet: \(what). The manifest is not signed, since the gate (--k \(k)) is shut; \
                --accept-risk signs it all the same
                Stays here: \(outcome.privateFolder)
                """)
        }
        return lines.joined(separator: "\n\n")
    }

    private func options() throws -> IntakeOptions {
        var options = IntakeOptions()
        if let regions {
            let bytes = try PosixFileSystem().read(regions, limit: 1 << 20)
            do {
                options.regions = try RegionRules(yaml: String(decoding: bytes, as: UTF8.self))
            } catch {
                throw Refusal("\(regions): \(error)")
            }
        }
        if let workers { options.workers = workers }
        options.acceptsProfileChange = acceptProfileChange
        options.languages = languages.split(separator: ",").map(String.init)
        return options
    }

    private func deidentifier() throws -> Deidentifier {
        Deidentifier(
            profile: try ProfileChoice.profile(named: profile),
            pseudonyms: Pseudonymizer(key: try KeyFile.read(key, usedIn: privateFolder), project: project))
    }

    /// What the other commands have to be told, in a form to copy.
    private var location: String {
        var words = ["--output", paths[paths.count - 1], "--key", key]
        if let `private` { words += ["--private", `private`] }
        if !project.isEmpty { words += ["--project", project] }
        return words.map { Terminal.quoted(Terminal.plain($0)) }.joined(separator: " ")
    }

    private var privateFolder: String { `private` ?? paths[paths.count - 1] + ".private" }
}

/// What a run prints for programs: the summary of an intake, and whether the output may be published.
private struct DeidentifyResult: Encodable {
    let outcome: StandaloneOutcome

    init(_ outcome: StandaloneOutcome) { self.outcome = outcome }

    private enum Key: String, CodingKey { case manifest, risk }

    private struct Risk: Encodable {
        let passed: Bool
        let explanation: [String]
    }

    func encode(to encoder: any Encoder) throws {
        try outcome.summary.encode(to: encoder)
        var fields = encoder.container(keyedBy: Key.self)
        try fields.encode(outcome.report.manifest, forKey: .manifest)
        let decision = outcome.report.risk.decision
        try fields.encode(Risk(passed: decision.passed, explanation: decision.explanation), forKey: .risk)
    }
}
