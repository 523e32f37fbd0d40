import ArgumentParser
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
        guard series != nil || datasets != nil else { throw ValidationError("Give --series or --datasets.") }
    }

    func run() async throws {
        let report = try await explained {
            var request = Node.TableIndexRequest(series: series, dataSets: datasets)
            request.name = name
            request.patientsSpanDataSets = patientsSpanDatasets
            request.acceptsProfileChange = acceptProfileChange
            return try Node.open(location.nodeFolder).index(request)
        }
        print(json ? try JSONOutput.text(report) : Terminal.plainLines(report.text))
        if !report.isComplete { throw ExitCode(3) }
    }
}
