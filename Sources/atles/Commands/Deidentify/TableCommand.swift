import ArgumentParser
import Curation
import Node
import Runtime

/// `atles deidentify table IN.csv`.
struct TableCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "table", abstract: "De-identifies a clinical table (CSV or TSV) like the images of its patients.",
        discussion: """
            What each column holds is said in a specification, a YAML file: `--suggest` prints a draft from the table. A \
            column that the specification does not name is left out. Workbooks are saved as “CSV UTF-8” first. Exits with \
            0 when everything went through, with 3 when columns, rows or cells were left out that nobody wanted left out.
            """)

    @Argument(help: "The table. It is only read.")
    var table: String

    @Option(help: ArgumentHelp("What the columns hold.", valueName: "file"))
    var spec: String?

    @Option(help: ArgumentHelp("The pseudonym key: a file that `atles deidentify key` made.", valueName: "file"))
    var key: String?

    @Option(
        name: [.short, .long], help: ArgumentHelp("The table to write; it must not be there yet.", valueName: "file"))
    var output: String?

    @Option(
        help: ArgumentHelp("A folder of de-identified images, to report which patients have none.", valueName: "folder")
    )
    var images: String?

    @Option(
        help: ArgumentHelp(
            "The project of the images, where `atles deidentify --project` named one: pseudonyms and shifts are its own.",
            valueName: "name"))
    var project = ""

    @Flag(help: "Print a draft of a specification, and write no table.")
    var suggest = false

    @Option(
        help: ArgumentHelp(
            "For --suggest, the table's characters where they are not UTF-8: \(TableForm.Encoding.names.keys.sorted().joined(separator: ", ")). A specification says it in `encoding`.",
            valueName: "name"))
    var encoding: String?

    @Flag(help: "Print the report for programs.")
    var json = false

    func validate() throws {
        if let encoding {
            guard suggest else {
                throw ValidationError("--encoding goes with --suggest; a specification says `encoding: \(encoding)`.")
            }
            guard TableForm.Encoding.names[encoding.lowercased()] != nil else {
                throw ValidationError(
                    "--encoding is one of \(TableForm.Encoding.names.keys.sorted().joined(separator: ", ")).")
            }
        }
        guard !suggest, spec == nil || key == nil || output == nil else { return }
        throw ValidationError("Give --spec, --key and -o; or --suggest for a draft of a specification.")
    }

    func run() async throws {
        if suggest {
            let known = encoding.flatMap { TableForm.Encoding.names[$0.lowercased()] }
            let draft = try await explained {
                try TableFile.read(table) { try TableProposal($0, encoding: known).yaml }
            }
            return print(draft, terminator: "")
        }
        guard let spec, let key, let output else { return }
        let report = try await explained {
            try TableFile.deidentify(
                table, spec: try TableFile.specification(spec),
                pseudonyms: Pseudonymizer(key: try KeyFile.read(key), project: project),
                imaged: try images.map(TableFile.patients), to: output)
        }
        print(json ? try JSONOutput.text(report) : Terminal.plainLines(report.text))
        if !report.isComplete { throw ExitCode(3) }
    }
}

/// Tables and specifications in files.
enum TableFile {
    /// Opens a table, and closes it again. What is wrong with it is told with its name.
    static func read<Value>(_ path: String, _ body: (FileSource) throws -> Value) throws -> Value {
        let source = try FileSource(path: path)
        defer { source.close() }
        do {
            return try body(source)
        } catch let error as TableError {
            throw Refusal("\(path): \(error)")
        }
    }

    static func specification(_ path: String) throws -> ClinicalTableSpec {
        let bytes = try PosixFileSystem().read(path, limit: 1 << 20)
        guard let yaml = String(validating: bytes, as: UTF8.self) else {
            throw Refusal("\(path) is not in UTF-8; save it as UTF-8")
        }
        do {
            return try ClinicalTableSpec(yaml: yaml)
        } catch {
            throw Refusal("\(path): \(error)")
        }
    }

    /// The pseudonyms of the patients in a folder of de-identified images.
    static func patients(ofImages folder: String) throws -> Set<String> {
        var builder = RiskTableBuilder()
        _ = try builder.add(folder: folder)
        return Set(builder.table.pseudonyms)
    }

    /// Writes the new table under a temporary name first, so that half a table is never taken for a whole one.
    static func deidentify(
        _ path: String, spec: ClinicalTableSpec, pseudonyms: Pseudonymizer, imaged: Set<String>? = nil,
        to output: String
    ) throws -> TableReport {
        let files = PosixFileSystem()
        guard try !files.exists(output) else {
            throw Refusal("there is a file at \(output) already; choose another name or remove it")
        }
        return try read(path) { source in
            let part = output + ".part"
            let file = try files.create(part, mode: 0o600, replacing: true)
            do {
                let pass = ClinicalTablePass(spec: spec, pseudonyms: pseudonyms, imaged: imaged)
                let report = try pass.run(source) { try file.write($0) }
                try file.sync()
                try file.close()
                try files.rename(part, to: output)
                return report
            } catch {
                try? file.close()
                try? files.remove(part)
                throw error
            }
        }
    }
}

extension Terminal {
    /// ``plain(_:)`` for each line.
    static func plainLines(_ text: String) -> String {
        text.split(separator: "\n", omittingEmptySubsequences: false).map { plain(String($0)) }.joined(separator: "\n")
    }
}
