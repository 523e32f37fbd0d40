import ArgumentParser
import Curation
import Node
import Runtime

/// `atles node map`.
struct NodeMap: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "map", abstract: "Brings clinical tables into the common data model, as a mapping file says.",
        discussion: """
            A mapping is a YAML file that says which column is which attribute. `suggest` drafts one from the tables, \
            `check` explains what would not be understood, `apply` loads. Ready ones are in the folder mappings of the \
            project.
            """,
        subcommands: [NodeMapSuggest.self, NodeMapCheck.self, NodeMapApply.self])
}

/// `atles node map check`.
struct NodeMapCheck: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "check", abstract: "Explains what a mapping would make of tables, and what not; loads nothing.",
        discussion: """
            Exits with 0 when everything that the mapping asks for was understood, with 3 when values or rows would be \
            left out. The report names files, rows, columns and codes, and nothing else of any patient.
            """)

    @OptionGroup var location: NodeFolderOption

    @Option(name: [.short, .long], help: ArgumentHelp("The mapping.", valueName: "file"))
    var mapping: String

    @Argument(help: ArgumentHelp("The tables: files, or a folder of them. They are only read.", valueName: "path"))
    var paths: [String]

    @Flag(help: "Print the report for programs.")
    var json = false

    func run() async throws {
        let report = try await explained {
            try Node.open(location.nodeFolder).checkMapping(try FactMapping.read(mapping), paths: paths)
        }
        print(json ? try JSONOutput.text(report) : Terminal.plainLines(report.text))
        if report.recordCount == 0 { throw Refusal("the mapping made no record of these tables") }
        if !report.isComplete { throw ExitCode(3) }
    }
}
