import ArgumentParser
import Curation
import Node

struct NodeIndex: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "index", abstract: "Loads tables of series and data sets, of a site whose images are not here.",
        discussion: """
            The table of series has one row a series, and the DICOM keywords as names of its columns (PatientID, \
            StudyInstanceUID, SeriesInstanceUID, Modality, SliceThickness, …). Identifiers, UIDs and dates are treated as \
            those of images are, with the node's key and profile, so that clinical tables meet them. The same table again \
            changes nothing; a new form of it, under the same file name, replaces what was loaded before: each table as a \
            whole or not at all. Exits with 0 when everything was loaded, with 3 when rows or values were set aside.
            """)

    @OptionGroup var location: NodeFolderOption

    @Option(help: ArgumentHelp("A table (CSV or TSV) with one row a series.", valueName: "file"))
    var series: String?

    @Option(
        help: ArgumentHelp("A table with one row a data set: dataset, title, description, provider.", valueName: "file")
    )
    var datasets: String?

    @Option(
        help: ArgumentHelp(
            "A clinical table of the same patients, as --mapping says; the option can be given several times.",
            valueName: "file"))
    var clinical: [String] = []

    @Option(
        help: ArgumentHelp("The mapping of the clinical tables: see atles node map suggest.", valueName: "file"))
    var mapping: String?

    @Option(
        help: ArgumentHelp(
            "What the table of series is called, where a node loads several: a new form of it replaces the one loaded under the same name. Otherwise its file's name.",
            valueName: "name"))
    var name: String?

    @Flag(help: "The same PatientID in two data sets is one patient; otherwise it is two.")
    var patientsSpanDatasets = false

    @Flag(help: "Go on although the data set was begun with another de-identification profile.")
    var acceptProfileChange = false

    @Flag(help: "Print the report for programs.")
    var json = false

    func validate() throws {
        guard series != nil || datasets != nil || !clinical.isEmpty else {
            throw ValidationError("Give --series, --datasets or --clinical.")
        }
        guard clinical.isEmpty == (mapping == nil) else {
            throw ValidationError(
                "--clinical and --mapping go together; atles node map suggest drafts a mapping from the table.")
        }
    }

    func run() async throws {
        // Read first: a mapping that is none is found before anything is loaded.
        let facts = try await explained { try mapping.map { try FactMapping.read($0) } }
        let node = try await explained { try Node.open(location.nodeFolder) }
        var loaded = Loaded()
        if series != nil || datasets != nil {
            loaded.tables = try await explained {
                var request = Node.TableIndexRequest(series: series, dataSets: datasets)
                request.name = name
                request.patientsSpanDataSets = patientsSpanDatasets
                request.acceptsProfileChange = acceptProfileChange
                return try node.index(request)
            }
        }
        if let facts {
            loaded.clinical = try await explained { try node.applyMapping(facts, paths: clinical, isStrict: false) }
        }
        print(json ? try JSONOutput.text(loaded) : Terminal.plainLines(loaded.text))
        if !loaded.isComplete { throw ExitCode(3) }
    }

    /// What became of all the tables. For programs, that of the clinical ones stands under `clinical`.
    private struct Loaded: Encodable {
        var tables: TableIndexReport?
        var clinical: MappingOutcome?

        var isComplete: Bool { tables?.isComplete ?? true && clinical?.report.isComplete ?? true }
        var text: String { [tables?.text, clinical?.text].compactMap(\.self).joined(separator: "\n") }

        private enum CodingKeys: CodingKey { case clinical }

        func encode(to encoder: any Encoder) throws {
            try tables?.encode(to: encoder)
            var container = encoder.container(keyedBy: CodingKeys.self)
            try container.encodeIfPresent(clinical, forKey: .clinical)
        }
    }
}
